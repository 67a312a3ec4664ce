import { sql } from 'kysely'
import { normValue } from '../../handbook/conditions.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { Regions } from '../../kernel/figures/measure.ts'
import { notFound } from '../../kernel/refusal.ts'
import type { SumRange } from './rules.ts'

/** A plan as the tables keep it. */
export interface PlanRow {
  readonly id: number
  readonly rev: number
  readonly year: number
  readonly base_year: number
  readonly growth_year: number
  readonly version: string
  readonly status: 'basis' | 'draft' | 'review' | 'final' | 'cascading' | 'cancelled'
  readonly case_id: number
  readonly edition_id: number
  /** How its targets tell regions apart. */
  readonly regions: Regions
  readonly form: Readonly<Record<string, unknown>>
  /** Name of who wrote it last. */
  readonly changed_by: string | null
}

export async function planById(ctx: Ctx, id: number): Promise<PlanRow> {
  const { rows } =
    await sql<PlanRow>`select id, rev, year, base_year, growth_year, version, status, case_id, edition_id, regions, form,
      (select called(p) from person p where p.id = changed_by) as changed_by
    from plan where id = ${id}`.execute(ctx.tx)
  if (!rows[0]) throw notFound()
  return rows[0]
}

export async function planOfCase(ctx: Ctx, rootId: number): Promise<PlanRow> {
  const { rows } =
    await sql<PlanRow>`select id, rev, year, base_year, growth_year, version, status, case_id, edition_id, regions, form,
      (select called(p) from person p where p.id = changed_by) as changed_by
    from plan where case_id = ${rootId}`.execute(ctx.tx)
  if (!rows[0]) throw notFound()
  return rows[0]
}

/** 100 % to 100 % + buffer, from the norms. */
export function sumRange(ctx: Ctx): SumRange {
  const floor = Number(normValue(ctx.edition.edition, 'norm.planning.cascadeFloor') ?? 100)
  const buffer = Number(normValue(ctx.edition.edition, 'norm.planning.cascadeBuffer') ?? 0)
  return { min: String(floor / 100), max: String((floor + buffer) / 100) }
}

export const handUpAfter = (ctx: Ctx): number =>
  Number(normValue(ctx.edition.edition, 'norm.planning.handUpAfter') ?? 2)

/** Sums of the plan's targets by quarter: what the head has to split. */
export async function targetsByQuarter(ctx: Ctx, planId: number): Promise<Record<string, string>> {
  const { rows } = await sql<{ quarter: number; amount: string }>`select quarter, sum(amount)::text as amount
    from plan_target where plan_id = ${planId} group by quarter`.execute(ctx.tx)
  return Object.fromEntries(rows.map((row) => [`Q${row.quarter}`, row.amount]))
}

/** Freezes version, targets and words of the plan with who did what and why. @returns the sum of the targets, exact */
export async function keepVersion(
  ctx: Ctx,
  plan: PlanRow,
  act: string,
  version: string,
  reason: string,
): Promise<string> {
  const { rows } = await sql<{
    target: string
  }>`insert into plan_version (plan_id, version, act, person_id, reason, targets, form)
    select p.id, ${version}, ${act}, app_person(), ${reason},
      coalesce((select jsonb_agg(to_jsonb(t) - 'plan_id' order by t.unit_id, t.quarter) from plan_target t where t.plan_id = p.id), '[]'),
      p.form from plan p where p.id = ${plan.id}
    returning (select coalesce(sum((t ->> 'amount')::numeric), 0)::text from jsonb_array_elements(targets) t) as target`.execute(
    ctx.tx,
  )
  return rows[0]?.target ?? '0'
}

export async function setPlan(
  ctx: Ctx,
  plan: PlanRow,
  values: { status: PlanRow['status']; version?: string },
): Promise<void> {
  await sql`update plan set status = ${values.status}, version = ${values.version ?? plan.version}, rev = rev + 1,
    updated_at = app_now() where id = ${plan.id}`.execute(ctx.tx)
}
