import type { Lang } from '../model.ts'
import { checks } from './check.ts'
import { questions } from './questions.ts'

const words = {
  zh: {
    title: '# 手册的检查',
    other: '[English](handbook-checks.md)',
    intro: [
      '`npx kambook handbook check [文件夹]` 逐条检查一版手册，每一处发现都带文件、行和列；发布前再查一遍。',
      '**错误**不能发布，**警告**可以，**提示**只是告诉：哪一部分还没写，或程序还没有所绑定的记录。手册自身的毛病在只写明、未运行的部分里也是错误。',
      '这一页由检查自己的文字生成；加检查的办法见 [CONTRIBUTING.md](../CONTRIBUTING.md)。',
    ],
    table: '## 完整的手册要答得出的问题',
    rules: '## 各项检查',
    files: '文件本身的检查',
  },
  en: {
    title: '# The checks of a handbook',
    other: '[中文](handbook-checks.zh-CN.md)',
    intro: [
      '`npx kambook handbook check [FOLDER]` judges an edition rule by rule; every finding names file, line and column. The same rules run before publishing.',
      'An **error** forbids publishing, a **warning** does not, a **note** only tells: a part that is not written yet, or records that the program does not have. Faults of the handbook itself are errors in described parts, too.',
      'This page is made of the rules’ own words; how to add one is told in [CONTRIBUTING.md](../CONTRIBUTING.md).',
    ],
    table: '## What a complete handbook can answer',
    rules: '## The rules',
    files: 'of the files themselves',
  },
} as const

/** The documentation of all rules in one language, as it stands in `docs`. */
export function rulesDocument(lang: Lang): string {
  const say = words[lang]
  const rows = questions.map((question, index) => {
    const rules = checks.filter((one) => one.answers.includes(index + 1)).map((one) => link(one.id))
    return `${index + 1}. ${question[lang]} ${rules.join(', ')}`
  })
  const rules = checks.flatMap((one) => [
    `### ${one.id}`,
    '',
    `**${one.about[lang]}**`,
    '',
    `${one.why[lang]} _(${one.answers.length > 0 ? one.answers.join(', ') : say.files})_`,
    '',
  ])
  return `${[
    say.title,
    '',
    say.other,
    '',
    ...say.intro.flatMap((line) => [line, '']),
    say.table,
    '',
    ...rows,
    '',
    say.rules,
    '',
    ...rules,
  ]
    .join('\n')
    .trimEnd()}\n`
}

const link = (id: string) => `[${id}](#${id})`
