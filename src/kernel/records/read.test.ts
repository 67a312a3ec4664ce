import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestDatabase } from '../../../test/database.ts'
import { acting, sampleKernel } from '../../../test/people.ts'
import { someSales } from '../../../test/sales.ts'
import { sampleDatabase } from '../../../test/sample-database.ts'
import { standingClock } from '../clock.ts'
import type { Ctx, Kernel } from '../context.ts'
import { exportedFile } from './export.ts'
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
  // Accounts that have bought nothing yet, in everybody's reach.
  await sql`insert into account (code, name, industry, home_unit_id, owner_id, backup_id, manager_id)
    select 'N' || code, '新' || name, industry, home_unit_id, owner_id, backup_id, manager_id from account where code like 'T-%-1'`.execute(
    base.db.kysely,
  )
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
        expect([item.sales_this_year, item.last_order_on]).toEqual([null, truth.get(item.id)?.last ?? null])
      }
    })
})

/** What each reader sees his accounts to have bought in a year, asked of the facts themselves and under his own scope. */
const bought = (ctx: Ctx, year: number) =>
  sql<{
    id: number
    sold: number | null
    last: string | null
  }>`select a.id, s.sold::float, o.last from account a
    left join (select account_id, sum(amount) as sold from sales_fact where kind = 'sale' and basis = 'order'
      and happened_on between make_date(${year}::int, 1, 1) and make_date(${year}::int, 12, 31) group by 1) s on s.account_id = a.id
    left join (select account_id, max(ordered_on)::text as last from sales_order group by 1) o on o.account_id = a.id
    order by a.id`.execute(ctx.tx)

test.each(
  readers.flatMap(({ login }) =>
    ['-sales_last_year', 'sales_last_year', '-last_order_on', 'last_order_on'].map((sort) => ({
      login,
      sort,
    })),
  ),
)(
  '$login walks the accounts by $sort, page by page, those without any at the end',
  async ({ login, sort }) => {
    const account = kernel.registry.kinds.get('account') as Kind
    await acting(kernel, login, async (ctx) => {
      const { rows } = await bought(ctx, 2017)
      const of = (row: (typeof rows)[number]) => (sort.endsWith('sales_last_year') ? row.sold : row.last)
      const way = sort.startsWith('-') ? -1 : 1
      const wanted = [...rows].sort((one, other) => {
        const [a, b] = [of(one), of(other)]
        if (a === null || b === null) return a === b ? (one.id - other.id) * way : a === null ? 1 : -1
        return (a === b ? one.id - other.id : a < b ? -1 : 1) * way
      })
      const walked: number[] = []
      let cursor: string | null = null
      do {
        const page = await listRecords(ctx, account, { sort, limit: 3, ...(cursor ? { cursor } : {}) })
        walked.push(...page.items.map((item) => item.id))
        cursor = page.next
      } while (cursor)
      expect(walked).toEqual(wanted.map((row) => row.id))
    })
  },
)

test('Accounts are filtered by what they bought, and what is counted is what is shown', async () => {
  const account = kernel.registry.kinds.get('account') as Kind
  for (const { login } of readers)
    await acting(kernel, login, async (ctx) => {
      const { rows } = await bought(ctx, 2017)
      const sums = rows.flatMap((row) => row.sold ?? []).sort((one, other) => one - other)
      const middle = sums[Math.floor(sums.length / 2)] as number
      const found = async (query: Record<string, string>) => {
        const { items, total } = await listRecords(ctx, account, { ...query, total: '1', limit: 200 })
        expect(total).toBe(items.length)
        return items.map((item) => item.id).sort((one, other) => one - other)
      }
      const where = (fits: (row: (typeof rows)[number]) => boolean) => rows.filter(fits).map((row) => row.id)
      expect(await found({ 'sales_last_year.from': String(middle) })).toEqual(
        where(({ sold }) => sold !== null && sold >= middle),
      )
      expect(await found({ 'sales_last_year.to': String(middle), sort: '-last_order_on' })).toEqual(
        where(({ sold }) => sold !== null && sold <= middle),
      )
      expect(await found({ 'sales_last_year.empty': '1' })).toEqual(where(({ sold }) => sold === null))
      expect(await found({ 'sales_this_year.empty': '1' })).toEqual(where(() => true))
      expect(await found({ 'last_order_on.from': '2017-12-01' })).toEqual(
        where(({ last }) => last !== null && last >= '2017-12-01'),
      )
    })
})

test('A value that is no amount, and a name that is no column, are refused', async () => {
  const account = kernel.registry.kinds.get('account') as Kind
  for (const query of [{ 'sales_last_year.from': 'much' }, { sort: '-constructor' }, { sort: '-unit_id' }])
    await expect(acting(kernel, 'sup', (ctx) => listRecords(ctx, account, query))).rejects.toMatchObject({
      status: 422,
    })
})

test('A file of accounts has them in the order of their sales, filtered as the list is', async () => {
  const account = kernel.registry.kinds.get('account') as Kind
  await acting(kernel, 'sup', async (ctx) => {
    const query = { sort: '-sales_last_year', 'sales_last_year.from': '1' }
    const { items } = await listRecords(ctx, account, query)
    const { bytes } = await exportedFile(ctx, account, {
      ...query,
      format: 'csv',
      columns: 'name,sales_last_year',
    })
    const [head, ...lines] = new TextDecoder().decode(bytes).trim().split('\r\n')
    expect(head).toBe('客户名称,上年销售额')
    expect(lines.slice(0, items.length)).toEqual(
      items.map((item) => `${item.name},${(item.sales_last_year as { amount: string }).amount}`),
    )
  })
})
