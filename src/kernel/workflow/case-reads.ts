import { sql } from 'kysely'
import type { Text } from '../../handbook/model.ts'
import { workdaysBetween } from '../../handbook/workdays.ts'
import { dateIn } from '../clock.ts'
import type { Ctx } from '../context.ts'
import { notFound } from '../refusal.ts'
import { cancellationOf, mayCancel } from './cancel.ts'
import { type CompiledWorkflow, runs } from './graph.ts'
import { versionOf } from './store.ts'
import { tasksOf } from './tasks.ts'
import { opinionsOf, personOf, stepsOf } from './timeline.ts'
import type { CaseDetail, CaseListed, CaseRow } from './wire.ts'

interface Row {
  id: number
  version_id: number
  workflow: string
  process: string
  title_zh: string
  title_en: string
  status: string
  state: CaseRow['state']
  root_id: number
  parent_id: number | null
  subject: CaseRow['subject']
  record_kind: string | null
  record_id: number | null
  started_at: Date
  startedBy: CaseRow['startedBy']
  ended_at: Date | null
  make_up: boolean
}
const columns = sql`c.id, c.version_id, c.workflow, c.process, c.title_zh, c.title_en, c.status, c.state, c.root_id,
  c.parent_id, ${personOf('c.subject_id')} as subject, c.record_kind, c.record_id, c.started_at, ${personOf('c.started_by')} as "startedBy",
  c.ended_at, c.make_up`

async function rows(ctx: Ctx, where: ReturnType<typeof sql>): Promise<Row[]> {
  const found = await sql<Row>`select ${columns} from wf_case c where ${where}`.execute(ctx.tx)
  return found.rows
}

async function caseOf(ctx: Ctx, row: Row): Promise<CaseRow> {
  const version = await versionOf(ctx, row.version_id)
  return {
    id: row.id,
    workflow: row.workflow,
    process: row.process,
    title: { zh: row.title_zh, en: row.title_en },
    edition: version.edition.number,
    editionId: version.edition.id,
    status: row.status,
    statusText: statusText(version, row.status),
    state: row.state,
    root: row.root_id,
    parent: row.parent_id,
    subject: row.subject,
    record: row.record_kind && row.record_id ? { kind: row.record_kind, id: row.record_id } : null,
    startedAt: row.started_at.toISOString(),
    startedBy: row.startedBy,
    endedAt: row.ended_at?.toISOString() ?? null,
    makeUp: row.make_up,
  }
}

/** States that no drawing names. */
const own: Readonly<Record<string, Text>> = {
  running: { zh: '进行中', en: 'Running' },
  cancelled: { zh: '已撤销', en: 'Cancelled' },
}

function statusText({ workflow }: CompiledWorkflow, status: string): Text {
  const nodes = workflow.processes.flatMap((one) => one.nodes)
  return (
    nodes.find((one) => one.kind === 'milestone' && one.word === status)?.name ??
    workflow.results.find((one) => one.id === status)?.name ??
    own[status] ?? { zh: status, en: status }
  )
}

export async function readCase(ctx: Ctx, id: number): Promise<CaseRow> {
  const [row] = await rows(ctx, sql`c.id = ${id}`)
  if (!row) throw notFound()
  return caseOf(ctx, row)
}

/** Root cases the asker may see, newest first; `cursor` is the last id seen. */
export async function listCases(
  ctx: Ctx,
  ask: { workflow?: string; state?: string; started?: 'me'; cursor?: string },
): Promise<{ items: CaseListed[]; next: string | null }> {
  const found = await rows(
    ctx,
    sql`c.parent_id is null ${ask.workflow ? sql`and c.workflow = ${ask.workflow}` : sql``}
      ${ask.state ? sql`and c.state = ${ask.state}` : sql``}
      ${ask.started ? sql`and c.started_by = (select app_person())` : sql``} ${ask.cursor ? sql`and c.id < ${Number(ask.cursor)}` : sql``}
      order by c.id desc limit 51`,
  )
  const shown = found.slice(0, 50)
  const waiting = await waitingOf(
    ctx,
    shown.map((row) => row.id),
  )
  const items: CaseListed[] = []
  for (const row of shown) items.push({ ...(await caseOf(ctx, row)), waiting: waiting.get(row.id) ?? [] })
  return { items, next: found.length > 50 ? String(found[49]?.id) : null }
}

/** Open tasks of root cases and of all they called, those of one node together, in the order they were opened. */
async function waitingOf(ctx: Ctx, roots: readonly number[]): Promise<Map<number, CaseListed['waiting']>> {
  const { rows } = await sql<{
    root: number
    version_id: number
    process: string
    node: string
    step: string
    tasks: number
    who: string[]
    due: Date | null
  }>`select c.root_id as root, c.version_id, c.process, t.node, t.step, count(distinct t.id)::int as tasks, min(t.due_at) as due,
      coalesce(array_agg(distinct called(p)) filter (where p.id is not null), '{}') as who
    from wf_task t join wf_case c on c.id = t.case_id left join wf_candidate k on k.task_id = t.id left join person p on p.id = k.person_id
    where c.root_id = any(${roots}::bigint[]) and t.status = 'open' group by 1, 2, 3, 4, 5 order by min(t.id)`.execute(
    ctx.tx,
  )
  const found = new Map<number, CaseListed['waiting']>()
  for (const { root, version_id, process, node, step, tasks, who, due } of rows) {
    const title = (await versionOf(ctx, version_id)).graph(process).node(node).name
    const workdaysLeft = due
      ? workdaysBetween(ctx.edition.edition.calendar, ctx.clock.today(), dateIn(due))
      : null
    const one = { step, title, tasks, who, dueAt: due?.toISOString() ?? null, workdaysLeft }
    found.set(root, [...(found.get(root) ?? []), one])
  }
  return found
}

/** The last cases about one record. */
export async function casesAbout(ctx: Ctx, kind: string, id: number): Promise<CaseRow[]> {
  const found = await rows(
    ctx,
    sql`c.record_kind = ${kind} and c.record_id = ${id} order by c.id desc limit 20`,
  )
  const items: CaseRow[] = []
  for (const row of found) items.push(await caseOf(ctx, row))
  return items
}

/** What a called case waits for, whether it holds the tasks itself or a case that it called in turn: a share is passed on in shares. */
async function openBelow(ctx: Ctx, id: number): Promise<CaseDetail['children'][number]['open']> {
  const { rows } = await sql<{
    version_id: number
    process: string
    node: string
    step: string
    who: string[]
  }>`
    with recursive below as (
      select id, version_id, process from wf_case where id = ${id}
      union all select c.id, c.version_id, c.process from wf_case c join below b on c.parent_id = b.id
    )
    select b.version_id, b.process, t.step, t.node,
      coalesce((select array_agg(called(p) order by p.id) from wf_candidate k join person p on p.id = k.person_id where k.task_id = t.id), '{}') as who
    from wf_task t join below b on b.id = t.case_id where t.status = 'open' order by t.id`.execute(ctx.tx)
  const open: CaseDetail['children'][number]['open'] = []
  for (const { version_id, process, node, step, who } of rows)
    open.push({ step, who, title: (await versionOf(ctx, version_id)).graph(process).node(node).name })
  return open
}

/** GET cases/{id}: open tasks, children, opinions, and a mark per node of the drawing. */
export async function caseDetail(ctx: Ctx, id: number): Promise<CaseDetail> {
  const [row] = await rows(ctx, sql`c.id = ${id}`)
  if (!row) throw notFound()
  const version = await versionOf(ctx, row.version_id)
  const graph = version.graph(row.process)
  const all = await tasksOf(ctx, { caseId: id })
  const children: CaseDetail['children'] = []
  for (const child of await rows(ctx, sql`c.parent_id = ${id} order by c.id`))
    children.push({ ...(await caseOf(ctx, child)), open: await openBelow(ctx, child.id) })
  const tokens = await sql<{ node: string }>`select node from wf_token where case_id = ${id}`.execute(ctx.tx)
  const here = new Set(tokens.rows.map((one) => one.node))
  const marks: CaseDetail['marks'] = {}
  for (const node of graph.process.nodes) {
    const mine = all.filter((one) => one.node === node.id)
    const open = mine.filter((one) => one.status === 'open')
    const called = node.kind === 'call' && children.length > 0 && !here.has(node.id)
    const state = !runs(node)
      ? 'described'
      : here.has(node.id)
        ? 'here'
        : mine.some((one) => one.status === 'done') || called
          ? 'done'
          : 'waiting'
    marks[node.id] = {
      state,
      ...(open.length > 0 ? { open: open.length, late: open.filter((one) => one.why.late).length } : {}),
    }
  }
  const resting = row.state === 'resting'
  const cancelled = row.state === 'ended' ? await cancellationOf(ctx, row.root_id) : null
  return {
    ...(await caseOf(ctx, row)),
    tasks: all.filter((one) => one.status === 'open'),
    children,
    opinions: await opinionsOf(ctx, row.root_id),
    steps: await stepsOf(ctx, row.root_id, version),
    marks,
    processGraph: graph.process,
    note: resting
      ? {
          zh: `停在“${statusText(version, row.status).zh}”：后面的步骤只供查阅，程序还不办理`,
          en: `Rests at “${statusText(version, row.status).en}”: the steps that follow are for reference; the program does not run them yet`,
        }
      : null,
    cancellation: cancelled ? { ...cancelled, at: cancelled.at.toISOString() } : null,
    mayCancel:
      row.parent_id === null && row.state === 'running' && (await mayCancel(ctx, row.startedBy?.id ?? null)),
  }
}
