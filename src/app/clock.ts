import { sql } from 'kysely'
import { type Clock, dateIn } from '../kernel/clock.ts'
import type { Database } from '../kernel/db/database.ts'

/** The company's clock: real time, moved by what the company keeps. A sample company begins at its own business date. */
export async function companyClock(db: Database): Promise<Clock> {
  let offset = 0
  const read = async () => {
    const { rows } = await sql<{ ms: number }>`select clock_offset_ms as ms from company`.execute(db.kysely)
    offset = rows[0]?.ms ?? 0
  }
  await read()
  const timer = setInterval(() => void read().catch(() => undefined), 5000)
  timer.unref()
  const now = () => new Date(Date.now() + offset)
  return { now, today: () => dateIn(now()) }
}
