import type { Text } from '../../../handbook/model.ts'
import type { ReadSheet } from '../importer.ts'
import type { SheetReading } from '../reading.ts'
import type { RawSheet } from './book.ts'
import { type Cell, columnLetter, plainText } from './cell.ts'
import { limits } from './limits.ts'
import { textOf } from './text.ts'

/** Rows from the top in which headings are looked for. */
const searched = 30

/** Says of a heading whether it is one that is asked for. */
export type Known = (heading: string) => boolean

/**
 * Lays a sheet out as a table: finds its row of headings, or takes the one that somebody chose, names every column once, and says what is
 * out of the ordinary.
 */
export function laidOut(raw: RawSheet, known: Known, chosen: SheetReading = {}): ReadSheet {
  const guess = headerOf(raw, known)
  const at = chosen.headerRow === undefined ? guess.at : raw.numbers.indexOf(chosen.headerRow)
  const sure = chosen.headerRow !== undefined || guess.sure
  const head = at < 0 ? [] : filledRow(raw, at)
  const rows = raw.rows.slice(at + 1)
  const { headings, doubled, unnamed, torn } = namesOf(raw, head, rows)
  const hidden = raw.hiddenColumns.filter((column) => column < headings.length)
  const below = raw.numbers.slice(at + 1)
  const hiddenRows = raw.hiddenRows.filter((number) => number > (raw.numbers[at] ?? 0))
  return {
    name: raw.name,
    headings,
    firstRow: below[0] ?? (raw.numbers[at] ?? 0) + 1,
    rows: withMerged(raw, rows, below, chosen.fillMerged ?? false),
    numbers: below,
    headerRow: at < 0 ? 0 : (raw.numbers[at] as number),
    hidden: raw.hidden,
    hiddenRows: chosen.hiddenRows ? [] : hiddenRows,
    hiddenColumns: hidden.map((column) => headings[column] as string),
    date1904: raw.date1904,
    torn,
    merged: mergedRows(raw, below) > 0,
    top: topOf(raw),
    notices: [
      ...headNotices(raw, at, sure, headings, known),
      ...notices(raw, { headings, doubled, unnamed, hidden, hiddenRows, chosen }),
    ],
  }
}

/** The first rows as they stand in the file, for the choice of the row of headings. */
const topOf = (raw: RawSheet) =>
  raw.rows.slice(0, 12).map((cells, at) => ({
    row: raw.numbers[at] as number,
    cells: cells.slice(0, 12).map((cell) => textOf(cell).slice(0, 40)),
  }))

/**
 * The row that holds the headings: the one with most of those asked for. Without any, the first row of words alone, which is no more than a
 * supposition; else none (-1).
 */
function headerOf(raw: RawSheet, known: Known): { at: number; sure: boolean } {
  let best = { at: -1, hits: 0 }
  const most = Math.min(searched, raw.rows.length)
  for (let at = 0; at < most; at += 1) {
    const names = new Set(filledRow(raw, at).map(textOf))
    const hits = [...names].filter((name) => name !== '' && known(name)).length
    // Headings that reach over two rows end with the lower one.
    const continues = hits > 0 && hits === best.hits && best.at === at - 1 && coversDown(raw, at)
    if (hits > best.hits || continues) best = { at, hits }
  }
  if (best.hits >= 2) return { at: best.at, sure: true }
  if (best.hits === 1 && looksLikeHeadings(raw.rows[best.at] ?? [])) return { at: best.at, sure: true }
  const widest = Math.max(0, ...raw.rows.slice(0, searched).map(filled))
  const at = raw.rows
    .slice(0, most)
    .findIndex((row) => looksLikeHeadings(row) && filled(row) >= Math.max(2, widest * 0.6))
  return { at, sure: false }
}

const filled = (row: readonly Cell[]): number => row.filter((cell) => cell !== null).length

/** Words alone, each another one: no number, day or code among them. */
function looksLikeHeadings(row: readonly Cell[]): boolean {
  const cells = row.filter((cell) => cell !== null)
  const words = cells.map(textOf)
  return (
    cells.every((cell) => typeof cell === 'string') &&
    words.every((word) => word.length <= 40 && !/^[A-Za-z]*[-_/]?\d+([-_./:]\d+)*$/.test(word))
  )
}

const coversDown = (raw: RawSheet, at: number): boolean =>
  raw.merges.some(([from, to]) => from < (raw.numbers[at] as number) && to >= (raw.numbers[at] as number))

/** A row in which the cells that a merged one reaches down to say what it says. */
function filledRow(raw: RawSheet, at: number): Cell[] {
  const row = [...(raw.rows[at] ?? [])]
  const number = raw.numbers[at] as number
  for (const [from, to, first] of raw.merges) {
    if (from >= number || to < number || (row[first] ?? null) !== null) continue
    const top = raw.numbers.indexOf(from)
    while (row.length < first) row.push(null)
    row[first] = raw.rows[top]?.[first] ?? null
  }
  return row
}

interface Names {
  readonly headings: string[]
  readonly doubled: string[]
  /** Columns that hold something below no heading, by letter. */
  readonly unnamed: string[]
  /** Rows that have more fields than there are headings; what stands in them has been torn apart. */
  readonly torn: readonly number[]
}

/** A name for every column: doubled ones are numbered, those without are called by their letter. */
function namesOf(raw: RawSheet, head: readonly Cell[], rows: readonly (readonly Cell[])[]): Names {
  // As the file writes them: a person looks for what he sees.
  const named = head.map((cell) => plainText(cell).replaceAll(/\s+/g, ' ').trim())
  let wide = named.length
  while (wide > 0 && named[wide - 1] === '') wide -= 1
  const longer = head.length === 0 ? [] : raw.text ? rowsBeyond(raw, rows, wide) : []
  const torn = longer.length > rows.length / 5 ? [] : longer
  const width = torn.length > 0 ? wide : Math.min(raw.width, limits.columns)
  const used = new Set<number>()
  if (width > 0)
    for (const row of rows) for (const [at, cell] of row.entries()) if (cell !== null) used.add(at)
  const seen = new Map<string, number>()
  const doubled = new Set<string>()
  const unnamed: string[] = []
  const headings: string[] = []
  for (let at = 0; at < width; at += 1) {
    const name = named[at] ?? ''
    if (name === '') {
      if (used.has(at)) unnamed.push(columnLetter(at))
      headings.push(used.has(at) ? free(`(${columnLetter(at)})`, seen) : '')
      continue
    }
    const before = seen.get(name) ?? 0
    if (before > 0) doubled.add(name)
    headings.push(before > 0 ? free(name, seen) : name)
    if (before === 0) seen.set(name, 1)
  }
  while (headings.at(-1) === '') headings.pop()
  return { headings, doubled: [...doubled], unnamed, torn }
}

/** The name with the next number that no other heading bears. */
function free(name: string, seen: Map<string, number>): string {
  let n = (seen.get(name) ?? 0) + 1
  while (n > 1 && seen.has(`${name} (${n})`)) n += 1
  const given = n === 1 ? name : `${name} (${n})`
  seen.set(name, n)
  seen.set(given, 1)
  return given
}

const rowsBeyond = (raw: RawSheet, rows: readonly (readonly Cell[])[], wide: number): number[] => {
  const skipped = raw.rows.length - rows.length
  return rows.flatMap((row, at) => (row.length > wide ? [raw.numbers[skipped + at] as number] : []))
}

const bodyMerges = (raw: RawSheet, below: readonly number[]) =>
  raw.merges.filter(([from]) => from >= (below[0] ?? Number.POSITIVE_INFINITY))

const mergedRows = (raw: RawSheet, below: readonly number[]): number =>
  bodyMerges(raw, below).filter(([from, to]) => to > from).length

/** Cells that a merged one covers: marked, or filled with what it says. A number is never filled down: it would be counted again. */
function withMerged(
  raw: RawSheet,
  rows: readonly (readonly Cell[])[],
  below: readonly number[],
  fill: boolean,
): readonly (readonly Cell[])[] {
  const merges = bodyMerges(raw, below)
  if (merges.length === 0) return rows
  const place = new Map(below.map((number, at) => [number, at]))
  const changed = [...rows]
  for (const [from, to, first, last] of merges) {
    const value = rows[place.get(from) ?? -1]?.[first] ?? null
    if (value === null) continue
    const number = typeof value === 'number' || (typeof value === 'object' && 'n' in value)
    // Merged across one row it is a title or a remark of that row.
    if (from === to) continue
    for (let row = from + 1; row <= to; row += 1) {
      const at = place.get(row)
      if (at === undefined) continue
      const cells = [...(changed[at] as readonly Cell[])]
      for (let column = first; column <= last; column += 1) {
        while (cells.length <= column) cells.push(null)
        if (cells[column] === null)
          cells[column] = fill && !number ? value : { broken: 'merged', w: plainText(value) }
      }
      changed[at] = cells
    }
  }
  return changed
}

const listed = (names: readonly string[], most = 8): Text => {
  const shown = names.slice(0, most)
  const more = names.length > most
  return { zh: `${shown.join('、')}${more ? ' 等' : ''}`, en: `${shown.join(', ')}${more ? ' …' : ''}` }
}

/** Whether most of what the headings are written with is what programs put for characters that a format cannot hold. */
function isLost(headings: readonly string[]): boolean {
  const letters = headings.join('').replaceAll(/\s/g, '')
  const signs = letters.replaceAll(/[^_?\uFFFD]/g, '')
  return signs.length >= 3 && signs.length * 2 > letters.length
}

const lost: Text = {
  zh: '列标题的文字在存这个文件时就丢了，只剩“_”或“?”，其他中文多半也丢了，这里找不回来。请在原来的程序里另存为 .xlsx 再导',
  en: 'The words of the headings were lost when this file was saved: only _ or ? is left of them, and probably of other text, and it cannot be found again. Save it as .xlsx in the program it comes from and import that',
}

function headNotices(
  raw: RawSheet,
  at: number,
  sure: boolean,
  headings: readonly string[],
  known: Known,
): Text[] {
  if (raw.rows.length === 0) return []
  if (isLost(headings)) return [lost]
  if (at < 0)
    return [
      {
        zh: '没有认出标题行：第一行就像是数据。列按 (A)、(B)…… 称呼，请自己对应，或另选标题行',
        en: 'No row of headings was recognised; the first row looks like data. Columns are called (A), (B) …: match them yourself, or choose the row of headings',
      },
    ]
  const number = raw.numbers[at] as number
  if (!sure)
    return [
      {
        zh: `暂以第 ${number} 行为标题，但其中没有认得的列名，请核对`,
        en: `Row ${number} is supposed to hold the headings, but none of them is known; please check`,
      },
    ]
  if (at === 0 || !headings.some(known)) return []
  return [
    {
      zh: `标题在第 ${number} 行，上面 ${at} 行不读`,
      en: `The headings stand in row ${number}; ${at === 1 ? 'the row' : `the ${at} rows`} above ${at === 1 ? 'is' : 'are'} not read`,
    },
  ]
}

function notices(
  raw: RawSheet,
  {
    headings,
    doubled,
    unnamed,
    hidden,
    hiddenRows,
    chosen,
  }: {
    headings: readonly string[]
    doubled: readonly string[]
    unnamed: readonly string[]
    hidden: readonly number[]
    hiddenRows: readonly number[]
    chosen: SheetReading
  },
): Text[] {
  const said: Text[] = []
  if (raw.hidden) said.push({ zh: '这张表在文件里是隐藏的', en: 'This sheet is hidden in the file' })
  if (doubled.length > 0)
    said.push({
      zh: `标题重复：${listed(doubled).zh}。后面的带编号，如“${doubled[0]} (2)”，请核对取的是哪一列`,
      en: `Headings that occur twice: ${listed(doubled).en}. Later ones are numbered, as “${doubled[0]} (2)”; check which one is taken`,
    })
  if (unnamed.length > 0 && unnamed.length < headings.length)
    said.push({
      zh: `没有标题但有内容的列：${listed(unnamed).zh}`,
      en: `Columns with content and no heading: ${listed(unnamed).en}`,
    })
  if (raw.width > limits.columns)
    said.push({
      zh: `有 ${raw.width} 列，只读前 ${limits.columns} 列，其余的没有读`,
      en: `There are ${raw.width} columns; only the first ${limits.columns} are read`,
    })
  if (raw.full !== null)
    said.push({
      zh: `这张表正好写满 ${raw.full} 行，导出时可能被截断，请核对`,
      en: `This sheet is full to its last row (${raw.full}); the rest may have been cut off when it was made. Please check`,
    })
  if (hiddenRows.length > 0) {
    const rows = listed(hiddenRows.map(String), 5)
    said.push(
      chosen.hiddenRows
        ? {
            zh: `隐藏的 ${hiddenRows.length} 行也导入（第 ${rows.zh} 行）`,
            en: `${hiddenRows.length} hidden rows are taken as well (${rows.en})`,
          }
        : {
            zh: `隐藏的 ${hiddenRows.length} 行没有读（第 ${rows.zh} 行），需要时选“隐藏的行也导入”`,
            en: `${hiddenRows.length} hidden rows are not read (${rows.en}); choose to take hidden rows if you need them`,
          },
    )
  }
  if (hidden.length > 0)
    said.push({
      zh: `隐藏的列：${listed(hidden.map((column) => headings[column] as string)).zh}`,
      en: `Hidden columns: ${listed(hidden.map((column) => headings[column] as string)).en}`,
    })
  return said
}
