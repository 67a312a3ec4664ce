import { sql } from 'kysely'
import type { Beside } from '../../kernel/records/beside.ts'
import { basisOf } from './k01/basis-of.ts'

/** What an account bought, beside it in the list: last year's and this year's sales from the monthly sums, and its last order. */
export const accountSales: Beside = {
  kind: 'account',
  fields: {
    sales_last_year: { type: 'money', label: { zh: '上年销售额', en: 'Sales last year' }, computed: true },
    sales_this_year: { type: 'money', label: { zh: '今年销售额', en: 'Sales this year' }, computed: true },
    last_order_on: { type: 'date', label: { zh: '最近下单', en: 'Last order' }, computed: true },
  },
  before: 'home_unit_id',
  async read(ctx, ids) {
    const year = Number(ctx.clock.today().slice(0, 4))
    const last = { id: String(year - 1), from: `${year - 1}-01-01`, to: `${year - 1}-12-31` }
    const now = { id: String(year), from: `${year}-01-01`, to: `${year}-12-31` }
    // Each year counts by its own basis.
    const sold = (of: typeof last) =>
      sql`trim_scale(sum(m.amount) filter (where m.basis = (select ${basisOf(ctx, { basis: null, period: of })})
        and m.month between ${of.from} and ${of.to}))::text`
    const { rows } = await sql<{
      id: number
      sales_last_year: string | null
      sales_this_year: string | null
      last_order_on: string | null
    }>`select a.id, s.*, (select max(o.ordered_on) from sales_order o where o.account_id = a.id) as last_order_on
      from unnest(${ids as number[]}::int[]) a(id) left join (
        select m.account_id, ${sold(last)} as sales_last_year, ${sold(now)} as sales_this_year from sales_month m
        where m.account_id = any(${ids as number[]}::int[]) and m.month between ${last.from} and ${now.to}
        group by 1) s on s.account_id = a.id`.execute(ctx.tx)
    return new Map(rows.map((row) => [row.id, row]))
  },
}
