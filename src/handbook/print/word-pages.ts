import type { Measure } from './word-measure.ts'
import { headings, normal, type Paragraph, type Part, page, paragraph, type Row } from './word-text.ts'
import { cellAir } from './word-xml.ts'

/** Height of the text on A4 upright and turned. */
const high = { upright: 14_338, turned: 9406 } as const
const border = 10
const indent = 260

/** What goes down a page in one piece, with the room above and below it. */
interface Strip {
  readonly height: number
  readonly before: number
  readonly after: number
  /** Lines that it may be torn between. */
  readonly lines: number
  readonly keepNext: boolean
  readonly begins: boolean
  readonly of?: Paragraph
  /** Height of the rows that stand on top again when a table goes on. */
  readonly again: number
}

/** A line of the contents, as long as it is with its page. */
export const contentsLine = (of: Paragraph): Paragraph =>
  paragraph([...of.runs.map(({ text }) => ({ text })), { text: ' 000' }])

/** The pages on which paragraphs begin and how many there are, reckoned as Word sets them: keeps, repeated rows, no single lines. Word itself has the last say. */
export function pagesOf(
  sections: readonly { readonly turned: boolean; readonly parts: readonly Part[] }[],
  measure: Measure,
): { readonly of: ReadonlyMap<Paragraph, number>; readonly count: number } {
  const pages = new Map<Paragraph, number>()
  let number = 0
  for (const { turned, parts } of sections) {
    const most = turned ? high.turned : high.upright
    const strips = stripsOf(parts, turned ? page.turned : page.upright, measure)
    number += 1
    let at = 0
    let below = 0
    const turn = () => {
      number += 1
      at = 0
      below = 0
    }
    for (const [index, strip] of strips.entries()) {
      // Behind a turned page the space above is kept where a paragraph begins the page.
      const above = () => (at === 0 && number > 1 && !strip.begins ? 0 : Math.max(strip.before - below, 0))
      if (strip.begins && at > 0) turn()
      else if (at > 0 && !(strips[index - 1]?.keepNext ?? false)) {
        const together = chainFrom(strips, index)
        if (at + above() + together > most) {
          turn()
          at = strip.again
        }
      }
      let left = strip.lines
      const line = strip.height / strip.lines
      const room = () => Math.floor((most - at - above() + 0.001) / line)
      if (room() < left && at > 0) {
        const fits = strip.lines > 1 ? held(left, room()) : 0
        if (strip.of && fits > 0) pages.set(strip.of, number)
        left -= fits
        turn()
        at = strip.again
      }
      if (strip.of && !pages.has(strip.of)) pages.set(strip.of, number)
      at += above()
      while (left * line > most) {
        const fits = Math.max(1, Math.floor((most - at) / line))
        left -= fits
        turn()
      }
      at += left * line + strip.after
      below = strip.after
    }
  }
  return { of: pages, count: number }
}

/** Lines that stay when so many find room: neither the first nor the last stands alone. */
function held(lines: number, room: number): number {
  const fits = Math.min(room, lines - 2)
  return fits < 2 ? 0 : fits
}

/** Height of what stays together from here: all that keep the next, and the beginning of what they keep. */
function chainFrom(strips: readonly Strip[], from: number): number {
  let sum = 0
  let below = 0
  for (let at = from; at < strips.length; at += 1) {
    const strip = strips[at] as Strip
    if (at > from && strip.begins) break
    sum += at === from ? 0 : Math.max(strip.before - below, 0)
    const line = strip.height / strip.lines
    if (!strip.keepNext) return sum + (strip.lines > 3 ? 2 * line : strip.height)
    sum += strip.height + strip.after
    below = strip.after
  }
  return sum - below
}

function stripsOf(parts: readonly Part[], width: number, measure: Measure): Strip[] {
  return parts.flatMap((part): Strip[] => {
    if (part.kind === 'paragraph') return [stripOf(part, width, measure)]
    const heights = part.rows.map((row, at) => rowHeight(row, measure) + bordersOf(row, at, part.rows.length))
    const first = part.rows.findIndex((row) => !row.head)
    const heads = first < 0 ? part.rows.length : first
    const again = heights.slice(0, heads).reduce((sum, one) => sum + one, 0)
    return part.rows.map((row, at) => ({
      height: heights[at] as number,
      before: 0,
      after: 0,
      lines: 1,
      keepNext: row.cells[0]?.children[0]?.keepNext === true,
      begins: false,
      again: at < heads ? 0 : again,
    }))
  })
}

function stripOf(one: Paragraph, width: number, measure: Measure): Strip {
  const style = one.heading ? headings[one.heading - 1] : undefined
  const line = one.spacing?.line ?? style?.line ?? normal.line
  const lines = one.picture
    ? 1
    : measure(
        one.runs.map((run) => (style ? { ...run, bold: true } : run)),
        width - (one.point ? indent : 0),
        style?.size,
      )
  // Pixels are 96 to the inch.
  const height = one.picture ? one.picture.height * 15 : lines * line
  return {
    height,
    lines,
    before: one.spacing?.before ?? style?.before ?? 0,
    after: one.spacing?.after ?? style?.after ?? normal.after,
    keepNext: one.keepNext === true || style !== undefined,
    begins: one.pageBreakBefore === true,
    of: one,
    again: 0,
  }
}

function rowHeight({ cells, atLeast = 0 }: Row, measure: Measure): number {
  const inner = cells.map(({ width, air, children }) =>
    children.reduce(
      (sum, one) => sum + measure(one.runs, width - 2 * air) * (one.spacing?.line ?? normal.line),
      2 * cellAir,
    ),
  )
  return Math.max(atLeast, ...inner)
}

/** What lines take of a row's height: one above each, and one below the last; an open table has none on top. */
const bordersOf = ({ cells }: Row, at: number, rows: number): number =>
  (at > 0 || cells[0]?.boxed ? border : 0) + (at === rows - 1 ? border : 0)
