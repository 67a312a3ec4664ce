import type { Edition, Place, Text } from '../model.ts'
import { check, type Finding, placeOf } from './say.ts'
import { textsOf } from './texts.ts'

const han = /\p{Script=Han}/u
/** Quoted words and words in brackets may stay Chinese in an English sentence. */
const unquoted = (text: string) => text.replaceAll(/“[^”]*”|"[^"]*"|\([^)]*\)/g, '')

export const languages = check(
  {
    id: 'languages',
    answers: [],
    about: {
      zh: '每条文字中文、英文都有，各用自己的语言；制度的两种文本章节数相同。',
      en: 'Every text stands in Chinese and in English, each in its own language; both texts of a policy have the same chapters.',
    },
    why: {
      zh: '手册中英文同样有效；缺一边，就有人照着空白办事。补上另一种语言，两边章节对齐。',
      en: 'Both languages of the handbook hold alike; where one is missing somebody works by a blank. Write the other language and bring the chapters in line.',
    },
  },
  function* (edition) {
    for (const { text, at } of textsOf(edition)) yield* faults(edition, text, at)
    for (const policy of edition.policies) {
      const [zh, en] = (['zh', 'en'] as const).map((lang) => `policies/${policy.id}.${lang}.md`) as [
        string,
        string,
      ]
      const ref = `policy:${policy.id}`
      if (Boolean(edition.files[zh]) !== Boolean(edition.files[en]))
        yield {
          at: { file: edition.files[zh] ? zh : en, line: 1, column: 1 },
          ref,
          text: {
            zh: `${policy.id} 只有一种语言的文本，另一种也要写`,
            en: `${policy.id} is written in one language only; write the other, too`,
          },
        }
      else if (policy.body && chapters(policy.body.zh) !== chapters(policy.body.en))
        yield {
          at: { file: en, line: 1, column: 1 },
          ref,
          text: {
            zh: `${policy.id} 中文有 ${chapters(policy.body.zh)} 章，英文有 ${chapters(policy.body.en)} 章`,
            en: `${policy.id} has ${chapters(policy.body.zh)} chapters in Chinese and ${chapters(policy.body.en)} in English`,
          },
        }
    }
    for (const name of Object.keys(edition.files)) {
      const id = /^policies\/(.+)\.(zh|en)\.md$/.exec(name)?.[1]
      if (id && !edition.policies.some((one) => one.id === id))
        yield {
          at: { file: name, line: 1, column: 1 },
          text: {
            zh: `没有制度 ${id}，这份文本没人用`,
            en: `There is no policy ${id}; nobody uses this text`,
          },
        }
    }
  },
)

const chapters = (body: string): number => body.split('\n').filter((line) => line.startsWith('## ')).length

function* faults(edition: Edition, text: Text, at: Place): Iterable<Finding> {
  if (han.test(unquoted(text.en)))
    yield {
      at: placeOf(edition, at, text.zh),
      text: { zh: `英文缺：${text.zh}`, en: `The English is missing: ${text.zh}` },
    }
  else if (/[A-Za-z]{4,}/.test(text.zh) && !han.test(text.zh))
    yield {
      at: placeOf(edition, at, text.zh),
      text: { zh: `中文缺：${text.en}`, en: `The Chinese is missing: ${text.en}` },
    }
}
