import { type IRunOptions, TextRun } from 'docx'
import type { Words } from './block.ts'

export const colours = {
  ink: '1B2430',
  quiet: '535D6B',
  indigo: '3151A6',
  line: 'C9CFD9',
  tint: 'EEF2FB',
  label: 'F6F7F9',
}
/** Inner width of A4 upright and turned, in twentieths of a point. */
export const page = { upright: 9638, turned: 14_570 } as const

type Style = Omit<IRunOptions, 'text' | 'children' | 'break'>

/** Lines of one language as runs. */
const spoken = (text: string, style: Style, began = false): TextRun[] =>
  text
    .split('\n')
    .map((line, at) => new TextRun({ ...style, text: line, ...(at > 0 || began ? { break: 1 } : {}) }))

/** Words with their origin behind them; English on a line of its own below the Chinese. */
export function runs(words: Words, style: Style = {}, origin?: Words): TextRun[] {
  const tag = (lang: 'zh' | 'en'): TextRun[] => {
    const word = typeof origin === 'object' ? origin[lang] : origin
    return word ? [new TextRun({ text: `\u00a0${word}`, size: 15, color: colours.quiet })] : []
  }
  if (typeof words === 'string') return [...spoken(words, style), ...tag('zh')]
  return [
    ...spoken(words.zh, style),
    ...tag('zh'),
    ...spoken(words.en, { ...style, color: colours.quiet, language: { value: 'en-GB' } }, true),
    ...tag('en'),
  ]
}

/** Both languages in one line, as headings need it. */
export const runsInLine = (words: Words, style: Style = {}): TextRun[] =>
  typeof words === 'string'
    ? [new TextRun({ ...style, text: words })]
    : [
        new TextRun({ ...style, text: words.zh }),
        new TextRun({ ...style, text: ` ${words.en}`, color: colours.quiet, language: { value: 'en-GB' } }),
      ]
