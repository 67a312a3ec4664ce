import { once } from 'node:events'
import { parentPort, workerData } from 'node:worker_threads'
import { readBook } from './book.ts'
import type { Encoding } from './encodings.ts'
import { refuseBomb } from './zip.ts'

interface Asked {
  readonly bytes: Uint8Array
  readonly encoding?: Encoding
}

/** Rows told at once: taking them over must not hold up those who wait for other answers. */
const atOnce = 2000

// Reading an old binary file holds a processor for a second: it happens beside the program, not in it.
const port = parentPort
if (!port) throw new Error('to be run as a thread')
try {
  const { bytes, encoding } = workerData as Asked
  await refuseBomb(bytes)
  const { sheets, ...book } = readBook(bytes, encoding)
  port.postMessage({ book: { ...book, sheets: sheets.map((sheet) => ({ ...sheet, rows: [] })) } })
  for (const [sheet, { rows }] of sheets.entries())
    for (let at = 0; at < rows.length; at += atOnce) {
      port.postMessage({ sheet, rows: rows.slice(at, at + atOnce) })
      await once(port, 'message')
    }
  port.postMessage({ done: true })
} catch (error) {
  port.postMessage({ fault: (error as Error).message })
}
