import { sql } from 'kysely'
import type { Lane } from '../db/database.ts'
import { asOwner } from '../db/transaction.ts'

/** The two logs that are chained, each by itself: they are kept for different times. */
export const logs = ['audit', 'security'] as const
export type Log = (typeof logs)[number]

const most = 2000

/**
 * Links every settled row of both logs that has no link yet, in batches of a transaction each. Another node that is at it is left to it.
 * @returns rows linked
 */
export async function chainRows(lane: Lane): Promise<number> {
  let all = 0
  for (const log of logs)
    for (let taken = most; taken === most; all += taken) {
      const { rows } = await asOwner(lane, (tx) =>
        sql<{ taken: number }>`select log_chain(${log}, ${most}) as taken`.execute(tx),
      )
      taken = rows[0]?.taken ?? 0
    }
  return all
}

const pauseMs = 2000

/**
 * Keeps the chain at the heels of the logs, on this node, until it is stopped: a row has its link within five seconds. A database that is
 * away is tried again; what waits is linked then.
 */
export function keepChaining(lane: Lane): () => Promise<void> {
  let ended = false
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> = Promise.resolve()
  const round = async () => {
    await chainRows(lane).catch(() => 0)
    if (!ended) wait()
  }
  const wait = () => {
    timer = setTimeout(() => {
      running = round()
    }, pauseMs)
    timer.unref()
  }
  wait()
  return async () => {
    ended = true
    clearTimeout(timer)
    await running
  }
}
