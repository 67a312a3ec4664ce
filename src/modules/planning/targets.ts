import { type RawBuilder, sql } from 'kysely'
import type { Ctx } from '../../kernel/context.ts'
import type { Ask, TargetSource } from '../../kernel/figures/measure.ts'

/** Months of the asked period, 1-12. */
const monthsOf = ({ period }: Ask) => ({
  year: Number(period.from.slice(0, 4)),
  first: Number(period.from.slice(5, 7)),
  last: Number(period.to.slice(5, 7)),
})

/** Where a scope's target stands: regions on the plan, managers on the head's sheet, reps on their manager's. */
async function sumOf(ctx: Ctx, ask: Ask): Promise<RawBuilder<{ target: string | null }> | null> {
  const { year, first, last } = monthsOf(ask)
  const { scope } = ask
  const whole = first % 3 === 1 && last % 3 === 0
  const quarters = sql`between ${(first + 2) / 3} and ${last / 3}`
  // A sum over the regions one was given is not the target of all that the scope holds.
  if (scope.kind !== 'person')
    return whole
      ? sql`select sum(t.amount)::text as target from plan_target t join plan p on p.id = t.plan_id
          where p.year = ${year} and p.status in ('final', 'cascading') and t.quarter ${quarters}
            and ${
              scope.kind === 'unit'
                ? sql`case when (select app_all('plan', 'read')) then t.unit_id = any(unit_and_below(${scope.id}))
                    else t.unit_id = ${scope.id} end`
                : sql`(select app_all('plan', 'read'))`
            }`
      : null
  const lines = (kind: 'manager' | 'rep', period: RawBuilder<unknown>) =>
    sql<{ target: string | null }>`select sum(l.amount)::text as target from plan_sheet_line l
      join plan_sheet s on s.id = l.sheet_id and s.kind = ${kind} join plan p on p.id = s.plan_id
      join plan_letter a on a.sheet_id = s.id and a.receiver_id = l.receiver_id and a.status in ('accepted', 'settled')
      where p.year = ${year} and p.status <> 'cancelled' and l.receiver_id = ${scope.id} and l.tree = 'account' and l.period ${period}`
  const { rows } = await sql<{
    manages: boolean
  }>`select exists (select from plan_letter l join plan_sheet s on s.id = l.sheet_id
    where l.receiver_id = ${scope.id} and s.kind = 'manager') as manages`.execute(ctx.tx)
  if (!rows[0]?.manages) return lines('rep', sql`between ${first} and ${last}`)
  return whole ? lines('manager', quarters) : null
}

/** K01 targets: what the signed plan and the accepted letters of the year say. Months have targets for reps only. */
export const planTargets: TargetSource = {
  kpi: 'K01',
  async target(ctx, ask) {
    const query = await sumOf(ctx, ask)
    if (!query) return null
    const { rows } = await query.execute(ctx.tx)
    return rows[0]?.target ?? null
  },
}
