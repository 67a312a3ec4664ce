import { Worker } from 'node:worker_threads'
import type { Book } from './book.ts'
import type { Cell } from './cell.ts'
import type { Encoding } from './encodings.ts'
import { limits } from './limits.ts'

export type Said = { readonly book?: Book; readonly fault?: string }

type Told =
  | { readonly book: Book }
  | { readonly sheet: number; readonly rows: Cell[][] }
  | { readonly done: true }
  | { readonly fault: string }

/**
 * Reads a file in a thread of its own, with bounds of memory and time: a file made to exhaust them ends its thread, not the program. The
 * rows come over in parts, between which others get their turn. Answers the book, or a `ReadFault`.
 */
export function readInThread(
  worker: string,
  bytes: Uint8Array,
  encoding?: Encoding,
  { memoryMb, seconds }: { memoryMb: number; seconds: number } = limits,
): Promise<Said> {
  return new Promise((resolve) => {
    const thread = new Worker(worker, {
      workerData: { bytes, encoding },
      resourceLimits: { maxOldGenerationSizeMb: memoryMb },
    })
    let book: Book | undefined
    const settle = (said: Said) => {
      clearTimeout(timer)
      resolve(said)
      void thread.terminate()
    }
    const timer = setTimeout(() => settle({ fault: 'too-large' }), seconds * 1000)
    thread.on('message', (told: Told) => {
      if ('fault' in told) return settle({ fault: told.fault })
      if ('done' in told) return settle(book ? { book } : { fault: 'unreadable' })
      if ('book' in told) {
        book = told.book
        return
      }
      const rows = book?.sheets[told.sheet]?.rows as Cell[][] | undefined
      for (const row of told.rows) rows?.push(row)
      // The thread waits: one part at a time is under way.
      setImmediate(() => thread.postMessage('next'))
    })
    thread.once('error', (error: NodeJS.ErrnoException) =>
      settle({ fault: error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'too-large' : 'unreadable' }),
    )
    thread.once('exit', () => settle({ fault: 'unreadable' }))
  })
}
