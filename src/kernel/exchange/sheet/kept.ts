import type { Book } from './book.ts'
import type { Encoding } from './encodings.ts'

/** A file is looked at, tried and written one after the other: for that time, and up to a size, it is not read three times. */
const most = { cells: 1_000_000, minutes: 10 }

let kept: { readonly digest: string; readonly encoding: Encoding | undefined; readonly book: Book } | null =
  null
let dropping: NodeJS.Timeout | undefined

/** Keeps what was read last, by the digest of its bytes and the encoding chosen; a larger file is read again when it is asked for. */
export function keepBook(digest: string, encoding: Encoding | undefined, book: Book): void {
  const cells = book.sheets.reduce((sum, sheet) => sum + sheet.rows.length * sheet.width, 0)
  clearTimeout(dropping)
  kept = cells > most.cells ? null : { digest, encoding, book }
  dropping = setTimeout(() => forgetBook(digest), most.minutes * 60_000)
  dropping.unref()
}

export const keptBook = (digest: string, encoding: Encoding | undefined): Book | null =>
  kept?.digest === digest && kept.encoding === encoding ? kept.book : null

/** What was written or given up is not looked at again. */
export function forgetBook(digest: string): void {
  if (kept?.digest === digest) kept = null
}
