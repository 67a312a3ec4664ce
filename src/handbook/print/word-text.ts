import type { Drawing, Words } from './block.ts'

export const colours = {
  ink: '1B2430',
  quiet: '535D6B',
  indigo: '3151A6',
  line: 'C9CFD9',
  tint: 'EEF2FB',
  label: 'F6F7F9',
}
/** Inner width of A4 upright and turned, in twentieths of a point, as are all measures of Word here. */
export const page = { upright: 9638, turned: 14_570 } as const

/** What text looks like that says nothing else; sizes in half points. */
export const normal = { size: 20, after: 100, line: 320 } as const
/** Headings by their level from 1. */
export const headings = [
  { size: 36, before: 0, after: 240, line: 540 },
  { size: 27, before: 300, after: 140, line: 405 },
  { size: 24, before: 280, after: 120, line: 360 },
  { size: 20, before: 150, after: 50, line: 300 },
] as const

/** A stretch of text of one look. */
export interface Run extends Style {
  readonly text: string
  /** Begins a line. */
  readonly break?: boolean
}
export interface Style {
  readonly bold?: boolean
  readonly color?: string
  /** In half points; without it the paragraph's. */
  readonly size?: number
  readonly english?: boolean
}

export interface Paragraph {
  readonly kind: 'paragraph'
  readonly runs: readonly Run[]
  /** 1 to 4. */
  readonly heading?: number
  /** An item of a list. */
  readonly point?: boolean
  readonly keepNext?: boolean
  readonly pageBreakBefore?: boolean
  readonly spacing?: Spacing
  readonly center?: boolean
  readonly picture?: {
    readonly drawing: Drawing
    readonly caption: string
    readonly width: number
    readonly height: number
  }
}
export interface Spacing {
  readonly after?: number
  readonly before?: number
  readonly line?: number
  readonly lineRule?: 'exact' | 'auto'
}
export interface Cell {
  readonly width: number
  readonly boxed: boolean
  /** Air on either side. */
  readonly air: number
  readonly fill?: string
  readonly span?: number
  readonly children: readonly Paragraph[]
}
export interface Row {
  readonly cells: readonly Cell[]
  /** Repeated on the next page; `undefined` where a table has no such row. */
  readonly head?: boolean
  readonly atLeast?: number
}
export interface Table {
  readonly kind: 'table'
  readonly widths: readonly number[]
  readonly rows: readonly Row[]
}
export type Part = Paragraph | Table

export const paragraph = (runs: readonly Run[], look: Omit<Paragraph, 'kind' | 'runs'> = {}): Paragraph => ({
  kind: 'paragraph',
  runs,
  ...look,
})

/** Lines of one language as runs. */
const spoken = (text: string, style: Style, began = false): Run[] =>
  text.split('\n').map((line, at) => ({ ...style, text: line, break: at > 0 || began }))

/** Words with their origin behind them; English on a line of its own below the Chinese. */
export function runs(words: Words, style: Style = {}, origin?: Words): Run[] {
  const tag = (lang: 'zh' | 'en'): Run[] => {
    const word = typeof origin === 'object' ? origin[lang] : origin
    return word ? [{ text: `\u00a0${word}`, size: 15, color: colours.quiet }] : []
  }
  if (typeof words === 'string') return [...spoken(words, style), ...tag('zh')]
  return [
    ...spoken(words.zh, style),
    ...tag('zh'),
    ...spoken(words.en, { ...style, color: colours.quiet, english: true }, true),
    ...tag('en'),
  ]
}

/** Both languages in one line, as headings need it. */
export const runsInLine = (words: Words, style: Style = {}): Run[] =>
  typeof words === 'string'
    ? [{ ...style, text: words }]
    : [
        { ...style, text: words.zh },
        { ...style, text: ` ${words.en}`, color: colours.quiet, english: true },
      ]
