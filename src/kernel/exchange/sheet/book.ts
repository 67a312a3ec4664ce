import * as XLSX from '@e965/xlsx'
import { type Cell, cellOfText } from './cell.ts'
import { recordsOf, separatorOf } from './csv.ts'
import { dayOfSerial } from './dates.ts'
import { decode, type FoundEncoding, findEncoding } from './encoding.ts'
import { type Encoding, encodings } from './encodings.ts'
import { sortOfFormat } from './formats.ts'
import { markHidden } from './hidden-ods.ts'
import { limits } from './limits.ts'
import { isNoTable } from './named.ts'
import { saysEntities } from './zip.ts'

/** A sheet as it stands in the file, before anybody says where its headings are. Empty rows are not among the rows. */
export interface RawSheet {
  readonly name: string
  readonly hidden: boolean
  readonly date1904: boolean
  readonly rows: readonly (readonly Cell[])[]
  /** Number in the file of each row, from 1. */
  readonly numbers: readonly number[]
  /** Numbers of the hidden rows that hold something. */
  readonly hiddenRows: readonly number[]
  /** Places of the hidden columns, from 0. */
  readonly hiddenColumns: readonly number[]
  /** Merged cells: first and last row number, first and last column. */
  readonly merges: readonly (readonly [number, number, number, number])[]
  /** How many columns hold something; those beyond the limit are not read. */
  readonly width: number
  /** A file of text: a row with more fields than there are headings has been torn apart. */
  readonly text: boolean
  /** How many rows the format can hold, when the sheet is full to the last: the rest may have been cut off. */
  readonly full: number | null
}

export interface Book {
  /** How the text of the file is encoded; `null` where the format says it itself. */
  readonly encoding: FoundEncoding | null
  readonly sheets: readonly RawSheet[]
}

/** Formats of old programs keep text as bytes: what they are is found out as for a CSV. */
const byteCodePages: Readonly<Record<number, Encoding>> = {
  936: 'gb18030',
  950: 'big5',
  932: 'shift_jis',
  949: 'euc-kr',
  1252: 'windows-1252',
  65001: 'utf-8',
}

const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b
const isOle = (bytes: Uint8Array): boolean => bytes[0] === 0xd0 && bytes[1] === 0xcf
const isBareBiff = (bytes: Uint8Array): boolean => bytes[0] === 0x09 && [0, 2, 4, 8].includes(bytes[1] ?? 1)
function isDbf(bytes: Uint8Array): boolean {
  const head = (bytes[8] ?? 0) + 256 * (bytes[9] ?? 0)
  return (
    [0x02, 0x03, 0x30, 0x31, 0x83, 0x8b, 0x8c, 0xf5].includes(bytes[0] ?? 0) &&
    (bytes[2] ?? 99) <= 12 &&
    (bytes[3] ?? 99) <= 31 &&
    head >= 33 &&
    head < bytes.length
  )
}

const options = {
  cellDates: false,
  cellFormula: true,
  cellHTML: false,
  cellNF: true,
  // Hidden rows and columns are read with the styles only.
  cellStyles: true,
  dense: true,
} as const

/**
 * Reads a file of sheets, or of text with separated fields.
 * @param chosen the encoding somebody chose; left out, it is found out
 * @throws Error whose message is a `ReadFault`
 */
export function readBook(bytes: Uint8Array, chosen?: Encoding): Book {
  const book = open(bytes, chosen)
  // A table has two columns and something below its headings.
  if (!book.sheets.some((sheet) => sheet.rows.length > 0 && sheet.width > 1)) throw new Error('no-table')
  if (book.sheets.every((sheet) => sheet.rows.length < 2)) throw new Error('empty')
  return book
}

function open(bytes: Uint8Array, chosen: Encoding | undefined): Book {
  if (isZip(bytes) || isOle(bytes) || isBareBiff(bytes) || isDbf(bytes)) {
    // As a Buffer: parts of an old binary file are joined by the block, not byte by byte.
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const book = parsed(() => XLSX.read(buffer, { type: 'buffer', ...options }))
    markHidden(book, bytes)
    const declared = declaredPage(bytes)
    const byBytes = declared === undefined ? null : inEncoding(book, chosen, declared)
    return { encoding: byBytes, sheets: sheetsIn(book) }
  }
  if (isNoTable(bytes)) throw new Error('unreadable')
  const found = chosen ? withChoice(findEncoding(bytes), chosen, bytes) : findEncoding(bytes)
  const text = decode(bytes, found.encoding)
  // Control characters are in no text that people made.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if ((text.slice(0, 2000).match(/[\u0001-\u0008\u000e-\u001a]/g) ?? []).length > 2)
    throw new Error('unreadable')
  // Pages of HTML, which some programs call .xls, begin with a DOCTYPE of their own; sheets of XML never do.
  if (
    /^\s*<(\?xml|Workbook|office:)/i.test(text) &&
    !/<html/i.test(text.slice(0, 5000)) &&
    saysEntities(text.slice(0, 100_000))
  )
    throw new Error('entities')
  if (/^\s*</.test(text) || /^ID;P/.test(text) || /^TABLE\r?\n0,1/.test(text)) {
    const book = parsed(() => XLSX.read(text, { type: 'string', raw: true, ...options }))
    markHidden(book, text)
    return { encoding: found, sheets: sheetsIn(book) }
  }
  return { encoding: found, sheets: [csvSheet(text)] }
}

function parsed(read: () => XLSX.WorkBook): XLSX.WorkBook {
  try {
    return read()
  } catch (error) {
    throw new Error(/password|encrypt/i.test(String(error)) ? 'encrypted' : 'unreadable')
  }
}

function withChoice(found: FoundEncoding, chosen: Encoding, bytes: Uint8Array): FoundEncoding {
  if (!encodings.includes(chosen)) throw new Error('unreadable')
  const there = found.candidates.some((one) => one.encoding === chosen)
  const sample = decode(bytes.subarray(0, 300), chosen).slice(0, 160)
  return {
    encoding: chosen,
    clear: true,
    candidates: there ? found.candidates : [...found.candidates, { encoding: chosen, sample }],
  }
}

/** The code page that a file of bytes declares: 0 where it declares none, `undefined` where its text is Unicode. */
function declaredPage(bytes: Uint8Array): number | undefined {
  if (isDbf(bytes)) return dbfPages[bytes[29] ?? 0] ?? 0
  if (isBareBiff(bytes)) return pageInBiff(bytes)
  if (!isOle(bytes)) return undefined
  const folder = XLSX.CFB.read(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), {
    type: 'buffer',
  })
  if (XLSX.CFB.find(folder, '/Workbook')) return undefined
  const old = XLSX.CFB.find(folder, '/Book')
  return old ? pageInBiff(new Uint8Array(old.content as unknown as ArrayLike<number>)) : undefined
}

const dbfPages: Readonly<Record<number, number>> = {
  3: 1252,
  87: 1252,
  77: 936,
  122: 936,
  79: 950,
  120: 950,
  19: 932,
  123: 932,
  78: 949,
  121: 949,
}

function pageInBiff(stream: Uint8Array): number {
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength)
  for (let at = 0, records = 0; at + 6 <= stream.length && records < 200; records += 1) {
    if (view.getUint16(at, true) === 0x42) return view.getUint16(at + 4, true)
    at += 4 + view.getUint16(at + 2, true)
  }
  return 0
}

/** Text that was kept as bytes, and was read byte by byte, becomes what it means. */
function inEncoding(
  book: XLSX.WorkBook,
  chosen: Encoding | undefined,
  declared: number,
): FoundEncoding | null {
  const cells = book.SheetNames.flatMap((name) => stringCells(book.Sheets[name] as XLSX.WorkSheet))
  const foreign = (text: string) => /[\u0080-\u00ff]/.test(text)
  const texts = [...cells.map((cell) => String(cell.v)), ...book.SheetNames].filter(foreign)
  if (texts.length === 0) return null
  const sample = Buffer.from(texts.slice(0, 3000).join('\n'), 'latin1')
  const guess = findEncoding(sample)
  const said = byteCodePages[declared]
  const encoding = chosen ?? (said && said !== 'windows-1252' ? said : guess.encoding)
  const sound = (text: string) => decode(Buffer.from(text, 'latin1'), encoding)
  for (const cell of cells) if (foreign(String(cell.v))) cell.v = sound(String(cell.v))
  const sheets: Record<string, XLSX.WorkSheet> = {}
  book.SheetNames = book.SheetNames.map((name) => {
    const named = foreign(name) ? sound(name) : name
    sheets[named] = book.Sheets[name] as XLSX.WorkSheet
    return named
  })
  book.Sheets = sheets
  const found = withChoice(guess, encoding, sample)
  return { ...found, clear: chosen !== undefined || encoding === said || guess.clear }
}

const stringCells = (sheet: XLSX.WorkSheet): XLSX.CellObject[] =>
  Object.values((sheet['!data'] ?? {}) as Record<string, (XLSX.CellObject | undefined)[]>).flatMap((row) =>
    (row ?? []).filter((cell): cell is XLSX.CellObject => cell?.t === 's'),
  )

function sheetsIn(book: XLSX.WorkBook): RawSheet[] {
  const date1904 = book.Workbook?.WBProps?.date1904 ?? false
  return book.SheetNames.map((name, at) => {
    const sheet = book.Sheets[name] as XLSX.WorkSheet
    const hidden = (book.Workbook?.Sheets?.[at]?.Hidden ?? 0) > 0
    const read = sheetIn(name, sheet, hidden, date1904)
    // What is read is let go, sheet by sheet.
    delete book.Sheets[name]
    return read
  })
}

function sheetIn(name: string, sheet: XLSX.WorkSheet, hidden: boolean, date1904: boolean): RawSheet {
  const data = (sheet['!data'] ?? []) as (XLSX.CellObject | undefined)[][]
  const rows: Cell[][] = []
  const numbers: number[] = []
  let width = 0
  // A stray cell far below leaves a million holes: only the rows that are there are looked at.
  for (const key in data) {
    const row = data[key as unknown as number] ?? []
    const cells: Cell[] = []
    for (let at = 0; at < row.length; at += 1) {
      const cell = cellIn(row[at], date1904)
      if (cell === null) continue
      width = Math.max(width, at + 1)
      if (at >= limits.columns) continue
      while (cells.length < at) cells.push(null)
      cells.push(cell)
    }
    if (cells.length === 0) continue
    rows.push(cells)
    numbers.push(Number(key) + 1)
    if (rows.length > limits.rows + 1) throw new Error('too-many-rows')
  }
  const hiddenRow = (sheet['!rows'] ?? []) as ({ hidden?: boolean } | undefined)[]
  const columns = (sheet['!cols'] ?? []) as ({ hidden?: boolean } | undefined)[]
  const last = numbers.at(-1)
  return {
    name,
    hidden,
    date1904,
    rows,
    numbers,
    hiddenRows: numbers.filter((number) => hiddenRow[number - 1]?.hidden),
    hiddenColumns: [...columns.entries()].flatMap(([at, one]) => (one?.hidden ? [at] : [])),
    merges: (sheet['!merges'] ?? []).map(({ s, e }) => [s.r + 1, e.r + 1, s.c, e.c] as const),
    width,
    text: false,
    full: last === 65_536 || last === 1_048_576 ? (rows.length > last - 100 ? last : null) : null,
  }
}

function cellIn(cell: XLSX.CellObject | undefined, date1904: boolean): Cell {
  if (!cell || cell.t === 'z') return null
  if (cell.t === 'e')
    return cell.v === undefined
      ? { broken: 'formula', w: cell.f ? `=${cell.f}` : '=' }
      : { broken: 'error', w: cell.w ?? '#ERROR!' }
  if (cell.v === undefined || cell.v === null) return cell.f ? { broken: 'formula', w: `=${cell.f}` } : null
  if (cell.t === 'b') return cell.v ? 'TRUE' : 'FALSE'
  if (cell.t !== 'n') {
    const text = String(cell.v)
    return text.trim() === '' ? null : cellOfText(text)
  }
  const n = cell.v as number
  // OpenDocument may say percent or currency of a cell without giving it a format: then only what it shows tells.
  if (cell.z === undefined && cell.w !== undefined && !/^[-+\d.,\s]*(E[-+]?\d+)?$/i.test(cell.w))
    return { n, w: cell.w }
  const sort = sortOfFormat(cell.z === undefined ? undefined : String(cell.z))
  if (sort === 'plain') return n
  if (sort === 'shown') return { n, w: cell.w ?? XLSX.SSF.format(String(cell.z), n) }
  const day = dayOfSerial(n, date1904)
  return day === null ? n : { day, w: cell.w ?? day }
}

function csvSheet(text: string): RawSheet {
  const { separator, from } = separatorOf(text)
  const rows: Cell[][] = []
  const numbers: number[] = []
  let number = 0
  let width = 0
  for (const record of recordsOf(text, separator, from)) {
    number += 1
    let used = record.length
    while (used > 0 && (record[used - 1] as string).trim() === '') used -= 1
    if (used === 0) continue
    width = Math.max(width, used)
    rows.push(record.slice(0, Math.min(used, limits.columns)).map(cellOfText))
    numbers.push(number)
    if (rows.length > limits.rows + 1) throw new Error('too-many-rows')
  }
  return {
    name: 'Sheet1',
    hidden: false,
    date1904: false,
    rows,
    numbers,
    hiddenRows: [],
    hiddenColumns: [],
    merges: [],
    width,
    text: true,
    full: null,
  }
}
