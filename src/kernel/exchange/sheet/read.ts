import * as XLSX from '@e965/xlsx'
import iconv from 'iconv-lite'
import type { ReadSheet } from '../importer.ts'
import { limits } from './limits.ts'

const utf8 = (bytes: Uint8Array): string | null => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

/** Text without zip or OLE head is a CSV; Chinese ones are UTF-8 or GBK. */
function workbook(bytes: Uint8Array): XLSX.WorkBook {
  const binary =
    (bytes[0] === 0x50 && bytes[1] === 0x4b) || (bytes[0] === 0xd0 && bytes[1] === 0xcf) || bytes[0] === 0x09
  if (binary)
    return XLSX.read(bytes, {
      type: 'array',
      cellDates: false,
      cellFormula: false,
      cellHTML: false,
      cellNF: true,
      dense: true,
    })
  const text = utf8(bytes) ?? iconv.decode(Buffer.from(bytes), 'gb18030')
  return XLSX.read(text.replace(/^\uFEFF/, ''), { type: 'string', raw: true, dense: true })
}

/** Cells that the file itself shows as a day become that day, `YYYY-MM-DD`: a bare serial number means nothing to a reader. */
function nameDays(sheet: XLSX.WorkSheet, date1904: boolean): void {
  for (const row of (sheet['!data'] ?? []) as (XLSX.CellObject | undefined)[][])
    for (const cell of row ?? []) {
      if (!cell?.z || !XLSX.SSF.is_date(String(cell.z))) continue
      if (cell.t !== 'n') {
        // A text in a column formatted as days, its heading above all, is a text; the library would reckon it as a day.
        if (cell.t === 's') delete cell.z
        continue
      }
      const { y, m, d } = XLSX.SSF.parse_date_code(cell.v as number, { date1904 }) ?? { y: 0, m: 0, d: 0 }
      if (y < 1950) continue
      delete cell.z
      cell.t = 's'
      cell.v = `${y}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`
    }
}

/**
 * Reads every sheet of an .xls, .xlsx or .csv file. Numbers stay numbers; days that the file marks as such are text.
 * @throws Error whose message is a `ReadFault`
 */
export function readSheets(bytes: Uint8Array): ReadSheet[] {
  let book: XLSX.WorkBook
  try {
    book = workbook(bytes)
  } catch (error) {
    throw new Error(/password|encrypt/i.test(String(error)) ? 'encrypted' : 'unreadable')
  }
  const date1904 = book.Workbook?.WBProps?.date1904 ?? false
  const sheets = book.SheetNames.map((name): ReadSheet => {
    nameDays(book.Sheets[name] as XLSX.WorkSheet, date1904)
    const rows = XLSX.utils.sheet_to_json<unknown[]>(book.Sheets[name] as XLSX.WorkSheet, {
      header: 1,
      raw: true,
      defval: null,
      blankrows: true,
    })
    if (rows.length > limits.rows) throw new Error('too-many-rows')
    // Titles above the table have one or two cells; the headings are the first row that is mostly texts.
    const at = rows.findIndex(
      (row) => row.filter((cell) => typeof cell === 'string' && cell.trim() !== '').length >= 2,
    )
    const headings = (rows[at] ?? []).slice(0, limits.columns).map((cell) => String(cell ?? '').trim())
    return { name, headings, firstRow: at + 2, rows: at < 0 ? [] : rows.slice(at + 1) }
  })
  if (sheets.every((sheet) => sheet.rows.length === 0)) throw new Error('empty')
  return sheets
}
