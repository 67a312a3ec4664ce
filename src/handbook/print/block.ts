import type { Lang } from '../model.ts'

/** Plain words of one language, or the same words in both; `\n` begins a new line. */
export type Words = string | { readonly zh: string; readonly en: string }

/** A sentence with its origin in a word (`原文`, `practice` …), printed quietly behind it. */
export interface Item {
  readonly text: Words
  readonly origin?: Words
}

/** A place to write on: its label, and what helps to fill it. */
export interface Field {
  readonly label: Words
  /** Answers to tick. */
  readonly ticks: readonly Words[]
  /** Quiet words in the box, e.g. that the program fills it. */
  readonly hint: Words
  /** Lines of handwriting that find room. */
  readonly lines: number
  /** Takes the whole width. */
  readonly whole: boolean
}

/** What a document is made of, the same for every format. */
export type Block =
  | {
      readonly kind: 'heading'
      readonly level: 1 | 2 | 3 | 4
      readonly text: Words
      /** Begins a page. */
      readonly page?: boolean
    }
  | { readonly kind: 'text'; readonly text: Words; readonly quiet?: boolean; readonly origin?: Words }
  | { readonly kind: 'list'; readonly items: readonly Item[] }
  /** Labels and what stands behind them. */
  | { readonly kind: 'facts'; readonly rows: readonly (readonly [Words, Words])[] }
  /** `widths` are parts of the page's width; `mm` is the least height of a row in millimetres, for tables to write in. */
  | {
      readonly kind: 'table'
      readonly head: readonly Words[]
      readonly widths: readonly number[]
      readonly rows: readonly (readonly Words[])[]
      readonly mm?: number
    }
  /** The title of a form's section, with who fills it. */
  | { readonly kind: 'band'; readonly text: Words; readonly note: Words }
  | { readonly kind: 'fields'; readonly rows: readonly (readonly Field[])[] }
  /** A picture in the parts it is cut into, from left to right. */
  | {
      readonly kind: 'picture'
      readonly parts: readonly Drawing[]
      readonly caption: Words
      readonly lang: Lang
    }
  /** Set on landscape pages. */
  | { readonly kind: 'turned'; readonly blocks: readonly Block[] }
  /** Not torn apart by the end of a page. */
  | { readonly kind: 'whole'; readonly blocks: readonly Block[] }

export interface Drawing {
  readonly svg: string
  /** In pixels of the drawing; words in it are 11 pixels high or more. */
  readonly width: number
  readonly height: number
}

/** One language, or Chinese with English beside it. */
export type Tongue = Lang | 'both'

export interface Document {
  readonly title: Words
  readonly subtitle: Words
  /** Facts on the cover: number, who drafted, reviewed and approved. */
  readonly control: readonly (readonly [Words, Words])[]
  /** Line at the foot of every page. */
  readonly foot: string
  readonly contents: Words | null
  readonly blocks: readonly Block[]
}

export const heading = (level: 1 | 2 | 3 | 4, text: string, page = false): Block => ({
  kind: 'heading',
  level,
  text,
  ...(page ? { page } : {}),
})
export const table = (
  head: readonly string[],
  widths: readonly number[],
  rows: readonly (readonly string[])[],
): Block[] => (rows.length > 0 ? [{ kind: 'table', head, widths, rows }] : [])

/** Blocks that stay on one page. */
export const whole = (blocks: readonly Block[]): Block[] =>
  blocks.length > 0 ? [{ kind: 'whole', blocks }] : []

export const facts = (rows: readonly (readonly [string, string])[]): Block[] => {
  const told = rows.filter(([, words]) => words !== '')
  return told.length > 0 ? [{ kind: 'facts', rows: told }] : []
}

/** A drawing with the size its SVG says. */
export function drawing(svg: string): Drawing[] {
  const size = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg)
  return size ? [{ svg, width: Number(size[1]), height: Number(size[2]) }] : []
}

/** Every block in its order, those inside others as well. */
export const flat = (blocks: readonly Block[]): Block[] =>
  blocks.flatMap((one) =>
    one.kind === 'turned' || one.kind === 'whole' ? [one, ...flat(one.blocks)] : [one],
  )

/** In one line, for places that hold no more: both languages side by side. */
export const inLine = (words: Words): string =>
  (typeof words === 'string' ? words : `${words.zh} ${words.en}`).replaceAll('\n', ' ')
