import { type RawBuilder, sql } from 'kysely'
import type { Ctx } from '../../kernel/context.ts'
import type { Beside } from '../../kernel/records/beside.ts'
import { scopeOf } from '../../kernel/rights/may.ts'
import { basisOf } from './k01/basis-of.ts'

/** Years back from this one, for columns that are sums of a year's months. */
const years: Readonly<Record<string, number>> = { sales_last_year: 1, sales_this_year: 0 }

/** What an account bought, beside it in the list: last year's and this year's sales from the monthly sums, and its last order. */
export const accountSales: Beside = {
  kind: 'account',
  fields: {
    sales_last_year: { type: 'money', label: { zh: '上年销售额', en: 'Sales last year' }, computed: true },
    sales_this_year: { type: 'money', label: { zh: '今年销售额', en: 'Sales this year' }, computed: true },
    last_order_on: { type: 'date', label: { zh: '最近下单', en: 'Last order' }, computed: true },
  },
  before: 'home_unit_id',
  table(ctx, wanted, among) {
    const sums = wanted.filter((id) => id in years)
    const parts = [
      ...(sums.length > 0 ? [{ ids: sums, from: salesOf(ctx, sums, among) }] : []),
      ...(wanted.includes('last_order_on') ? [{ ids: ['last_order_on'], from: lastOrders(among) }] : []),
    ]
    const [only, ...more] = parts
    if (!only || more.length === 0) return only?.from ?? sql`select null::int as id where false`
    return sql`select id, ${sql.join(wanted.map((id) => sql.ref(id)))} from (${parts[0]?.from}) s full join (${parts[1]?.from}) o using (id)`
  },
}

/** Sums of the years asked for, each by its own basis, account by account. */
function salesOf(ctx: Ctx, ids: readonly string[], among: RawBuilder<unknown> | null): RawBuilder<unknown> {
  const now = Number(ctx.clock.today().slice(0, 4))
  const asked = ids.map((id) => {
    const year = now - (years[id] ?? 0)
    const period = { id: String(year), from: `${year}-01-01`, to: `${year}-12-31` }
    return {
      id,
      fits: sql`(m.basis = (select ${basisOf(ctx, { basis: null, period })}) and m.month between ${period.from} and ${period.to})`,
    }
  })
  return sql`select m.account_id as id, ${sql.join(
    asked.map(
      ({ id, fits }) =>
        sql`sum(m.amount) ${asked.length > 1 ? sql`filter (where ${fits})` : sql``} as ${sql.ref(id)}`,
    ),
  )} from sales_month m where (${sql.join(
    asked.map(({ fits }) => fits),
    sql` or `,
  )}) and ${among ? sql`m.account_id = any(${among})` : seen(ctx)} group by 1`
}

/** The reader's reach said once more: row security alone would read everybody's months and throw away what is not his. */
function seen(ctx: Ctx): RawBuilder<unknown> {
  const { all, units } = scopeOf(ctx, 'order', 'read')
  if (all) return sql`true`
  return units.length > 0
    ? sql`(m.unit_id = any(${units as number[]}::int[]) or m.account_id in (select reached_account('order', 'read')))`
    : sql`m.account_id in (select reached_account('order', 'read'))`
}

/** The day of the last order; of a few accounts each is looked up, of all of them the orders are read once. */
const lastOrders = (among: RawBuilder<unknown> | null): RawBuilder<unknown> =>
  among
    ? sql`select a.id, (select max(o.ordered_on) from sales_order o where o.account_id = a.id) as last_order_on from unnest(${among}) a(id)`
    : sql`select account_id as id, max(ordered_on) as last_order_on from sales_order group by 1`
