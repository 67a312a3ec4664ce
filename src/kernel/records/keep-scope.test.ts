import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestDatabase } from '../../../test/database.ts'
import { someSales } from '../../../test/sales.ts'
import { sampleDatabase } from '../../../test/sample-database.ts'
import { asOwner } from '../db/transaction.ts'

let base: TestDatabase
beforeAll(async () => {
  base = await sampleDatabase()
  await someSales(base.db)
}, 120_000)
afterAll(() => base?.drop())

const ask = async <T>(text: string) => (await sql.raw<T>(text).execute(base.db.kysely)).rows
/** Rows that say another owner, backup or manager than their account. */
const astray = async () =>
  Promise.all(
    ['sales_order', 'order_line'].map(
      async (table) =>
        (
          await ask<{ n: number }>(`select count(*) as n from ${table} r join account a on a.id = r.account_id
            where (r.scope_owner_id, r.scope_backup_id, r.scope_manager_id) is distinct from (a.owner_id, a.backup_id, a.manager_id)`)
        )[0]?.n,
    ),
  )
const [someone, other] = ['rep05', 'rep06'].map(
  (login) => `(select person_id from app_user where login = '${login}')`,
) as [string, string]

describe('Whose an order is', () => {
  test('follows its account, and the trail tells of the account alone', async () => {
    const before = await ask<{ n: number }>(
      `select count(*) as n from audit where kind in ('order', 'order-line')`,
    )
    await ask(`update account set owner_id = ${someone}, manager_id = null, backup_id = ${other}`)
    expect(await astray()).toEqual([0, 0])
    expect(await ask(`select count(*) as n from audit where kind in ('order', 'order-line')`)).toEqual(before)
    expect(
      await ask(
        `select distinct action from audit where kind = 'account' and changes ? 'owner_id' and action = 'update'`,
      ),
    ).toEqual([{ action: 'update' }])
  })

  test('is nobody’s to say: what is written into its columns is set right, and what is told of a record leaves them out', async () => {
    await ask(
      `update sales_order set scope_owner_id = ${other}, city = '示例市' where id = (select min(id) from sales_order)`,
    )
    expect(await astray()).toEqual([0, 0])
    await ask(`insert into sales_order (code, account_id, ordered_on, unit_id, scope_owner_id)
      select 'STRAY', id, '2017-01-01', home_unit_id, ${other} from account order by id limit 1`)
    expect(await astray()).toEqual([0, 0])
    expect(
      await ask(
        `select distinct key from audit, jsonb_object_keys(changes) key where starts_with(key, 'scope_')`,
      ),
    ).toEqual([])
    const [trail] = await ask<{ n: number }>(
      `select count(*) as n from audit where kind = 'order' and action = 'update' and changes ? 'city'`,
    )
    expect(trail?.n).toBe(1)
  })

  test('moves with the order when that goes to another account', async () => {
    await ask(`update account set owner_id = ${other} where id = (select max(id) from account)`)
    await ask(`update sales_order set account_id = (select max(id) from account) where code = 'STRAY'`)
    expect(await astray()).toEqual([0, 0])
  })

  test('is right when an order is written in the moment in which its account moves', async () => {
    const [{ id } = { id: 0 }] = await ask<{ id: number }>('select min(id) as id from account')
    let moved = () => {}
    const stands = new Promise<void>((resolve) => {
      moved = resolve
    })
    let letGo = () => {}
    const until = new Promise<void>((resolve) => {
      letGo = resolve
    })
    const moving = asOwner(base.db, async (tx) => {
      await sql`update account set owner_id = (select person_id from app_user where login = 'rep07') where id = ${id}`.execute(
        tx,
      )
      moved()
      await until
    })
    await stands
    const writing = ask(`insert into sales_order (code, account_id, ordered_on, unit_id)
      select 'AMID', id, '2017-01-01', home_unit_id from account where id = ${id}`)
    // It waits for the account, which the database tells.
    for (;;) {
      const [{ waits } = { waits: 0 }] = await ask<{ waits: number }>(
        `select count(*) as waits from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      )
      if (waits > 0) break
    }
    letGo()
    await Promise.all([moving, writing])
    expect(await astray()).toEqual([0, 0])
  })
})
