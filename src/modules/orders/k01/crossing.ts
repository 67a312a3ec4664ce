import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/context.ts'
import type { Ask, Crossing } from '../../../kernel/figures/measure.ts'
import { basisOf } from './basis-of.ts'
import { reachOf, within } from './reach.ts'

/** Sales of the figure that were booked in another region than their account belongs to today. */
export async function crossing(ctx: Ctx, ask: Ask): Promise<Crossing> {
  const { period, scope, regions } = ask
  // Within a unit what is below it is no other region.
  const elsewhere =
    scope.kind === 'unit'
      ? sql`not coalesce(${regions === 'booked' ? sql`h.home_unit_id` : sql`r.unit_id`} = any((select unit_and_below(${scope.id}))::int[]), false)`
      : sql`h.home_unit_id is distinct from r.unit_id`
  const { rows } = await sql<Crossing>`select count(distinct r.account_id)::int as accounts,
      trim_scale(coalesce(sum(r.amount), 0))::text as value
    from sales_month r join account_region h on h.id = r.account_id
    where basis = (select ${basisOf(ctx, ask)}) and month between ${period.from} and ${period.to}
      and ${within(ask)} and ${reachOf(ctx)} and ${elsewhere} and lines <> 0`.execute(ctx.tx)
  return rows[0] as Crossing
}
