import { sql } from 'kysely'
import type { Ctx } from '../../kernel/context.ts'
import { withheldOf } from '../../kernel/workflow/tasks.ts'
import { planById } from './plan.ts'
import type { PlanVersion, PlanVersions } from './wire.ts'

/**
 * What was submitted, passed, rejected, finalised and signed, latest first, each with its reason and the target of that day. It is read
 * by whoever sees the plan's case; whoever was given a part is told so.
 */
export async function versionsOf(ctx: Ctx, planId: number): Promise<PlanVersions> {
  const plan = await planById(ctx, planId)
  const { rows } = await sql<
    Omit<PlanVersion, 'at'> & { at: Date }
  >`select v.id, v.version, v.act, v.at, v.reason,
      json_build_object('id', p.id, 'title', called(p)) as person,
      (select sum((t ->> 'amount')::numeric)::text from jsonb_array_elements(v.targets) t) as total
    from plan_version v join person p on p.id = v.person_id where v.plan_id = ${planId} order by v.id desc`.execute(
    ctx.tx,
  )
  return {
    items: rows.map((row) => ({ ...row, at: row.at.toISOString() })),
    withheld: await withheldOf(ctx, plan.case_id),
  }
}
