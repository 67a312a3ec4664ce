import type { z } from '@hono/zod-openapi'
import { sql } from 'kysely'
import type { TaskNode } from '../../handbook/model.ts'
import type { Ctx } from '../context.ts'
import { type CompiledWorkflow, runs } from './graph.ts'
import { versionOf } from './store.ts'
import type { opinionSchema, stepSchema, Task } from './wire.ts'

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

/** Printed step codes in their order: C-2 before C-10. */
const inOrder = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true })

/** The printed steps of the main process in order, where the root case stands, and of several open deadlines the nearest. */
export async function stepsOf(ctx: Ctx, rootId: number, version: CompiledWorkflow): Promise<StepChip[]> {
  const found = await sql<{
    step: string
    open: number
    done: Date | null
    again: Date | null
    who: string[]
    due: Date | null
  }>`with own as (
      select t.id, t.step, t.status, t.round, t.due_at, t.done_by, t.done_at, t.opened_at from wf_task t join wf_case c on c.id = t.case_id where c.root_id = ${rootId}
    ), at as (
      select step, count(*) filter (where status = 'open')::int as open, min(due_at) filter (where status = 'open') as due,
max(done_at) filter (where status = 'done') as done,
        max(opened_at) filter (where status = 'open' and round > 1) as again
      from own group by step
    )
    -- Whoever it waits for; once nothing is open, whoever did it.
    select at.*, array(select called(p) from person p where p.id in (
        select case when at.open > 0 then k.person_id else o.done_by end from own o
        left join wf_candidate k on k.task_id = o.id and at.open > 0 and o.status = 'open' where o.step = at.step
      ) order by p.id) as who from at`.execute(ctx.tx)
  // Open once more at an earlier step since it was done: it is to be done again.
  const undone = (one: (typeof found.rows)[number]): boolean =>
    found.rows.some(
      ({ step, again }) => again && one.done && inOrder(step, one.step) < 0 && again >= one.done,
    )
  const chips = new Map<string, StepChip>()
  for (const node of version.workflow.processes[0]?.nodes ?? []) {
    if ((node.kind !== 'task' && node.kind !== 'call') || chips.has(node.step)) continue
    const at = found.rows.find((one) => one.step === node.step)
    const state = at?.open ? 'here' : at?.done && !undone(at) ? 'done' : runs(node) ? 'waiting' : 'described'
    chips.set(node.step, {
      step: node.step,
      title: node.name,
      state,
      who: state === 'waiting' ? [] : (at?.who ?? []),
      dueAt: at?.due?.toISOString() ?? null,
    })
  }
  return [...chips.values()].sort((a, b) => inOrder(a.step, b.step))
}

/** The steps as one of the tasks shows them: an open task tells its own holders and deadline, not those of the shares beside it. */
export async function stepsAround(
  ctx: Ctx,
  task: Pick<Task, 'id' | 'step' | 'title' | 'status' | 'dueAt'>,
  steps: readonly StepChip[],
): Promise<StepChip[]> {
  const { rows } = await sql<{ who: string[] }>`select array(select called(p) from person p where p.id in (
      select k.person_id from wf_candidate k join wf_task t on t.id = k.task_id where t.id = ${task.id} and t.status = 'open'
      union select done_by from wf_task where id = ${task.id}) order by p.id) as who`.execute(ctx.tx)
  const own = { title: task.title, who: rows[0]?.who ?? [] }
  return steps.map((one) => {
    if (one.step !== task.step) return one
    return task.status === 'open' ? { ...one, ...own, state: 'here', dueAt: task.dueAt } : { ...one, ...own }
  })
}
