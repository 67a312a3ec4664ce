import { sql } from 'kysely'
import type { Text } from '../../handbook/model.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { Ask, Asks, Regions, Scope, Target, TargetSource } from '../../kernel/figures/measure.ts'

/** Months of an ask, 1-12, and whether they are whole quarters: regions and managers have no smaller targets. */
const monthsOf = ({ period }: Ask) => {
  const [first, last] = [Number(period.from.slice(5, 7)), Number(period.to.slice(5, 7))]
  return { first, last, whole: first % 3 === 1 && last % 3 === 0 }
}
const yearOf = ({ period }: Ask) => Number(period.from.slice(0, 4))

/** Asks as rows `a`: `id` of the unit or person, months and the quarters that they are. */
const askedRows = (asks: Asks) => {
  const months = asks.map(monthsOf)
  return sql`unnest(${asks.map(({ scope }) => (scope.kind === 'company' ? 0 : scope.id))}::int[], ${months.map((one) => one.first)}::int[],
      ${months.map((one) => one.last)}::int[], ${months.map((one) => one.whole)}::boolean[]) with ordinality a(id, first, last, whole, n)`
}

const ofRegions: Readonly<Record<Regions, Text>> = {
  booked: {
    zh: '这一年的大区目标按订单登记时的大区定，按客户所属大区没有可比的目标',
    en: 'The regions’ targets of this year are set by the region orders are booked in; there are none by home region',
  },
  home: {
    zh: '这一年的大区目标按客户所属大区定，按订单登记时的大区没有可比的目标',
    en: 'The regions’ targets of this year are set by the accounts’ home region; there are none by the region of booking',
  },
}

/** Regions' targets stand on the plan. A sum over the regions one was given is not the target of all that the scope holds. */
async function ofUnits(ctx: Ctx, asks: Asks): Promise<Target[]> {
  const [{ regions, scope }] = asks
  const company = scope.kind === 'company'
  const { rows } = await sql<{
    amount: string | null
    by: Regions | null
  }>`select sum(t.amount)::text as amount, min(t.regions) as by
    from ${askedRows(asks)} left join region_targets(${yearOf(asks[0])}) t on a.whole and t.quarter between (a.first + 2) / 3 and a.last / 3
      and ${
        company
          ? sql`(select app_all('plan', 'read'))`
          : sql`case when (select app_all('plan', 'read')) then t.unit_id = any(unit_and_below(a.id)) else t.unit_id = a.id end`
      }
    group by a.n order by a.n`.execute(ctx.tx)
  return rows.map(({ amount, by }) =>
    company || by === null || by === regions ? { amount } : { amount: null, why: ofRegions[by] },
  )
}

/** Managers' targets stand on the head's sheet by quarter, representatives' on their manager's by month, once they are accepted. */
async function ofPeople(ctx: Ctx, asks: Asks): Promise<Target[]> {
  const people = asks.flatMap(({ scope }) => (scope.kind === 'person' ? [scope.id] : []))
  const { rows } = await sql<Target>`with given as materialized (
      select s.kind, l.receiver_id, l.period, sum(l.amount) as amount from plan_sheet_line l
        join plan_sheet s on s.id = l.sheet_id join plan p on p.id = s.plan_id
        join plan_letter r on r.sheet_id = s.id and r.receiver_id = l.receiver_id and r.status in ('accepted', 'settled')
      where p.year = ${yearOf(asks[0])} and p.status <> 'cancelled' and l.receiver_id = any(${people}::int[]) and l.tree = 'account'
      group by 1, 2, 3
    ), manager as materialized (
      select distinct r.receiver_id from plan_letter r join plan_sheet s on s.id = r.sheet_id
      where s.kind = 'manager' and r.receiver_id = any(${people}::int[])
    ) select (select sum(g.amount)::text from given g where g.receiver_id = a.id and case when m.receiver_id is null
          then g.kind = 'rep' and g.period between a.first and a.last
          else g.kind = 'manager' and a.whole and g.period between (a.first + 2) / 3 and a.last / 3 end) as amount
    from ${askedRows(asks)} left join manager m on m.receiver_id = a.id order by a.n`.execute(ctx.tx)
  return rows
}

/** K01 targets: what the signed plan and the accepted letters of the year say. Months have targets for reps only. */
export const planTargets: TargetSource = {
  kpi: 'K01',
  async targets(ctx, asks) {
    if (asks[0].scope.kind === 'person') return ofPeople(ctx, asks)
    return asks.some((ask) => monthsOf(ask).whole) ? ofUnits(ctx, asks) : asks.map(() => ({ amount: null }))
  },
  async regions(ctx, year) {
    const { rows } = await sql<{ by: Regions | null }>`select plan_regions(${year}) as by`.execute(ctx.tx)
    return rows[0]?.by ?? null
  },
  async years(ctx, scope) {
    const { rows } = await yearsOf(scope).execute(ctx.tx)
    return rows.map(({ year }) => year)
  },
}

const yearsOf = (scope: Scope) =>
  scope.kind === 'person'
    ? sql<{ year: number }>`select distinct p.year from plan_letter r join plan_sheet s on s.id = r.sheet_id
        join plan p on p.id = s.plan_id
      where p.status <> 'cancelled' and r.receiver_id = ${scope.id} and r.status in ('accepted', 'settled') order by 1 desc`
    : sql<{
        year: number
      }>`select year from region_target_years(${scope.kind === 'unit' ? scope.id : null}::int) order by 1 desc`
