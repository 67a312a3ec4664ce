import { sql } from 'kysely'
import type { Ctx } from '../context.ts'
import { invalid, notFound, Refusal } from '../refusal.ts'
import { requireRight } from '../rights/may.ts'
import type { Starter } from './act.ts'
import { makeUpOf } from './deadline.ts'
import type { CompiledWorkflow } from './graph.ts'
import { type CaseRecord, newIds, versionOf } from './store.ts'
import { Walk } from './walk.ts'

export interface Start {
  readonly workflow: string
  readonly input: Readonly<Record<string, unknown>>
}

/**
 * Begins a case; the same start again finds the first one (`fresh: false`).
 * Throws 422 for an unknown workflow or bad input, 403 when the actor may not start it.
 */
export async function startCase(
  ctx: Ctx,
  { workflow, input }: Start,
): Promise<{ caseId: number; fresh: boolean }> {
  const starter = ctx.house.registry.starters.get(workflow)
  const version = await currentVersion(ctx, workflow)
  if (!starter || !version)
    throw invalid({ zh: `流程 ${workflow} 不能启动`, en: `Workflow ${workflow} cannot be started` })
  await requireStart(ctx, starter, version.compiled)
  const asked = await starter.check(ctx, input)
  const there = await sql<{ id: number | null }>`select wf_started(${asked.key}) as id`.execute(ctx.tx)
  const known = there.rows[0]?.id
  if (known) return { caseId: await requireSeen(ctx, known), fresh: false }
  const ids = await newIds(ctx, 1)
  const id = ids[0] as number
  const graph = version.compiled.graph(version.compiled.workflow.processes[0]?.id ?? workflow)
  const now = ctx.clock.now()
  const begun: CaseRecord = {
    id,
    root_id: id,
    parent_id: null,
    parent_token: null,
    workflow,
    process: graph.process.id,
    version_id: version.id,
    edition_id: ctx.edition.id,
    start_key: asked.key,
    title_zh: asked.title.zh,
    title_en: asked.title.en,
    input: asked.input,
    record_kind: null,
    record_id: null,
    subject_id: null,
    unit_id: null,
    status: 'running',
    state: 'running',
    rev: 1,
    ...makeUpOf(ctx.edition.edition, graph, asked.year, now),
    year: asked.year,
    started_by: ctx.actor.personId,
    started_at: now.toISOString(),
    ended_at: null,
    result: null,
  }
  const walk = new Walk(ctx, version.compiled)
  await walk.begin(begun)
  await walk.save()
  const record = await starter.begin(ctx, { caseId: id, input: asked.input })
  await sql`select wf_about(${id}, ${record.kind}, ${record.id})`.execute(ctx.tx)
  return { caseId: id, fresh: true }
}

/** The version of a workflow that new cases take: the effective edition's. */
export async function currentVersion(
  ctx: Ctx,
  workflow: string,
): Promise<{ id: number; compiled: CompiledWorkflow } | null> {
  const { rows } = await sql<{ id: number }>`select id from workflow_version
    where edition_id = ${ctx.edition.id} and workflow = ${workflow}`.execute(ctx.tx)
  return rows[0] ? { id: rows[0].id, compiled: await versionOf(ctx, rows[0].id) } : null
}

/** Who holds the first task's post may start it; else the right to create its record kind decides. */
export async function requireStart(ctx: Ctx, starter: Starter, version: CompiledWorkflow): Promise<void> {
  const graph = version.graph(version.workflow.processes[0]?.id ?? '')
  const first = graph.node(graph.out(graph.start.id)[0]?.to ?? '')
  if (first.kind === 'task' && ctx.actor.posts.some((held) => held.post === first.post)) return
  if (starter.kind) return requireRight(ctx, starter.kind, 'create')
  throw new Refusal(403, 'no-right', {
    zh: `这个流程由${first.kind === 'task' ? first.post : '别的岗位'}启动`,
    en: `${first.kind === 'task' ? first.post : 'Another post'} starts this workflow`,
  })
}

async function requireSeen(ctx: Ctx, id: number): Promise<number> {
  const { rows } = await sql`select from wf_case where id = ${id}`.execute(ctx.tx)
  if (rows.length === 0) throw notFound()
  return id
}
