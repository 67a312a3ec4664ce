import { parentPort, workerData } from 'node:worker_threads'
import { readSheets } from './read.ts'
import { refuseBomb } from './zip.ts'

// Reading an old binary file holds a processor for a second: it happens beside the program, not in it.
try {
  await refuseBomb(workerData as Uint8Array)
  parentPort?.postMessage({ sheets: readSheets(workerData as Uint8Array) })
} catch (error) {
  parentPort?.postMessage({ fault: (error as Error).message })
}
