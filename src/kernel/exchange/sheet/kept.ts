import type { ReadSheet } from '../importer.ts'

/** A file is looked at, tried and written one after the other: for that time, and up to a size, it is not read three times. */
const most = { cells: 1_000_000, minutes: 10 }

let kept: { readonly digest: string; readonly sheets: ReadSheet[] } | null = null
let dropping: NodeJS.Timeout | undefined

/** Keeps the sheets of the file that was read last, by the digest of its bytes; a larger one is read again when it is asked for. */
export function keepSheets(digest: string, sheets: ReadSheet[]): void {
  const cells = sheets.reduce((sum, sheet) => sum + sheet.rows.length * sheet.headings.length, 0)
  clearTimeout(dropping)
  kept = cells > most.cells ? null : { digest, sheets }
  dropping = setTimeout(() => forgetSheets(digest), most.minutes * 60_000)
  dropping.unref()
}

export const keptSheets = (digest: string): ReadSheet[] | null =>
  kept?.digest === digest ? kept.sheets : null

/** What was written or given up is not looked at again. */
export function forgetSheets(digest: string): void {
  if (kept?.digest === digest) kept = null
}
