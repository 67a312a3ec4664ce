import { Worker } from 'node:worker_threads'
import type { ReadSheet } from '../importer.ts'
import { limits } from './limits.ts'

export type Said = { readonly sheets?: ReadSheet[]; readonly fault?: string }

/**
 * Reads a file in a thread of its own, with bounds of memory and time: a file made to exhaust them ends its thread, not the program.
 * Answers the sheets, or a `ReadFault`.
 */
export function readInThread(
  worker: string,
  bytes: Uint8Array,
  { memoryMb, seconds }: { memoryMb: number; seconds: number } = limits,
): Promise<Said> {
  return new Promise((resolve) => {
    const thread = new Worker(worker, {
      workerData: bytes,
      resourceLimits: { maxOldGenerationSizeMb: memoryMb },
    })
    const settle = (said: Said) => {
      clearTimeout(timer)
      resolve(said)
      void thread.terminate()
    }
    const timer = setTimeout(() => settle({ fault: 'too-large' }), seconds * 1000)
    thread.once('message', settle)
    thread.once('error', (error: NodeJS.ErrnoException) =>
      settle({ fault: error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'too-large' : 'unreadable' }),
    )
    thread.once('exit', () => settle({ fault: 'unreadable' }))
  })
}
