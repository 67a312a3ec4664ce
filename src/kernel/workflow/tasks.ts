import type { z } from '@hono/zod-openapi'
import { sql } from 'kysely'
import type { Edition, HandbookFunction, TaskNode, Text } from '../../handbook/model.ts'
import { workdaysBetween } from '../../handbook/workdays.ts'
import { dateIn } from '../clock.ts'
import type { Ctx } from '../context.ts'
import { candidatesFor } from '../org/people.ts'
import { notFound } from '../refusal.ts'
import { actOf, taskAtHand } from './complete.ts'
import { formIn } from './forms.ts'
import type { Graph } from './graph.ts'
import { versionOf } from './store.ts'
import { opinionsOf, stepsAround, stepsOf } from './timeline.ts'
import type { Task, TaskDetail, taskSchema } from './wire.ts'
import { deadlineNote, deadlineText, nextTask, nextText, type Reason, whyText } from './words.ts'

export interface TaskRow extends Reason {
  id: number
  case_id: number
  root_id: number
  parent_id: number | null
  workflow: string
  process: string
  version_id: number
  input: Record<string, unknown>
  subject_id: number | null
  node: string
  step: string
  post: string
  round: number
  opened_at: Date
  due_at: Date | null
  done_at: Date | null
  status: Task['status']
  outcome: string | null
  title_zh: string
  title_en: string
  record_kind: string | null
  record_id: number | null
  make_up: boolean
  from: Task['from']
  mine: boolean
  /** What whoever handed the task over had just done. */
  before: {
    version_id: number
    process: string
    node: string
    outcome: string
    comment: string | null
    at: string
  } | null
}

const columns = sql`t.id, t.case_id, c.root_id, c.parent_id, c.workflow, c.process, c.version_id, c.input, c.subject_id, t.node, t.step,
  t.post, t.round, t.opened_at, t.due_at, t.done_at, t.status, t.outcome, c.title_zh, c.title_en, c.record_kind, c.record_id, c.make_up,
  case when f.id is null then null else jsonb_build_object('id', f.id, 'name', called(f), 'post', coalesce(h.post, '')) end as "from", k.person_id is not null as mine, coalesce(k.reason, 'post') as reason, k.stands_in as "standsIn",
  case when t.status = 'open' then (select case when bc.root_id = c.root_id then jsonb_build_object('version_id', bc.version_id,
      'process', bc.process, 'node', b.node, 'outcome', b.outcome, 'comment', b.comment, 'at', b.done_at) end
    from wf_task b join wf_case bc on bc.id = b.case_id where b.done_by = t.from_person and b.done_at <= t.opened_at
    order by b.done_at desc, b.id desc limit 1) end as before`
const seen = sql`wf_task t join wf_case c on c.id = t.case_id
  left join wf_candidate k on k.task_id = t.id and k.person_id = (select app_person())`
const tables = sql`${seen}
  left join person f on f.id = t.from_person
  -- Who holds what is worked out once for a page, not once for each of its tasks.
  left join (select distinct on (person_id) person_id, post from holder order by person_id, seat_id) h on h.person_id = f.id`

export type Box = 'todo' | 'done' | 'started' | 'cc'

const boxes: Record<Box, ReturnType<typeof sql>> = {
  todo: sql`k.open and t.status = 'open'`,
  done: sql`t.status = 'done' and t.done_by = (select app_person())`,
  started: sql`t.status = 'open' and c.root_id in (select id from wf_case where started_by = (select app_person()) and parent_id is null)`,
  cc: sql`t.status = 'open' and k.person_id is null and exists (select from wf_member m where m.case_id = c.id and m.person_id = (select app_person()))`,
}

/** One box of the inbox: open work by deadline, done work newest first; `cursor` is the offset of the next page. */
export async function inbox(
  ctx: Ctx,
  ask: { box: Box; q?: string; workflow?: string; cursor?: string; limit?: number },
): Promise<{ items: Task[]; next: string | null; counts: Record<string, number> }> {
  const limit = ask.limit ?? 50
  const offset = Number(ask.cursor ?? 0)
  const like = `%${(ask.q ?? '').replaceAll(/[\\%_]/g, '\\$&')}%`
  const order = ask.box === 'done' ? sql`t.done_at desc, t.id desc` : sql`t.due_at nulls last, t.id`
  const { rows } =
    await sql<TaskRow>`select ${columns} from ${tables} where t.id in (select t.id from ${seen} where ${boxes[ask.box]}
    ${ask.workflow ? sql`and c.workflow = ${ask.workflow}` : sql``}
    ${ask.q ? sql`and (c.title_zh ilike ${like} or c.title_en ilike ${like} or t.step ilike ${like})` : sql``}
    order by ${order} limit ${limit + 1} offset ${offset}) order by ${order}`.execute(ctx.tx)
  const counts = await sql<Record<string, number>>`select * from own_work()`.execute(ctx.tx)
  const items: Task[] = []
  for (const row of rows.slice(0, limit)) items.push(await taskOf(ctx, row))
  return { items, next: rows.length > limit ? String(offset + limit) : null, counts: counts.rows[0] ?? {} }
}

/** The tasks of the given ids or cases that the asker may see. */
export async function tasksOf(ctx: Ctx, by: { caseId: number; open?: boolean }): Promise<Task[]> {
  const { rows } = await sql<TaskRow>`select ${columns} from ${tables} where t.case_id = ${by.caseId}
    ${by.open ? sql`and t.status = 'open'` : sql``} order by t.id`.execute(ctx.tx)
  const items: Task[] = []
  for (const row of rows) items.push(await taskOf(ctx, row))
  return items
}

/** Of the tasks that a step opened, the asker's own that is due first. */
export async function firstMine(ctx: Ctx, opened: readonly { readonly id: number }[]): Promise<Task | null> {
  const { rows } =
    await sql<TaskRow>`select ${columns} from ${tables} where t.id = any(${opened.map((one) => one.id)}::bigint[])
    and ${boxes.todo} order by t.due_at nulls last, t.id limit 1`.execute(ctx.tx)
  return rows[0] ? taskOf(ctx, rows[0]) : null
}

async function rowOf(ctx: Ctx, id: number): Promise<TaskRow> {
  const { rows } = await sql<TaskRow>`select ${columns} from ${tables} where t.id = ${id}`.execute(ctx.tx)
  if (!rows[0]) throw notFound()
  return rows[0]
}

export const readTask = async (ctx: Ctx, id: number): Promise<Task> => taskOf(ctx, await rowOf(ctx, id))

async function taskOf(ctx: Ctx, row: TaskRow): Promise<z.infer<typeof taskSchema>> {
  const { edition } = ctx.edition
  const version = await versionOf(ctx, row.version_id)
  const graph = version.graph(row.process)
  const node = graph.node(row.node) as TaskNode
  const due = row.due_at ? dateIn(row.due_at) : null
  const late = row.status === 'open' && row.due_at !== null && row.due_at < ctx.clock.now()
  return {
    id: row.id,
    case: row.case_id,
    root: row.root_id,
    workflow: row.workflow,
    workflowName: version.workflow.name,
    editionId: version.edition.id,
    step: row.step,
    node: row.node,
    title: node.name,
    caseTitle: { zh: row.title_zh, en: row.title_en },
    post: row.post,
    round: row.round,
    openedAt: row.opened_at.toISOString(),
    dueAt: row.due_at?.toISOString() ?? null,
    doneAt: row.done_at?.toISOString() ?? null,
    workdaysLeft:
      due && row.status === 'open' ? workdaysBetween(edition.calendar, ctx.clock.today(), due) : null,
    group: groupOf(ctx, row, due),
    from: row.from,
    returned: await returnedOf(ctx, row),
    record: row.record_kind && row.record_id ? { kind: row.record_kind, id: row.record_id } : null,
    recordTitle: null,
    amount: null,
    outcomes: node.outcomes.map((one) => ({
      id: one.id,
      label: one.name,
      comment: one.comment,
      negative: one.negative,
      next: nextText(edition, graph, node, one, row.round),
      to: [],
      blocked: null,
      notices: [],
    })),
    outcome: row.outcome,
    why: {
      text: whyText(edition, version.edition.number, row),
      post: row.post,
      reason: row.reason,
      standsIn: row.standsIn,
      clause: `wf:${row.workflow}/${row.step}`,
      edition: version.edition.number,
      deadline: deadlineText(edition, node.due, row.due_at?.toISOString() ?? null, row.make_up),
      deadlineNote: deadlineNote(edition, row.due_at?.toISOString() ?? null),
      late,
      makeUp: row.make_up,
    },
    status: row.status,
  }
}

/** A task that came by an outcome which sends work back, and with which words. */
async function returnedOf(ctx: Ctx, { before, from }: TaskRow): Promise<Task['returned']> {
  if (!before) return null
  const node = (await versionOf(ctx, before.version_id)).graph(before.process).node(before.node) as TaskNode
  const outcome = node.outcomes.find((one) => one.id === before.outcome)
  return outcome?.negative
    ? {
        by: from,
        at: new Date(before.at).toISOString(),
        outcome: outcome.name,
        why: before.comment ?? '',
      }
    : null
}

/** The functions of the matrix by which a post works in a workflow: the department's own where there are any, else all. */
function functionsOf(edition: Edition, workflow: string, post: string): HandbookFunction[] {
  const all = edition.functions.filter((one) => one.workflows.includes(workflow) && post in one.cells)
  const core = all.filter((one) => one.dutyClass === 'core')
  return core.length > 0 ? core : all
}

function groupOf(ctx: Ctx, row: TaskRow, due: string | null): Task['group'] {
  if (row.status !== 'open') return 'done'
  if (due === null) return 'later'
  const today = ctx.clock.today()
  if (row.due_at && row.due_at < ctx.clock.now()) return 'overdue'
  if (due === today) return 'today'
  return Date.parse(due) - Date.parse(today) <= 7 * 86_400_000 ? 'week' : 'later'
}

/** Whoever has a share in a case sees that share; the sentence says what he does not see, and who does. */
export async function withheldOf(ctx: Ctx, rootId: number): Promise<Text | null> {
  const { rows } = await sql<{
    seen: boolean
  }>`select exists (select from wf_case where id = ${rootId}) as seen`.execute(ctx.tx)
  return rows[0]?.seen
    ? null
    : {
        zh: '这里只列您这一份的经过。上级流程各步的经过和意见，只有办过那些步骤的人和能看整个流程的岗位能看。',
        en: 'Only your own share is listed. The steps of the case above and the opinions in it are read by those who did them and by posts that see the whole case.',
      }
}

/** Who takes the work over after each outcome, by name, where a post of the department does; the reader himself is not named. */
async function takersOf(
  ctx: Ctx,
  graph: Graph,
  node: TaskNode,
  round: number,
): Promise<Map<string, string[]>> {
  const { edition } = ctx.edition
  const found = new Map<string, string[]>()
  for (const outcome of node.outcomes) {
    const next = nextTask(edition, graph, node, outcome, round)
    if (next?.assign !== 'post') continue
    const people = await candidatesFor(ctx.tx, edition, next.post)
    if (people.some((one) => one.personId === ctx.actor.personId)) continue
    found.set(outcome.id, [...new Set(people.map((one) => one.name))])
  }
  return found
}

/** What the panel shows of one task; the act adds record, facts, blocked outcomes and revisions while it is open. */
export async function taskDetail(ctx: Ctx, id: number): Promise<TaskDetail> {
  const row = await rowOf(ctx, id)
  const task = await taskOf(ctx, row)
  const version = await versionOf(ctx, row.version_id)
  const node = version.graph(row.process).node(row.node) as TaskNode
  const view = await actOf(ctx, node).view(ctx, taskAtHand(row, row))
  const takers = row.mine ? await takersOf(ctx, version.graph(row.process), node, row.round) : new Map()
  return {
    ...task,
    record: view.record ? { kind: view.record.kind, id: view.record.id } : task.record,
    recordTitle: view.record?.title ?? null,
    amount: view.facts.find((one) => one.unit === 'money')?.value ?? null,
    outcomes: task.outcomes.map((one) => ({
      ...one,
      to: takers.get(one.id) ?? [],
      blocked: view.blocked.find((other) => other.outcome === one.id)?.why ?? null,
      notices: (view.notices ?? [])
        .filter((other) => other.outcome === one.id)
        .map(({ kind, text }) => ({ kind, text })),
    })),
    facts: view.facts.map((one) => ({ ...one })),
    href: view.href,
    forms: await Promise.all(
      node.forms.map(async (form) => ({
        id: form,
        title: (await formIn(ctx, version.edition.id, form))?.name ?? { zh: form, en: form },
      })),
    ),
    functions: functionsOf(ctx.edition.edition, row.workflow, row.post).map(({ id, name }) => ({ id, name })),
    steps: await stepsAround(ctx, task, await stepsOf(ctx, row.root_id, version)),
    opinions: await opinionsOf(ctx, row.root_id),
    said: (view.said ?? []).map((one) => ({ ...one })),
    withheld: await withheldOf(ctx, row.root_id),
    revisions: { ...view.revisions },
    mine: row.mine && row.status === 'open',
  }
}
