import type { Text } from '../model.ts'
import type { Hit } from './find.ts'

/** What a place of the handbook is, in a word. */
const marks: Readonly<Record<string, Text>> = {
  ch: { zh: '章节', en: 'Section' },
  wf: { zh: '流程', en: 'Workflow' },
  step: { zh: '步骤', en: 'Step' },
  post: { zh: '岗位', en: 'Post' },
  fn: { zh: '职能', en: 'Function' },
  kpi: { zh: '指标', en: 'Indicator' },
  policy: { zh: '制度', en: 'Policy' },
  form: { zh: '表单', en: 'Form' },
  norm: { zh: '参数', en: 'Norm' },
  term: { zh: '用语', en: 'Term' },
  switch: { zh: '选项', en: 'Switch' },
}

/** The mark that tells a hit apart from those beside it. */
export function markOf({ is, ref }: Pick<Hit, 'is' | 'ref'>): Text {
  const of = ref.slice(0, ref.indexOf(':'))
  return (marks[is ?? (of === 'wf' && ref.includes('/') ? 'step' : of)] ?? marks.ch) as Text
}

/** The part of a long sentence that holds the word. */
export function around(line: string, word: string): string {
  const at = line.toLowerCase().indexOf(word)
  const from = Math.max(0, at - 14)
  return `${from > 0 ? '…' : ''}${line.slice(from, from + 60)}${line.length > from + 60 ? '…' : ''}`
}
