import { createHash } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Text } from '../../handbook/model.ts'
import type { Tx } from '../db/database.ts'
import { fingerprintOf, guessMapping, knownHeadings } from './guess.ts'
import type { Choices, Importer, Mapping, ReadSheet } from './importer.ts'
import { mappingFaults } from './matched.ts'
import type { Reading } from './reading.ts'
import type { Book } from './sheet/book.ts'
import { dayOf, orderIsOpen } from './sheet/dates.ts'
import type { Encoding } from './sheet/encodings.ts'
import { keepBook, keptBook } from './sheet/kept.ts'
import { laidOut } from './sheet/layout.ts'
import { namedRefusal } from './sheet/named.ts'
import { showsComma, showsPoint } from './sheet/numbers.ts'
import { bookOf } from './sheet/sheets.ts'

export const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/**
 * Reads a file, or finds it among what was read last. Needs no transaction: whoever can, reads before he opens one.
 * @throws Refusal 422 that names the file and says what to do
 */
export async function readFileOnce(bytes: Uint8Array, fileName: string, encoding?: Encoding): Promise<Book> {
  const digest = digestOf(bytes)
  const kept = keptBook(digest, encoding)
  if (kept) return kept
  const book = await bookOf(bytes, encoding).catch((error: unknown) => {
    throw namedRefusal(error, fileName.slice(0, 200), bytes)
  })
  keepBook(digest, encoding, book)
  return book
}

/** The sheets of a file as tables, by what was chosen for each of them. */
export const laidOutFor = (importer: Importer, book: Book, reading: Reading): ReadSheet[] => {
  const known = knownHeadings(importer)
  return book.sheets.map((sheet) => laidOut(sheet, known, reading.sheets?.[sheet.name]))
}

/** What a run begins with: how its file is read, which column is which, and what of the last time was taken over or dropped. */
export interface Begun {
  readonly book: Book
  readonly sheets: readonly ReadSheet[]
  readonly fingerprint: string
  readonly reading: Reading
  readonly mapping: Mapping
  readonly choices: Choices
  readonly remembered: boolean
  readonly dropped: readonly Text[]
}

interface Memory {
  readonly mapping: Mapping
  readonly choices: Choices
  readonly reading: Reading
}

/**
 * Begins with the choices of the last file that looked like this one, each looked at whether it still fits; what does not is dropped and
 * said. Without such a file everything is guessed.
 * @param given what was chosen for this run already; it wins
 */
export async function begin(
  tx: Tx,
  importer: Importer,
  bytes: Uint8Array,
  fileName: string,
  first: Book,
  given: Reading,
): Promise<Begun> {
  const plain = laidOutFor(importer, first, {})
  const fingerprint = fingerprintOf(plain)
  const { rows } = await sql<Memory>`select mapping, choices, reading from import_memory
    where importer = ${importer.id} and fingerprint = ${fingerprint}`.execute(tx)
  const [memory] = rows
  const guessed = (book: Book, reading: Reading, dropped: readonly Text[]): Begun => {
    const sheets = laidOutFor(importer, book, reading)
    const mapping = guessMapping(importer, sheets)
    return { book, sheets, fingerprint, reading, mapping, choices: {}, remembered: false, dropped }
  }
  if (!memory) return guessed(first, given, [])
  const dropped: Text[] = []
  const { encoding, ...rest } = memory.reading
  let book = first
  let reading: Reading = { ...rest, ...given, sheets: { ...rest.sheets, ...given.sheets } }
  if (encoding && !given.encoding && first.encoding) {
    if (first.encoding.clear && first.encoding.encoding !== encoding) dropped.push(otherEncoding)
    else if (!first.encoding.clear) {
      reading = { ...reading, encoding }
      book = await readFileOnce(bytes, fileName, encoding)
    }
  }
  const sheets = laidOutFor(importer, book, reading)
  const headless = sheets.some(
    (sheet) => sheet.headerRow === 0 && (reading.sheets?.[sheet.name]?.headerRow ?? 0) > 0,
  )
  if (headless || mappingFaults(importer, sheets, memory.mapping).length > 0)
    return { ...guessed(book, given, [...dropped, otherColumns]), choices: memory.choices }
  const fits = await writtenAsChosen(importer, sheets, memory.mapping, reading)
  if (!fits.decimal && !given.decimal) {
    dropped.push(otherDecimal)
    reading = { ...reading, decimal: undefined }
  }
  if (!fits.dates && !given.dates) {
    dropped.push(otherDates)
    reading = { ...reading, dates: undefined }
  }
  return {
    book,
    sheets,
    fingerprint,
    reading,
    mapping: memory.mapping,
    choices: memory.choices,
    remembered: true,
    dropped,
  }
}

const otherEncoding: Text = {
  zh: '上次选的编码和这个文件不符，没有沿用',
  en: 'The encoding chosen last time does not fit this file and was not taken over',
}
const otherColumns: Text = {
  zh: '上次的对应和这个文件不符，没有沿用，已重新猜测',
  en: 'The columns matched last time do not fit this file; they were guessed anew',
}
const otherDecimal: Text = {
  zh: '上次选的小数点和这个文件里的数字不符，没有沿用',
  en: 'The decimal mark chosen last time does not fit the numbers of this file and was not taken over',
}
const otherDates: Text = {
  zh: '上次选的日期写法和这个文件里的日期不符，没有沿用',
  en: 'The order of dates chosen last time does not fit the dates of this file and was not taken over',
}

/** Whether numbers and dates of a file are written as somebody chose for an earlier one. */
async function writtenAsChosen(
  importer: Importer,
  sheets: readonly ReadSheet[],
  mapping: Mapping,
  { decimal, dates }: Reading,
): Promise<{ decimal: boolean; dates: boolean }> {
  const fits = { decimal: true, dates: true }
  if (!decimal && !dates) return fits
  const contrary = decimal === 'comma' ? showsPoint : showsComma
  for (const spec of importer.sheets) {
    const sheet = sheets.find((one) => one.name === mapping.sheets[spec.id])
    const places = spec.columns.map((column) => ({
      column,
      at: sheet?.headings.indexOf(mapping.columns[spec.id]?.[column.id] ?? '\n') ?? -1,
    }))
    for (const [index, row] of (sheet?.rows ?? []).entries()) {
      if (index % 1000 === 999) await setImmediate()
      for (const { column, at } of places) {
        const cell = row[at] ?? null
        if (typeof cell !== 'string') continue
        if (column.sort === 'date') {
          if (dates && orderIsOpen(cell) && 'fault' in dayOf(cell, { order: dates })) fits.dates = false
        } else if (['money', 'decimal', 'percent', 'integer'].includes(column.sort ?? '')) {
          if (decimal && contrary(cell)) fits.decimal = false
        }
      }
    }
  }
  return fits
}
