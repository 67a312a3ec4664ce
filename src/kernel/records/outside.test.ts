import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestDatabase } from '../../../test/database.ts'
import { acting, sampleKernel } from '../../../test/people.ts'
import { crossedSales, someSales } from '../../../test/sales.ts'
import { sampleDatabase } from '../../../test/sample-database.ts'
import { standingClock } from '../clock.ts'
import type { Kernel } from '../context.ts'
import { readableValue } from './export.ts'
import { historyOf } from './history.ts'
import type { Field, Kind } from './kind.ts'
import { listRecords, readPage } from './read.ts'

let base: TestDatabase
let kernel: Kernel
let order: Kind
/** An order of the first region's head whose customer belongs to another region by now. */
let crossed: { id: number; account_id: number; name: string }
beforeAll(async () => {
  base = await sampleDatabase()
  kernel = sampleKernel(base.db, standingClock('2018-01-02T02:00:00Z'))
  order = kernel.registry.kinds.get('order') as Kind
  await someSales(base.db)
  await crossedSales(base.db)
  const { rows } = await sql<typeof crossed>`select o.id, o.account_id, a.name from sales_order o
    join account a on a.id = o.account_id join holder h on h.unit_id = o.unit_id join app_user u using (person_id)
    where u.login = 'rgm1' and a.home_unit_id <> o.unit_id order by o.id limit 1`.execute(base.db.kysely)
  crossed = rows[0] as typeof crossed
})
afterAll(() => base?.drop())

const nothing = { id: null, title: null }

test('A region’s head sees the order of a customer beyond his reach, and neither its name nor its id', async () => {
  await acting(kernel, 'rgm1', async (ctx) => {
    const { items } = await listRecords(ctx, order, { account_id: String(crossed.account_id), limit: 200 })
    expect(items.length).toBeGreaterThan(0)
    for (const item of items) expect(item.account_id).toEqual(nothing)
    expect((await readPage(ctx, order, crossed.id)).account_id).toEqual(nothing)
    const lines = await listRecords(ctx, kernel.registry.kinds.get('order-line') as Kind, {
      order_id: String(crossed.id),
    })
    for (const line of lines.items) {
      expect(line.account_id).toEqual(nothing)
      expect(line.order_id).toMatchObject({ id: crossed.id, title: expect.stringMatching(/./) })
    }
  })
  await acting(kernel, 'sup', async (ctx) => {
    expect((await readPage(ctx, order, crossed.id)).account_id).toEqual({
      id: crossed.account_id,
      title: crossed.name,
    })
  })
})

test('A file says so in a word, and the history of the order no more', async () => {
  const field = order.fields.account_id as Field
  expect([readableValue(field, nothing, 'zh'), readableValue(field, nothing, 'en')]).toEqual([
    '范围外',
    'Outside your scope',
  ])
  await acting(kernel, 'sup', async (ctx) => {
    const other = sql`(select min(id) from account where id <> ${crossed.account_id})`
    for (const account of [other, sql`${crossed.account_id}`])
      await sql`update sales_order set account_id = ${account}, rev = rev + 1 where id = ${crossed.id}`.execute(
        ctx.tx,
      )
  })
  await acting(kernel, 'rgm1', async (ctx) => {
    const { items } = await historyOf(ctx, order, crossed.id, null)
    const told = items.flatMap(({ changes }) => changes.filter(({ field }) => field === 'account_id'))
    expect(told.map(({ to }) => to)).toContainEqual(nothing)
    for (const { from, to } of told)
      for (const one of [from, to]) expect(one === null || typeof one !== 'number').toBe(true)
  })
})
