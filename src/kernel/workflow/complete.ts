import { sql } from 'kysely'
import type { TaskNode, Text } from '../../handbook/model.ts'
import type { Ctx } from '../context.ts'
import { notFound, Refusal } from '../refusal.ts'
import type { Act, Completion, TaskAtHand } from './act.ts'
import { type Held, hold, type TaskRecord, versionOf, write } from './store.ts'
import { Walk } from './walk.ts'

/** What a completion comes with: `revisions` are those the panel showed (`{"plan:3": 7}`); left out, they are not compared. */
export interface Submitted extends Completion {
  readonly revisions?: Readonly<Record<string, number>>
}

export interface Completed {
  readonly taskId: number
  readonly caseId: number
  /** Tasks that the step opened. */
  readonly opened: readonly TaskRecord[]
  /** True when the same person had already completed it with the same outcome: nothing was done again. */
  readonly again: boolean
}

/**
 * Completes a task for the actor: lock, judge, write the business record, move on, in the caller's transaction.
 * Returns (does not throw) a Refusal when the act kept what it wrote while the task stays open.
 * Throws 404 when it is not the actor's, 409 `already-done` or `conflict`, 422 for the outcome, the comment or the form.
 */
export async function completeTask(
  ctx: Ctx,
  taskId: number,
  submitted: Submitted,
): Promise<Completed | Refusal> {
  const held = await hold(ctx, taskId)
  if (!held) throw notFound()
  const { task } = held
  const own = held.cases[0]
  if (!own) throw notFound()
  if (task.status !== 'open') return answerAgain(ctx, held, submitted)
  const version = await versionOf(ctx, own.version_id)
  const node = version.graph(own.process).node(task.node) as TaskNode
  requireOutcome(node, submitted)
  const act = actOf(ctx, node)
  const atHand = taskAtHand(task, own)
  if (Object.keys(submitted.revisions ?? {}).length > 0) await requireRevisions(ctx, act, atHand, submitted)
  const verdict = await act.complete(ctx, atHand, submitted)
  if (verdict) {
    await write(ctx, {
      log: [{ case_id: own.id, event: 'refused', node: task.node, detail: { code: verdict.kept.code } }],
    })
    return verdict.kept
  }
  const walk = new Walk(ctx, version, held)
  await walk.finish(task, submitted.outcome, submitted.comment.trim())
  await walk.save()
  return { taskId, caseId: own.id, opened: walk.tasks, again: false }
}

export function taskAtHand(
  task: Pick<TaskRecord, 'id' | 'case_id' | 'node' | 'step' | 'round'>,
  of: {
    root_id: number
    parent_id: number | null
    input: Record<string, unknown>
    subject_id: number | null
  },
): TaskAtHand {
  return {
    id: task.id,
    caseId: task.case_id,
    rootId: of.root_id,
    parentId: of.parent_id,
    node: task.node,
    step: task.step,
    round: task.round,
    input: of.input,
    subjectId: of.subject_id,
  }
}

export function actOf(ctx: Ctx, node: TaskNode): Act {
  const act = node.act ? ctx.house.registry.acts.get(node.act) : undefined
  if (!act) throw new Error(`there is no act ${node.act ?? ''} for ${node.id}`)
  return act
}

async function answerAgain(ctx: Ctx, { task, cases }: Held, submitted: Submitted): Promise<Completed> {
  if (
    task.status === 'done' &&
    task.done_by === ctx.actor.personId &&
    task.outcome === submitted.outcome &&
    (task.comment ?? '') === submitted.comment.trim()
  )
    return { taskId: task.id, caseId: cases[0]?.id ?? task.case_id, opened: [], again: true }
  if (task.status === 'cancelled')
    throw new Refusal(409, 'cancelled', {
      zh: '流程已经撤销，这一项不用再办',
      en: 'The case was cancelled; this task is no longer to be done',
    })
  const { rows } = await sql<{
    name: string
  }>`select called(p) as name from person p where p.id = ${task.done_by}`.execute(ctx.tx)
  const doneBy = rows[0]?.name ?? null
  throw new Refusal(
    409,
    'already-done',
    {
      zh: `${doneBy ?? '别人'}已经办理，结果没有重复提交`,
      en: `${doneBy ?? 'Somebody'} has already completed it; nothing was submitted twice`,
    },
    { detail: { by: doneBy, at: task.done_at, outcome: task.outcome } },
  )
}

function requireOutcome(node: TaskNode, submitted: Submitted): void {
  const outcome = node.outcomes.find((one) => one.id === submitted.outcome)
  const fault = (path: string, text: Text) => new Refusal(422, 'invalid', text, { faults: [{ path, text }] })
  if (!outcome)
    throw fault('outcome', {
      zh: `没有这个结果，可选：${node.outcomes.map((one) => one.name.zh).join('、')}`,
      en: `There is no such outcome; choose ${node.outcomes.map((one) => one.id).join(', ')}`,
    })
  if (outcome.comment === 'required' && submitted.comment.trim() === '')
    throw fault('comment', {
      zh: `选“${outcome.name.zh}”要写明意见`,
      en: `“${outcome.name.en}” needs a written opinion`,
    })
}

async function requireRevisions(ctx: Ctx, act: Act, task: TaskAtHand, submitted: Submitted): Promise<void> {
  const { revisions, changedBy } = await act.view(ctx, task)
  const stale = Object.entries(submitted.revisions ?? {}).filter(([record, rev]) => revisions[record] !== rev)
  if (stale.length === 0) return
  throw new Refusal(
    409,
    'conflict',
    {
      zh: `${changedBy ? `您打开之后，${changedBy}改了内容` : '您打开之后内容有了改动'}，刷新后再办；写好的意见还在`,
      en: `${changedBy ? `${changedBy} changed it after you opened it` : 'It was changed after you opened it'}. Reload and decide again; your comment is kept`,
    },
    {
      detail: {
        who: changedBy ?? null,
        changed: stale.map(([record, rev]) => ({ record, seen: rev, now: revisions[record] ?? null })),
      },
    },
  )
}
