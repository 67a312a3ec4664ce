/** What a document is made of, the same for every format. Texts are plain and in one language. */
export type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3 | 4; readonly text: string }
  | { readonly kind: 'text'; readonly text: string; readonly quiet?: boolean }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  /** `widths` are parts of the page's width. */
  | {
      readonly kind: 'table'
      readonly head: readonly string[]
      readonly widths: readonly number[]
      readonly rows: readonly (readonly string[])[]
    }
  /** Rows to be filled in by hand: a label and an empty cell with a hint. */
  | { readonly kind: 'blanks'; readonly rows: readonly (readonly [string, string])[] }
  | {
      readonly kind: 'picture'
      readonly svg: string
      readonly width: number
      readonly height: number
      readonly caption: string
    }

export interface Document {
  readonly title: string
  readonly subtitle: string
  /** Line at the foot of every page. */
  readonly foot: string
  readonly contents: string | null
  readonly blocks: readonly Block[]
}

export const heading = (level: 1 | 2 | 3 | 4, text: string): Block => ({ kind: 'heading', level, text })
export const table = (
  head: readonly string[],
  widths: readonly number[],
  rows: readonly (readonly string[])[],
): Block[] => (rows.length > 0 ? [{ kind: 'table', head, widths, rows }] : [])

/** A picture with the size its SVG says. */
export function picture(svg: string, caption: string): Block[] {
  const size = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg)
  return size ? [{ kind: 'picture', svg, width: Number(size[1]), height: Number(size[2]), caption }] : []
}
