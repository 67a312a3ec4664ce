import { sql } from 'kysely'
import type { Workflow } from '../../handbook/model.ts'
import type { Ctx } from '../context.ts'
import { type CompiledWorkflow, compile } from './graph.ts'

/** Rows as the database holds them; the definer functions take and give them as JSON. */
export interface CaseRecord {
  id: number
  root_id: number
  parent_id: number | null
  parent_token: number | null
  workflow: string
  process: string
  version_id: number
  edition_id: number
  start_key: string | null
  title_zh: string
  title_en: string
  input: Record<string, unknown>
  record_kind: string | null
  record_id: number | null
  subject_id: number | null
  unit_id: number | null
  status: string
  state: 'running' | 'resting' | 'ended'
  rev: number
  make_up: boolean
  norm_from: string | null
  make_up_from: string | null
  year: number
  started_by: number | null
  started_at: string
  ended_at: string | null
  result: string | null
}
export interface TokenRecord {
  id: number
  case_id: number
  node: string
  flow: string | null
}
export interface TaskRecord {
  id: number
  case_id: number
  token_id: number
  node: string
  step: string
  post: string
  round: number
  due_at: string | null
  opened_at: string
  status: 'open' | 'done' | 'cancelled'
  rev: number
  outcome: string | null
  comment: string | null
  done_by: number | null
  done_at: string | null
  from_person: number | null
}
export interface CandidateRecord {
  task_id: number
  person_id: number
  reason: 'post' | 'stand-in' | 'subject'
  stands_in: string | null
}
export interface LogEntry {
  case_id: number
  event: string
  node?: string
  detail?: Record<string, unknown>
}
/** All that a step reads, taken after the root case was locked. */
export interface Held {
  task: TaskRecord
  /** The task's case first, then its callers up to the root. */
  cases: (CaseRecord & { siblings: number })[]
  tokens: TokenRecord[]
  rounds: { caseId: number; node: string; done: number }[]
  ids: number[]
}
/** All that a step writes, in one statement. */
export interface Step {
  done?: { id: number; rev: number; outcome: string; comment: string }
  cases?: CaseRecord[]
  changed?: Pick<CaseRecord, 'id' | 'status' | 'state' | 'result'>[]
  tokens?: TokenRecord[]
  gone?: number[]
  tasks?: TaskRecord[]
  candidates?: CandidateRecord[]
  log: LogEntry[]
}

export async function hold(ctx: Ctx, taskId: number): Promise<Held | null> {
  const { rows } = await sql<{ held: Held | null }>`select wf_hold(${taskId}) as held`.execute(ctx.tx)
  return rows[0]?.held ?? null
}

export async function write(ctx: Ctx, step: Step): Promise<void> {
  const candidates = step.candidates?.map((one) => ({ ...one, open: true }))
  await sql`select wf_write(${JSON.stringify({ ...step, ...(candidates ? { candidates } : {}) })}::jsonb)`.execute(
    ctx.tx,
  )
}

export async function newIds(ctx: Ctx, amount: number): Promise<number[]> {
  const { rows } = await sql<{ ids: number[] }>`select wf_ids(${amount}) as ids`.execute(ctx.tx)
  return rows[0]?.ids ?? []
}

/** A workflow with the edition it was published in: a case keeps both for life. */
export interface WorkflowVersion extends CompiledWorkflow {
  readonly edition: { readonly id: number; readonly number: string }
}

// Versions are immutable, so a compiled one stays valid as long as its database is open.
const compiled = new WeakMap<Ctx['house']['shelf'], Map<number, WorkflowVersion>>()

/** The published workflow of a case, compiled once per process. */
export async function versionOf(ctx: Ctx, id: number): Promise<WorkflowVersion> {
  const shelf = compiled.get(ctx.house.shelf) ?? new Map<number, WorkflowVersion>()
  compiled.set(ctx.house.shelf, shelf)
  const known = shelf.get(id)
  if (known) return known
  const { rows } = await sql<{ graph: Workflow; edition: WorkflowVersion['edition'] }>`select v.graph,
    jsonb_build_object('id', e.id, 'number', e.number) as edition
    from workflow_version v join edition e on e.id = v.edition_id where v.id = ${id}`.execute(ctx.tx)
  if (!rows[0]) throw new Error(`there is no workflow version ${id}`)
  const version = { ...compile(rows[0].graph), edition: rows[0].edition }
  shelf.set(id, version)
  return version
}
