import { parentPort, workerData } from 'node:worker_threads'
import type { Edition } from '../model.ts'
import { type Order, printHere } from './set.ts'

// Setting a whole manual holds a processor for half a minute: it happens beside the program, not in it.
const { edition, order } = workerData as { edition: Edition; order: Order }
parentPort?.postMessage(await printHere(edition, order))
