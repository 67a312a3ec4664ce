import type { Acting } from '../context.ts'
import type { Mapping } from './importer.ts'
import { laidOutFor, readFileOnce } from './opened.ts'
import type { Reading } from './reading.ts'
import { bytesToRead, importerOf, type Prepared, requireImport, runById } from './runs.ts'
import type { Book } from './sheet/book.ts'
import { keptBook } from './sheet/kept.ts'
import { takeFile } from './take.ts'

/** The file of a run, read without holding a transaction meanwhile. */
export async function bookBefore(acting: Acting, id: number, reading?: Reading): Promise<Book> {
  const { run, bytes } = await acting.run(async (ctx) => {
    const stored = await runById(ctx.tx, id)
    await requireImport(ctx, importerOf(ctx, stored.importer))
    const asked = reading ? { ...stored, reading } : stored
    return { run: asked, bytes: await bytesToRead(ctx.tx, asked) }
  })
  const kept = bytes === null ? keptBook(run.digest, run.reading.encoding) : null
  if (kept) return kept
  // What was at hand a moment ago may have gone since.
  const again = bytes ?? (await acting.run((ctx) => bytesToRead(ctx.tx, run))) ?? new Uint8Array()
  return readFileOnce(again, run.file_name, run.reading.encoding)
}

/** Reads and takes the file of a run for its trial, between transactions. */
export async function prepareRun(acting: Acting, id: number, mapping: Mapping): Promise<Prepared> {
  const book = await bookBefore(acting, id)
  const { run, importer, currency } = await acting.run(async (ctx) => {
    const stored = await runById(ctx.tx, id)
    return {
      run: stored,
      importer: importerOf(ctx, stored.importer),
      currency: ctx.edition.edition.currency,
    }
  })
  const sheets = laidOutFor(importer, book, run.reading)
  const file = await takeFile(importer, sheets, mapping, run.reading, currency)
  return { digest: run.digest, reading: run.reading, mapping, file }
}
