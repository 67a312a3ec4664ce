import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/context.ts'
import type { Ask, Asks, Figure, FigureRow, Measure } from '../../../kernel/figures/measure.ts'
import { basisWords } from '../basis.ts'
import { basisOf } from './basis-of.ts'
import { crossing } from './crossing.ts'
import { partialsOf } from './partial.ts'
import { reachOf, within } from './reach.ts'
import { type Sums, sumsOf } from './sums.ts'
import { yearsOf } from './years.ts'

interface Whole {
  total: number
  value: string
  returned: string
  accounts: number[]
}

function figureOf({ period }: Ask, sums: Sums, partial: Figure['partial']): Figure {
  const { basis, set } = sums
  const year = period.from.slice(0, 4)
  // What stands on another basis than the year's is left over from before and no figure of the year.
  if (set !== null && set !== basis)
    return {
      value: null,
      basis,
      base: null,
      why: {
        zh: `${year} 年的销售${basisWords[set].zh}计，没有别的口径的数`,
        en: `Sales of ${year} count ${basisWords[set].en}; there is no figure on another basis`,
      },
    }
  const shared = {
    basis,
    base: sums.linesBefore > 0 ? sums.before : null,
    ...(partial ? { partial } : {}),
  }
  if (sums.lines === 0)
    return {
      value: null,
      ...shared,
      why: {
        zh: '这个期间和范围里没有您能看到的销售记录',
        en: 'There are no sales you may see in this period and scope',
      },
    }
  return { value: sums.amount, returned: sums.returned, net: sums.net, ...shared }
}

/** Of whoever sees nothing it is not told how much there is: what is not there and what is not his look the same. */
const isPart = ({ lines, all }: Sums): boolean => lines > 0 && lines !== all

/** K01: sales recognised on a basis, from the monthly sums. Undated returns stand beside it and do not lower it. */
export const k01: Measure = {
  id: 'sales.k01',
  kind: 'order',
  async compute(ctx: Ctx, asks: Asks): Promise<Figure[]> {
    const sums = await sumsOf(ctx, asks)
    const parts = asks.filter((_, index) => isPart(sums[index] as Sums))
    const partials = parts.length > 0 ? await partialsOf(ctx, parts, (sums[0] as Sums).basis) : []
    return asks.map((ask, index) => figureOf(ask, sums[index] as Sums, partials[parts.indexOf(ask)]))
  },
  async rows(ctx, ask, { after, limit }) {
    const { period } = ask
    const basis = (await sql<{ basis: string }>`select ${basisOf(ctx, ask)} as basis`.execute(ctx.tx)).rows[0]
      ?.basis as string
    const mine = sql`${within(ask)} and ${reachOf(ctx)}`
    // A period is made of whole months, so their sums tell how many rows there are, what they come to, and which accounts hold this page:
    // the one that the last page ended in, and as many after it as fill the page.
    const whole = await sql<Whole>`with part as materialized (
        select account_id, sum(facts) as facts, sum(amount) as amount, sum(returned) as returned from sales_month r
        where basis = ${basis} and month between ${period.from} and ${period.to} and ${mine} group by 1),
      last as (select account_id from sales_fact where id = ${after}),
      ahead as (select account_id, sum(facts) over (order by account_id) - facts as before from part
        where account_id > coalesce((select account_id from last), 0))
      select coalesce(sum(facts), 0)::int as total, trim_scale(coalesce(sum(amount), 0))::text as value,
        trim_scale(coalesce(sum(returned), 0))::text as returned,
        array(select account_id from last union all (select account_id from ahead where before < ${limit} order by 1)) as accounts
      from part`.execute(ctx.tx)
    const { total, accounts, ...sums } = whole.rows[0] as Whole
    const further =
      after === 0
        ? sql`true`
        : sql`(account_id, happened_on, id) > (select x.account_id, x.happened_on, x.id from sales_fact x where x.id = ${after})`
    // What the reader may not see of a fact's account, owner or line stays without a name.
    const { rows } = await sql<FigureRow>`select f.id, f.happened_on as on,
        case f.kind when 'sale' then 'value' else 'returned' end as part, trim_scale(f.amount)::text as amount,
        jsonb_build_object('kind', 'order-line', 'id', f.line_id, 'title', coalesce(l.product_name, '')) as record,
        jsonb_build_object('id', f.account_id, 'title', coalesce(a.name, '')) as account,
        jsonb_build_object('id', f.unit_id, 'title', ${ctx.lang === 'en' ? sql`u.name_en` : sql`u.name_zh`}) as unit,
        case when f.owner_id is null then null else jsonb_build_object('id', f.owner_id, 'title', coalesce(called(p), '')) end as owner
      from (select * from sales_fact r where basis = ${basis} and happened_on between ${period.from} and ${period.to}
        and account_id = any(${accounts}::int[]) and ${mine} and ${further} order by account_id, happened_on, id limit ${limit}) f
      left join order_line l on l.id = f.line_id left join account a on a.id = f.account_id
      left join unit u on u.id = f.unit_id left join person p on p.id = f.owner_id order by f.account_id, f.happened_on, f.id`.execute(
      ctx.tx,
    )
    return { items: rows, total, sums }
  },
  crossing,
  years: yearsOf,
}
