import type * as XLSX from '@e965/xlsx'
import { unzipSync } from 'fflate'
import { limits } from './limits.ts'

type Range = readonly [from: number, to: number]

/** What a table of an OpenDocument sheet hides; rows and columns count from 0. */
interface Hidden {
  readonly sheet: boolean
  readonly rows: readonly Range[]
  readonly columns: readonly Range[]
}

/**
 * Marks in a book that was read from an OpenDocument sheet what its file hides, as other formats have it marked: the reader leaves that out.
 * @param file the bytes of an `.ods`, the text of a `.fods`; a book of another format stays as it is
 */
export function markHidden(book: XLSX.WorkBook, file: Uint8Array | string): void {
  if (book.bookType !== 'ods' && book.bookType !== 'fods') return
  const tables = hiddenIn(typeof file === 'string' ? file : contentOf(file))
  book.Workbook ??= {}
  book.Workbook.Sheets = book.SheetNames.map((name, at) => {
    const { sheet = false, rows = [], columns = [] } = tables[at] ?? {}
    const table = book.Sheets[name] as XLSX.WorkSheet
    const within = (ranges: readonly Range[], place: number) =>
      ranges.some(([from, to]) => place >= from && place <= to)
    // A row may be said to come a million times: only those that are there are marked.
    const rowMarks: XLSX.RowInfo[] = []
    for (const key in (table['!data'] ?? []) as unknown[])
      if (within(rows, Number(key))) rowMarks[Number(key)] = { hidden: true }
    table['!rows'] = rowMarks
    table['!cols'] = Array.from({ length: limits.columns }, (_, place) => ({
      hidden: within(columns, place),
    }))
    return { ...book.Workbook?.Sheets?.[at], name, Hidden: sheet ? 1 : 0 }
  })
}

function contentOf(bytes: Uint8Array): string {
  const found = unzipSync(bytes, { filter: ({ name }) => name === 'content.xml' })['content.xml']
  return found ? new TextDecoder().decode(found) : ''
}

const tag =
  /<(\/?)(?:[\w-]+:)?(style|table-properties|table|table-row|table-row-group|table-column|table-column-group)(?=[\s/>])((?:[^>"']|"[^"]*"|'[^']*')*)>/g

/** Looks through the tags of a document once, table by table in its order; a table within a table is part of a cell. */
function hiddenIn(xml: string): Hidden[] {
  const unseen = new Set<string>()
  const tables: { sheet: boolean; rows: Range[]; columns: Range[] }[] = []
  let style = ''
  let depth = 0
  const places = { row: 0, column: 0 }
  // Groups that are folded, from the outermost on.
  const folded: Record<'row' | 'column', boolean[]> = { row: [], column: [] }
  for (const [, end, name = '', said = ''] of xml.matchAll(tag)) {
    const of = (key: string) => new RegExp(`[\\s:]${key}\\s*=\\s*["']([^"']*)["']`).exec(said)?.[1]
    const closed = said.endsWith('/')
    if (name === 'style') {
      if (!end) style = of('name') ?? ''
    } else if (name === 'table-properties') {
      if (of('display') === 'false') unseen.add(style)
    } else if (name === 'table') {
      if (end) depth -= 1
      else if (!closed) depth += 1
      if (end || depth !== 1) continue
      places.row = 0
      places.column = 0
      tables.push({ sheet: unseen.has(of('style-name') ?? '\n'), rows: [], columns: [] })
    } else if (depth === 1) {
      const sort = name.startsWith('table-row') ? 'row' : 'column'
      if (name.endsWith('-group')) {
        if (end) folded[sort].pop()
        else if (!closed) folded[sort].push(of('display') === 'false')
        continue
      }
      if (end) continue
      const times = Math.max(1, Number(of(`number-${sort}s-repeated`) ?? 1) || 1)
      const from = places[sort]
      places[sort] += times
      if (['collapse', 'filter'].includes(of('visibility') ?? '') || folded[sort].includes(true))
        tables.at(-1)?.[`${sort}s`].push([from, from + times - 1])
    }
  }
  return tables
}
