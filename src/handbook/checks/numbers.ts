import type { Edition, Place, Text } from '../model.ts'
import { check } from './say.ts'
import { tasksOf } from './steps.ts'

export const numbers = check(
  {
    id: 'numbers',
    answers: [9],
    about: {
      zh: '制度、步骤说明、岗位权限里的期限、次数、比例和金额都引用参数，不直接写数；注明出自原文或法规的除外。',
      en: 'Periods, counts, shares and amounts in policies, notes of steps and limits of posts are taken from norms and not typed; what is marked as source or law may stand.',
    },
    why: {
      zh: '同一个数写在两处，改了一处就对不上。把数写进参数表，正文写 {{norm.…}}，单位由程序带出。',
      en: 'A number that stands in two places disagrees after the first change. Write it in the norm tables and refer to it as {{norm.…}}; the unit comes along.',
    },
  },
  function* (edition) {
    for (const { text, at, ref } of written(edition))
      for (const lang of ['zh', 'en'] as const) {
        const [typed] = typedIn(text[lang])
        if (typed === undefined) continue
        yield {
          at,
          ref,
          text: {
            zh: `这里直接写了数：${typed}；写进参数表再引用`,
            en: `A number is typed here: ${typed}; write it in the norm tables and refer to it`,
          },
        }
        break
      }
    for (const policy of edition.policies)
      for (const lang of ['zh', 'en'] as const) {
        const file = `policies/${policy.id}.${lang}.md`
        for (const [index, line] of (edition.files[file] ?? '').split('\n').entries()) {
          if (/^\s*(?:\d+\.\s*|[-*]\s*)?\{(?:seed|law)\}/.test(line)) continue
          for (const typed of typedIn(line))
            yield {
              at: { file, line: index + 1, column: line.indexOf(typed) + 1 },
              ref: `policy:${policy.id}`,
              text: {
                zh: `这里直接写了数：${typed}；写进参数表再引用`,
                en: `A number is typed here: ${typed}; write it in the norm tables and refer to it`,
              },
            }
        }
      }
  },
)

const measured =
  /(?<![\w.{-])\d[\d,.]*\s*(?:%|％|个?工作日|天|小时|个月|季度|年内|万元|元|次|轮|倍|家|人日|working days?\b|days?\b|hours?\b|months?\b|weeks?\b|times\b|rounds?\b|yuan\b|CNY\b)/g

/** Numbers with a unit, outside references. */
const typedIn = (text: string): string[] => text.replaceAll(/\{\{[^}]*\}\}/g, '').match(measured) ?? []

function* written(edition: Edition): Iterable<{ text: Text; at: Place; ref: string }> {
  for (const { workflow, node } of tasksOf(edition))
    if (node.note && node.tag !== 'seed' && node.tag !== 'law')
      yield { text: node.note, at: node.at, ref: `wf:${workflow.id}/${node.step}` }
  for (const post of edition.posts)
    for (const one of post.sheet?.limits ?? [])
      if (one.tag !== 'seed' && one.tag !== 'law')
        yield { text: one.text, at: post.at, ref: `post:${post.id}` }
}
