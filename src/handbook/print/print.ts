import { builtEntry } from '../../child/entry.ts'
import { type Bounds, ChildFailure, type Reason, runInChild } from '../../child/run.ts'
import type { Edition, Text } from '../model.ts'
import { type Order, type Printed, printHere } from './set.ts'

export type { Format, Order, Printed } from './set.ts'

export interface Task {
  readonly edition: Edition
  readonly order: Order
}

/** What a print may take; the time is for a machine that has much else to do. */
export const printLimits = { memoryMb: 1500, seconds: 600 } as const

const texts: Readonly<Record<Reason, (bounds: Bounds) => Text>> = {
  'too-large': ({ memoryMb }) => ({
    zh: `印出手册用到的内存超过 ${memoryMb} MB，已停止。可以只印一种语言，或按章、流程、表单分开印`,
    en: `Printing took more than ${memoryMb} MB of memory and was stopped. Print one language alone, or chapters, workflows and forms one by one`,
  }),
  'too-slow': ({ seconds }) => ({
    zh: `${seconds} 秒内没有印完，已停止。请在空闲时再印，或按章、流程、表单分开印`,
    en: `Printing was not done within ${seconds} seconds and was stopped. Print when there is less to do, or chapters, workflows and forms one by one`,
  }),
  died: () => ({
    zh: '印出手册的进程中途结束，没有印出来。请再印一次',
    en: 'The process that prints ended before it was done, and nothing was printed. Print again',
  }),
}

/**
 * Prints an edition, or one element of it (`part`, a reference such as `wf:PLAN`), as PDF, Word or one HTML file in one language or in both.
 * Where the program runs from its bundle, a process of its own sets the pages and gives all memory back when it ends.
 * @returns `null` when the edition has no such part
 * @throws ChildFailure with a text for people when it takes too much memory or time, or its process ends before it is done
 */
export async function printEdition(
  edition: Edition,
  order: Order,
  bounds: Partial<Bounds> = {},
): Promise<Printed | null> {
  const entry = builtEntry('print')
  return entry ? printInChild(entry, edition, order, bounds) : printHere(edition, order)
}

/** The same by a given entry. */
export async function printInChild(
  entry: string,
  edition: Edition,
  order: Order,
  bounds: Partial<Bounds> = {},
): Promise<Printed | null> {
  const within: Bounds = { ...printLimits, ...bounds }
  try {
    // What is printed is not asked for its sources.
    return await runInChild<Task, Printed | null>(
      entry,
      { edition: { ...edition, files: {} }, order },
      within,
    )
  } catch (error) {
    if (!(error instanceof ChildFailure)) throw error
    throw new ChildFailure(error.reason, texts[error.reason](within), error.detail)
  }
}
