import { sql } from 'kysely'
import type { Beside } from '../../kernel/records/beside.ts'
import { basisOf } from './k01.ts'

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
    const basis = basisOf(ctx, { basis: null, period: last })
    const sold = (of: number) =>
      sql`trim_scale(sum(m.amount) filter (where m.month between ${`${of}-01-01`} and ${`${of}-12-31`}))::text`
    const { rows } = await sql<{
      id: number
      sales_last_year: string | null
      sales_this_year: string | null
      last_order_on: string | null
    }>`select a.id, s.*, (select max(o.ordered_on) from sales_order o where o.account_id = a.id) as last_order_on
      from unnest(${ids as number[]}::int[]) a(id) left join (
        select m.account_id, ${sold(year - 1)} as sales_last_year, ${sold(year)} as sales_this_year from sales_month m
        where m.basis = (select ${basis}) and m.account_id = any(${ids as number[]}::int[]) and m.month between ${last.from} and ${`${year}-12-31`}
        group by 1) s on s.account_id = a.id`.execute(ctx.tx)
    return new Map(rows.map((row) => [row.id, row]))
  },
}
