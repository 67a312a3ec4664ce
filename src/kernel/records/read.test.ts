import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestDatabase } from '../../../test/database.ts'
import { acting, sampleKernel } from '../../../test/people.ts'
import { someSales } from '../../../test/sales.ts'
import { sampleDatabase } from '../../../test/sample-database.ts'
import { standingClock } from '../clock.ts'
import type { Kernel } from '../context.ts'
import type { Kind } from './kind.ts'
import { listRecords } from './read.ts'

let base: TestDatabase
let kernel: Kernel
beforeAll(async () => {
  base = await sampleDatabase()
  kernel = sampleKernel(base.db, standingClock('2018-01-02T02:00:00Z'))
  await someSales(base.db)
  // A required field with ties and a field that is empty in places: both orders are walked page by page.
  await sql`update sales_order set shipped_on = null where id % 5 = 0`.execute(base.db.kysely)
})
afterAll(() => base?.drop())

const readers = [
  { login: 'sup', owns: 'true' },
  {
    login: 'rgm1',
    owns: `unit_id in (select h.unit_id from holder h join app_user u using (person_id) where u.login = 'rgm1')`,
  },
  {
    login: 'kam1',
    owns: `account_id in (select a.id from account a join app_user u on u.person_id = a.manager_id where u.login = 'kam1')`,
  },
  {
    login: 'rep01',
    owns: `account_id in (select a.id from account a join app_user u on u.person_id = a.owner_id where u.login = 'rep01')`,
  },
]
const orders = {
  '-ordered_on': 'ordered_on desc, id desc',
  ordered_on: 'ordered_on, id',
  '-shipped_on': 'shipped_on desc nulls last, id desc',
  shipped_on: 'shipped_on, id',
  '-id': 'id desc',
}

test.each(readers.flatMap((reader) => Object.entries(orders).map(([sort, by]) => ({ ...reader, sort, by }))))(
  'the pages of $login by $sort are the rows of the scope, each once, in order',
  async ({ login, owns, sort, by }) => {
    const seen: number[] = []
    await acting(kernel, login, async (ctx) => {
      let cursor: string | null = null
      do {
        const query: Record<string, string | number> = { sort, limit: 97, ...(cursor ? { cursor } : {}) }
        const page = await listRecords(ctx, kernel.registry.kinds.get('order') as Kind, query)
        seen.push(...page.items.map((item) => item.id as number))
        cursor = page.next
      } while (cursor)
    })
    const { rows } = await sql<{
      id: number
    }>`select id from sales_order where ${sql.raw(owns)} order by ${sql.raw(by)}`.execute(base.db.kysely)
    expect(rows.length).toBeGreaterThan(0)
    expect(seen).toEqual(rows.map((row) => row.id))
  },
)

test('An account stands beside what it bought, as far as the reader may see its sales, and empty columns are named', async () => {
  const account = kernel.registry.kinds.get('account') as Kind
  for (const { login } of readers)
    await acting(kernel, login, async (ctx) => {
      const { items, empty } = await listRecords(ctx, account, { total: '1', limit: 200 })
      expect(items.length).toBeGreaterThan(0)
      expect(empty).toEqual(['grade', 'since'])
      const { rows } = await sql<{ id: number; sold: string; last: string }>`select account_id as id,
        trim_scale(sum(f.amount))::text as sold, max(happened_on) as last from sales_fact f
        where f.kind = 'sale' and f.basis = 'order' and happened_on between '2017-01-01' and '2017-12-31' group by 1`.execute(
        ctx.tx,
      )
      const truth = new Map(rows.map((row) => [row.id, row]))
      for (const item of items) {
        expect((item.sales_last_year as { amount: string } | null)?.amount).toBe(truth.get(item.id)?.sold)
        expect([item.sales_this_year, item.last_order_on]).toEqual([null, truth.get(item.id)?.last])
      }
    })
})

test('A list is not sorted by what stands beside it', async () => {
  const account = kernel.registry.kinds.get('account') as Kind
  await expect(
    acting(kernel, 'sup', (ctx) => listRecords(ctx, account, { sort: '-sales_last_year' })),
  ).rejects.toMatchObject({ status: 422 })
})
