import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../test/database.ts'
import { beside } from './database.ts'
import { asOwner } from './transaction.ts'

let own: TestDatabase
beforeAll(async () => {
  own = await freshDatabase()
})
afterAll(() => own?.drop())

const one = (lane: { kysely: TestDatabase['db']['kysely'] }) => sql`select 1`.execute(lane.kysely)

describe('The lanes to a database', () => {
  test('a second connection asked for inside a transaction is a defect at once, on every lane', async () => {
    const { db } = own
    for (const lane of [db, db.door, db.heavy])
      await expect(asOwner(db, () => one(lane))).rejects.toThrow('a second connection')
    await expect(asOwner(db, () => asOwner(db, () => Promise.resolve()))).rejects.toThrow(
      'a second connection',
    )
    // A job's word on how far it is goes beside its transaction, on a lane that has connections to spare.
    await asOwner(db.heavy, () => beside(() => one(db.heavy)))
  })

  test('requests that hold every connection keep neither sign-in nor a supervisor waiting', async () => {
    const { db } = own
    let free = () => {}
    const until = new Promise<void>((resolve) => {
      free = resolve
    })
    const busy = Array.from({ length: 6 }, () => asOwner(db, () => until))
    await one(db.door)
    await one(db.heavy)
    free()
    await Promise.all(busy)
    await one(db)
  })

  test('a statement, a lock and an idle transaction each have an end', async () => {
    const { rows } = await sql<{ name: string; setting: string }>`select name, setting from pg_settings
      where name in ('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout') order by name`.execute(
      own.db.kysely,
    )
    expect(rows.map(({ setting }) => Number(setting) > 0)).toEqual([true, true, true])
  })
})
