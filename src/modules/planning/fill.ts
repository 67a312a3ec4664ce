import { sql } from 'kysely'
import type { Ctx } from '../../kernel/context.ts'
import { basisOf } from './basis.ts'
import type { PlanRow } from './plan.ts'

/** First grid of the draft: the base year by region and quarter as the plan tells regions apart, orders beside the amounts. */
export async function fillTargets(ctx: Ctx, plan: PlanRow): Promise<void> {
  const basis = await basisOf(ctx, `${plan.base_year}-01-01`, `${plan.base_year}-12-31`)
  await sql`insert into plan_target (plan_id, unit_id, quarter, amount, orders)
    select ${plan.id}, u.id, q, coalesce(s.amount, 0), coalesce(s.orders, 0)
    from unit u cross join generate_series(1, 4) q left join (
      select ${plan.regions === 'booked' ? sql`f.unit_id` : sql`a.home_unit_id as unit_id`}, extract(quarter from f.happened_on)::int as quarter, round(sum(f.amount), 2) as amount,
        count(distinct l.order_id)::int as orders
      from sales_fact f join account_region a on a.id = f.account_id join order_line l on l.id = f.line_id
      where f.basis = ${basis} and f.kind = 'sale' and f.happened_on between ${`${plan.base_year}-01-01`}::date and ${`${plan.base_year}-12-31`}::date
      group by 1, 2
    ) s on s.unit_id = u.id and s.quarter = q
    where u.level = 'region' and (u.closed_on is null or u.closed_on > app_now()::date)
    on conflict do nothing`.execute(ctx.tx)
}

/** The head's sheet: each region's targets under the manager who covers it. Sums to the plan exactly. */
export async function makeHeadSheet(
  ctx: Ctx,
  plan: PlanRow,
  holderId: number,
  caseId: number,
): Promise<number> {
  const { rows } = await sql<{ id: number }>`insert into plan_sheet (plan_id, kind, holder_id, case_id)
    values (${plan.id}, 'manager', ${holderId}, ${caseId})
    on conflict (plan_id, kind, holder_id) do update set updated_at = app_now() returning id`.execute(ctx.tx)
  const id = rows[0]?.id as number
  await sql`insert into plan_sheet_line (sheet_id, holder_id, receiver_id, unit_id, period, amount, orders)
    select distinct on (t.unit_id, t.quarter) ${id}, ${holderId}, h.person_id, t.unit_id, t.quarter, t.amount, t.orders
    from plan_target t join holder h on h.post = 'KAM' and t.unit_id = any(h.covers)
    where t.plan_id = ${plan.id} order by t.unit_id, t.quarter, h.seat_id on conflict do nothing`.execute(
    ctx.tx,
  )
  return id
}

/**
 * A manager's sheet: what he was given per quarter, spread over his accounts and months by last year's sales.
 * Rounded to cents so that each quarter adds up to what was given, to the cent.
 */
export async function makeManagerSheet(
  ctx: Ctx,
  plan: PlanRow,
  parentId: number,
  holderId: number,
  caseId: number,
): Promise<number> {
  const basis = await basisOf(ctx, `${plan.base_year}-01-01`, `${plan.base_year}-12-31`)
  const { rows } = await sql<{
    id: number
  }>`insert into plan_sheet (plan_id, kind, parent_id, holder_id, case_id)
    values (${plan.id}, 'rep', ${parentId}, ${holderId}, ${caseId})
    on conflict (plan_id, kind, holder_id) do update set updated_at = app_now() returning id`.execute(ctx.tx)
  const id = rows[0]?.id as number
  await sql`with given as (
      select unit_id, period as quarter, sum(amount) as amount, sum(orders)::int as orders from plan_sheet_line
      where sheet_id = ${parentId} and receiver_id = ${holderId} and tree = 'account' group by 1, 2
    ), sold as (
      select m.account_id, extract(month from m.month)::int as month, sum(m.amount) as amount from sales_month m
      where m.basis = ${basis} and m.month between ${`${plan.base_year}-01-01`}::date and ${`${plan.base_year}-12-31`}::date group by 1, 2
    ), cell as (
      select a.id as account_id, a.owner_id, g.unit_id, mon as month, g.quarter, g.amount as given, g.orders,
        greatest(coalesce(s.amount, 0), 0) as weight
      from given g join account a on a.home_unit_id = g.unit_id and a.manager_id = ${holderId} and a.owner_id is not null
      cross join lateral generate_series(g.quarter * 3 - 2, g.quarter * 3) mon
      left join sold s on s.account_id = a.id and s.month = mon
    ), weighed as (
      select *, case when sum(weight) over q = 0 then 1 else weight end as w from cell window q as (partition by unit_id, quarter)
    ), shared as (
      select *, sum(w) over (partition by unit_id, quarter) as whole,
        sum(w) over (partition by unit_id, quarter order by account_id, month) as upto from weighed
    ), laid as (
      select *, round(given * upto / whole, 2) as reached, round(orders * upto / whole) as reached_orders,
        upto = whole and row_number() over (partition by unit_id, quarter order by account_id desc, month desc) = 1 as last from shared
    )
    insert into plan_sheet_line (sheet_id, holder_id, receiver_id, unit_id, account_id, period, amount, orders)
    select ${id}, ${holderId}, owner_id, unit_id, account_id, month,
      case when last then given else reached end
        - coalesce(lag(reached) over (partition by unit_id, quarter order by account_id, month), 0),
      greatest(0, reached_orders - coalesce(lag(reached_orders) over (partition by unit_id, quarter order by account_id, month), 0))::int
    from laid on conflict do nothing`.execute(ctx.tx)
  return id
}
