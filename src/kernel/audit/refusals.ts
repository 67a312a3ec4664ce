import type { Actor } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { securityEvent } from './security.ts'

/** Requests that were refused for want of a right, told to the security log. */
export interface Refusals {
  /** Never throws: what cannot be told changes no answer. */
  tell(actor: Actor, route: string, address: string): Promise<void>
  /** Tells what is still counted. */
  close(): Promise<void>
}

/** Runs what is written in a transaction that bears the actor's name. */
export type Apart = (actor: Actor, work: (tx: Tx) => Promise<void>) => Promise<void>

interface Counted {
  actor: Actor
  readonly route: string
  address: string
  /** Since the last row. */
  count: number
  timer: NodeJS.Timeout
}

/**
 * The first refusal of a person at a route is written at once; those of the minute after it are counted and make one row when it is over,
 * so that a loop fills no log: at most one row per person, route and minute, with how often (`count`).
 * @param apart a transaction of its own, after that of the request has ended, and not among the requests, whose lane a loop may have filled
 * @param minute milliseconds that one row stands for
 */
export function keepRefusals(apart: Apart, minute = 60_000): Refusals {
  const counted = new Map<string, Counted>()
  const write = ({ actor, route, address }: Counted, count: number) =>
    apart(actor, (tx) =>
      securityEvent(tx, 'refused', { login: actor.login, address, detail: { route, count } }),
    ).catch((error: unknown) => console.error(error))
  const wait = (key: string) => setTimeout(() => void over(key), minute).unref()
  const over = async (key: string): Promise<void> => {
    const one = counted.get(key)
    if (!one) return
    if (one.count === 0) {
      counted.delete(key)
      return
    }
    const { count } = one
    one.count = 0
    one.timer = wait(key)
    await write(one, count)
  }
  return {
    async tell(actor, route, address) {
      const key = `${actor.userId} ${route}`
      const known = counted.get(key)
      if (known) {
        known.count += 1
        known.address = address
        return
      }
      const one: Counted = { actor, route, address, count: 0, timer: wait(key) }
      counted.set(key, one)
      await write(one, 1)
    },
    async close() {
      for (const one of counted.values()) {
        clearTimeout(one.timer)
        if (one.count > 0) await write(one, one.count)
      }
      counted.clear()
    },
  }
}
