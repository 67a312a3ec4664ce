import { existsSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import type { Edition } from '../model.ts'
import { type Order, type Printed, printHere } from './set.ts'

export type { Format, Order, Printed } from './set.ts'

/**
 * Prints an edition, or one element of it (`part`, a reference such as `wf:PLAN`), as PDF, Word or one HTML file in one language or in both.
 * Where the program runs from its bundle, a thread of its own sets the pages: a whole manual takes a processor for half a minute.
 * @returns `null` when the edition has no such part
 */
export async function printEdition(edition: Edition, order: Order): Promise<Printed | null> {
  const worker = new URL('./print.worker.js', import.meta.url)
  const bundled = import.meta.url.includes('/dist/server/') && existsSync(worker)
  return bundled ? inThread(worker, edition, order) : printHere(edition, order)
}

function inThread(worker: URL, edition: Edition, order: Order): Promise<Printed | null> {
  return new Promise((resolve, reject) => {
    // What is printed is not asked for its sources.
    const thread = new Worker(worker, { workerData: { edition: { ...edition, files: {} }, order } })
    thread.once('message', (printed: Printed | null) => resolve(printed))
    thread.once('error', reject)
    thread.once('exit', (code) => reject(new Error(`the print ended with code ${code} and no pages`)))
  })
}
