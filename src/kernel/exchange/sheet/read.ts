import type { ReadSheet } from '../importer.ts'
import { readBook } from './book.ts'
import { laidOut } from './layout.ts'

/**
 * Reads every sheet of a file and lays it out as a table whose headings nobody is known to ask for.
 * @throws Error whose message is a `ReadFault`
 */
export const readSheets = (bytes: Uint8Array): ReadSheet[] =>
  readBook(bytes).sheets.map((sheet) => laidOut(sheet, () => false))
