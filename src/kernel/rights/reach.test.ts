import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestDatabase } from '../../../test/database.ts'
import { acting, sampleKernel } from '../../../test/people.ts'
import { sampleDatabase } from '../../../test/sample-database.ts'
import { standingClock } from '../clock.ts'
import type { Ctx, Kernel } from '../context.ts'
import { openDatabase } from '../db/database.ts'

interface Reach {
  all: boolean
  units: number[]
  accounts: number[]
}

const reachOf = async (ctx: Ctx): Promise<Reach> =>
  (
    await sql<Reach>`select app_all('order', 'read') as all, app_units('order', 'read') as units,
      (select array_agg(id order by id) from reached_account('order', 'read') id) as accounts`.execute(ctx.tx)
  ).rows[0] as Reach

describe('What a person reaches', () => {
  let base: TestDatabase
  let kernel: Kernel
  const code = (n: number) => `T-${n}`
  beforeAll(async () => {
    base = await sampleDatabase()
    // One connection serves everybody in turn, as a busy pool does.
    kernel = sampleKernel(base.db, standingClock('2018-01-02T02:00:00Z'))
    kernel = { ...kernel, db: openDatabase(base.url, { max: 1 }) }
    await sql`insert into account (code, name, home_unit_id, owner_id)
      select 'T-' || row_number() over (order by seat_id), '示例客户', unit_id, person_id from holder where post = 'REP'`.execute(
      base.db.kysely,
    )
  }, 120_000)
  afterAll(async () => {
    await kernel?.db.close()
    await base?.drop()
  })

  test('is his own, whoever the connection served before', async () => {
    for (const [login, all] of [
      ['sup', true],
      ['rep01', false],
      ['sup', true],
      ['rgm1', false],
      ['rep02', false],
      ['rep01', false],
    ] as const) {
      const alone = openDatabase(base.url, { max: 1 })
      try {
        const fresh = await acting({ ...kernel, db: alone }, login, reachOf)
        expect(await acting(kernel, login, reachOf)).toEqual(fresh)
        expect(fresh.all).toBe(all)
      } finally {
        await alone.close()
      }
    }
    const first = await acting(kernel, 'rep01', reachOf)
    const second = await acting(kernel, 'rep02', reachOf)
    expect(first.accounts).toHaveLength(1)
    expect(second.accounts).toHaveLength(1)
    expect(first.accounts).not.toEqual(second.accounts)
  })

  test('is asked anew once something was written in the same transaction', async () => {
    await acting(kernel, 'rep01', async (ctx) => {
      const before = (await reachOf(ctx)).accounts
      await sql`select set_config('role', 'none', true)`.execute(ctx.tx)
      await sql`update account set owner_id = app_person() where code in (${code(5)}, ${code(6)})`.execute(
        ctx.tx,
      )
      await sql`select set_config('role', 'kambook_app', true)`.execute(ctx.tx)
      expect((await reachOf(ctx)).accounts).toHaveLength(before.length + 2)
    })
    expect((await acting(kernel, 'rep01', reachOf)).accounts).toHaveLength(3)
    await sql`update account set owner_id = (select person_id from app_user where login = 'rep03') where code in (${code(5)}, ${code(6)})`.execute(
      base.db.kysely,
    )
    expect((await acting(kernel, 'rep01', reachOf)).accounts).toHaveLength(1)
  })

  test('ends with the day his post ends, at the next request', async () => {
    expect((await acting(kernel, 'rgm1', reachOf)).units.length).toBeGreaterThan(0)
    await sql`update assignment set to_date = '2018-01-01' where person_id in (select person_id from app_user where login = 'rgm1')`.execute(
      base.db.kysely,
    )
    expect(await acting(kernel, 'rgm1', reachOf)).toEqual({ all: false, units: [], accounts: null })
  })
})
