import { type RawBuilder, sql } from 'kysely'
import type { Text } from '../../handbook/model.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { PlanRow } from './plan.ts'
import { growth } from './rules.ts'
import type { PlanBasis } from './wire.ts'

export type Cut = PlanBasis['cut']

/** How each cut groups the facts: its key, and the tables its label comes from. */
const cuts: Record<
  Cut,
  { key: RawBuilder<unknown>; label: RawBuilder<unknown>; join?: RawBuilder<unknown> }
> = {
  region: {
    key: sql`f.unit_id`,
    label: sql`u.name_zh, u.name_en`,
    join: sql`left join unit u on u.id = k.key::int`,
  },
  home: {
    key: sql`a.home_unit_id`,
    label: sql`u.name_zh, u.name_en`,
    join: sql`left join unit u on u.id = k.key::int`,
  },
  account: {
    key: sql`f.account_id`,
    label: sql`a.name, a.name`,
    join: sql`left join account a on a.id = k.key::int`,
  },
  manager: {
    key: sql`a.manager_id`,
    label: sql`p.name, p.name_en`,
    join: sql`left join person p on p.id = k.key::int`,
  },
  product: {
    key: sql`coalesce(f.category, '') || ' / ' || coalesce(f.subcategory, '')`,
    label: sql`k.key, k.key`,
  },
  quarter: { key: sql`extract(quarter from f.happened_on)::int`, label: sql`'Q' || k.key, 'Q' || k.key` },
  industry: { key: sql`coalesce(f.industry, '')`, label: sql`k.key, k.key` },
}

interface Line {
  key: string | null
  zh: string | null
  en: string | null
  amount: string
  returned: string
  net: string
  profit: string
  orders: number
  before: string
}

/** What the sales of a year count by: as set for it, else the edition's. */
export async function basisOf(ctx: Ctx, from: string, to: string): Promise<string> {
  const wanted = ctx.edition.edition.switches.find((one) => one.id === 'sales.basis')?.value ?? 'acceptance'
  const { rows } = await sql<{
    basis: string
  }>`select coalesce(sales_basis(${wanted}, ${from}, ${to}), ${wanted}) as basis`.execute(ctx.tx)
  return rows[0]?.basis ?? wanted
}

/**
 * C-1: sales of the base year by one cut, against the year before. Amounts keep every decimal; undated returns stand beside them.
 * Only facts in the reader's scope are counted.
 */
export async function readBasis(
  ctx: Ctx,
  plan: PlanRow,
  cut: Cut,
  page: { limit: number; after: number },
): Promise<PlanBasis> {
  const basis = await basisOf(ctx, `${plan.base_year}-01-01`, `${plan.base_year}-12-31`)
  const { key, label, join } = cuts[cut]
  const { rows } = await sql<Line>`with k as (
      select (${key})::text as key,
        coalesce(sum(f.amount) filter (where f.kind = 'sale' and y.year = ${plan.base_year}), 0) as amount,
        coalesce(sum(f.amount) filter (where f.kind = 'returned' and y.year = ${plan.base_year}), 0) as returned,
        coalesce(sum(f.profit) filter (where f.kind = 'sale' and y.year = ${plan.base_year}), 0) as profit,
        count(distinct l.order_id) filter (where f.kind = 'sale' and y.year = ${plan.base_year})::int as orders,
        coalesce(sum(f.amount) filter (where f.kind = 'sale' and y.year = ${plan.growth_year}), 0) as before
      from sales_fact f cross join lateral (select extract(year from f.happened_on)::int as year) y
      join order_line l on l.id = f.line_id left join account a on a.id = f.account_id
      where f.basis = ${basis} and f.happened_on between ${`${plan.growth_year}-01-01`}::date and ${`${plan.base_year}-12-31`}::date
      group by 1
    ) select k.key, n.zh, n.en, k.amount::text, k.returned::text, (k.amount - k.returned)::text as net, k.profit::text, k.orders,
      k.before::text
    from k ${join ?? sql``} cross join lateral (select * from (values (${label})) v(zh, en)) n
    order by ${cut === 'quarter' ? sql`k.key` : sql`k.amount desc`}, k.key offset ${page.after} limit ${page.limit + 1}`.execute(
    ctx.tx,
  )
  const total = await totalOf(ctx, plan, basis)
  const shown = rows.slice(0, page.limit)
  return {
    planId: plan.id,
    year: plan.base_year,
    cut,
    basis,
    note: noteOf(cut, basis, rows.length === 0),
    rows: shown.map((row) => present(row, total.amount)),
    total: present(total, total.amount),
    next: rows.length > page.limit ? String(page.after + page.limit) : null,
  }
}

/** What the base year and the year before came to as a whole, from the monthly sums: what a task of the plan shows. */
export const basisTotal = async (
  ctx: Ctx,
  plan: PlanRow,
): Promise<{ amount: string; before: string; returned: string }> =>
  totalOf(ctx, plan, await basisOf(ctx, `${plan.base_year}-01-01`, `${plan.base_year}-12-31`))

async function totalOf(ctx: Ctx, plan: PlanRow, basis: string): Promise<Line> {
  const { rows } = await sql<Line>`select 'total' as key, '合计' as zh, 'Total' as en,
      coalesce(sum(m.amount) filter (where y.year = ${plan.base_year}), 0)::text as amount,
      coalesce(sum(m.returned) filter (where y.year = ${plan.base_year}), 0)::text as returned,
      coalesce(sum(m.amount - m.returned) filter (where y.year = ${plan.base_year}), 0)::text as net,
      coalesce(sum(m.profit) filter (where y.year = ${plan.base_year}), 0)::text as profit,
      (select count(*)::int from sales_order o where o.ordered_on between ${`${plan.base_year}-01-01`}::date and ${`${plan.base_year}-12-31`}::date) as orders,
      coalesce(sum(m.amount) filter (where y.year = ${plan.growth_year}), 0)::text as before
    from sales_month m cross join lateral (select extract(year from m.month)::int as year) y
    where m.basis = ${basis} and m.month between ${`${plan.growth_year}-01-01`}::date and ${`${plan.base_year}-12-31`}::date`.execute(
    ctx.tx,
  )
  return rows[0] as Line
}

const present = (row: Line, whole: string): PlanBasis['rows'][number] => ({
  key: row.key ?? '',
  label: { zh: row.zh?.trim() || '未归类', en: row.en?.trim() || row.zh?.trim() || 'Not classified' },
  amount: row.amount,
  returned: row.returned,
  net: row.net,
  profit: row.profit,
  orders: row.orders,
  before: row.before,
  growth: growth(row.amount, row.before),
  share: growth(row.amount, whole) === null ? null : shareOf(row.amount, whole),
})

/** Share as a fraction with six decimals. */
const shareOf = (part: string, whole: string): string => {
  const more = growth(part, whole)
  return more === null ? '0' : (Number(more) + 1).toFixed(6)
}

function noteOf(cut: Cut, basis: string, empty: boolean): Text {
  const words: Record<string, Text> = {
    order: { zh: '按订单日期', en: 'by order date' },
    shipment: { zh: '按发货日期', en: 'by ship date' },
    acceptance: { zh: '按验收', en: 'by acceptance' },
  }
  const how = words[basis] ?? { zh: basis, en: basis }
  if (empty)
    return {
      zh: '基期还没有销售记录。导入销售数据后，这里自动算出依据',
      en: 'There are no sales of the base year yet. Import them and the basis is computed here',
    }
  const cutNote: Text =
    cut === 'region'
      ? {
          zh: '；按订单登记时的大区，合计与导入的销售数据相等',
          en: '; by the region an order was booked in, so that the total equals the sales imported',
        }
      : cut === 'home' || cut === 'manager'
        ? {
            zh: '；按客户所属大区',
            en: '; by the account’s home region',
          }
        : { zh: '', en: '' }
  return {
    zh: `${how.zh}，不含税；无日期的退货另列，不减销售额${cutNote.zh}`,
    en: `${how.en}, excluding VAT; undated returns stand beside and do not lower sales${cutNote.en}`,
  }
}
