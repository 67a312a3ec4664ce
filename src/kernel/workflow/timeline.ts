import type { z } from '@hono/zod-openapi'
import { sql } from 'kysely'
import type { TaskNode } from '../../handbook/model.ts'
import type { Ctx } from '../context.ts'
import { type CompiledWorkflow, runs } from './graph.ts'
import { versionOf } from './store.ts'
import type { opinionSchema, stepSchema } from './wire.ts'

type Opinion = z.infer<typeof opinionSchema>
type StepChip = z.infer<typeof stepSchema>

/** A person as the wire shows one: id, name, first post. */
export const personOf = (column: string) =>
  sql`(select jsonb_build_object('id', p.id, 'name', called(p), 'post', coalesce((select h.post from holder h where h.person_id = p.id limit 1), ''))
    from person p where p.id = ${sql.ref(column)})`

/** Everything written or decided in a call tree, oldest first; kept for good. */
export async function opinionsOf(ctx: Ctx, rootId: number): Promise<Opinion[]> {
  const found = await sql<
    Omit<Opinion, 'at' | 'title' | 'outcomeLabel'> & {
      at: Date
      node: string
      process: string
      version_id: number
    }
  >`select t.done_at as at, ${personOf('t.done_by')} as person, t.step, t.round, t.outcome, t.comment, t.node, c.process, c.version_id
    from wf_task t join wf_case c on c.id = t.case_id where c.root_id = ${rootId} and t.status = 'done' order by t.done_at, t.id`.execute(
    ctx.tx,
  )
  const opinions: Opinion[] = []
  for (const { node: id, process, version_id, at, ...one } of found.rows) {
    const node = (await versionOf(ctx, version_id)).graph(process).node(id) as TaskNode
    const label = node.outcomes.find((other) => other.id === one.outcome)?.name
    opinions.push({
      ...one,
      at: at.toISOString(),
      title: node.name,
      outcomeLabel: label ?? { zh: one.outcome, en: one.outcome },
    })
  }
  return opinions
}

/** The printed steps of the main process in order, and where the root case stands. */
export async function stepsOf(ctx: Ctx, rootId: number, version: CompiledWorkflow): Promise<StepChip[]> {
  const found = await sql<{
    step: string
    open: number
    who: string[] | null
    due: Date | null
  }>`select t.step,
    count(*) filter (where t.status = 'open') as open, max(t.due_at) filter (where t.status = 'open') as due,
    max(case when p.id is null then (select array_agg(called(q) order by q.id) from wf_candidate k join person q on q.id = k.person_id
      where k.task_id = t.id) else array[called(p)] end) as who
    from wf_task t join wf_case c on c.id = t.case_id left join person p on p.id = t.done_by where c.root_id = ${rootId} group by t.step`.execute(
    ctx.tx,
  )
  const chips = new Map<string, StepChip>()
  for (const node of version.workflow.processes[0]?.nodes ?? []) {
    if ((node.kind !== 'task' && node.kind !== 'call') || chips.has(node.step)) continue
    const at = found.rows.find((one) => one.step === node.step)
    const state = at ? (at.open > 0 ? 'here' : 'done') : runs(node) ? 'waiting' : 'described'
    chips.set(node.step, {
      step: node.step,
      title: node.name,
      state,
      who: at?.who ?? [],
      dueAt: at?.due?.toISOString() ?? null,
    })
  }
  return [...chips.values()].sort((a, b) => a.step.localeCompare(b.step, 'en', { numeric: true }))
}
