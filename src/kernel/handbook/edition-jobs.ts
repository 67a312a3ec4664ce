import { type Comparison, compareEditions } from '../../handbook/compare/compare.ts'
import type { Edition, Problem } from '../../handbook/model.ts'
import type { Acting, Kernel } from '../context.ts'
import { type Asked, type HeavyKind, programName } from '../jobs/heavy.ts'
import { longAnswer } from '../jobs/long.ts'
import { answerForProgram } from '../jobs/own.ts'
import { notFound } from '../refusal.ts'
import { filesOf } from './files-of.ts'
import { judgeEdition, problemRows, problemsKnown, rememberProblems } from './judge.ts'
import { storedEdition } from './stored.ts'
import { takeEdition } from './take.ts'
import type { EditionTaken } from './wire.ts'

/** Judging walks every path of every workflow, and what comes in was written by others: none of it happens in the program itself. */
const bounds = { memoryMb: 400, seconds: 60 } as const

interface TakeInput {
  readonly dryRun: boolean
  readonly personId: number
  readonly editionId: number
}
/** Unpacks, reads and judges what was sent, and keeps it as a draft. */
const takeJob: HeavyKind = {
  id: 'edition.take',
  label: { zh: '导入并检查手册', en: 'Importing and judging an edition' },
  lane: 'edition',
  bounds,
  async run({ kernel, userId, input, upload }) {
    const { dryRun, ...by } = input as TakeInput
    const files = filesOf(upload ?? new Uint8Array())
    const { edition, problems, ...state } = await takeEdition(kernel, files, { userId, ...by }, { dryRun })
    const { number, title, hash } = edition
    const answer: EditionTaken = { ...state, number, title, hash, problems: problemRows(problems) }
    return { answer }
  },
}

export const takeAsked = (acting: Acting, digest: string, upload: Uint8Array, dryRun: boolean): Asked => {
  const { actor, editionId } = acting
  const input: TakeInput = { dryRun, personId: actor.personId, editionId }
  return { kind: 'edition.take', key: `${actor.userId} ${digest} ${dryRun}`, input: { ...input }, upload }
}

const checkJob: HeavyKind = {
  id: 'edition.check',
  label: { zh: '检查手册', en: 'Judging an edition' },
  lane: 'edition',
  bounds,
  async run({ kernel, input }) {
    const edition = await storedEdition(kernel.db, (input as { editionId: number }).editionId)
    if (!edition) throw notFound()
    return { answer: judgeEdition(kernel.registry, edition) }
  },
}
const checkAsked = (id: number, hash: string): Asked => ({
  kind: 'edition.check',
  key: `${hash} ${programName}`,
  keep: true,
  input: { editionId: id },
})

/** What the checks find in a stored edition, judged once for all who ask; a response where that takes longer than a request waits. */
export async function problemsOf(
  acting: Acting,
  id: number,
  edition: Edition,
): Promise<readonly Problem[] | Response> {
  const { registry } = acting.kernel
  const known = problemsKnown(registry, edition)
  if (known) return known
  const job = await longAnswer(acting, () => checkAsked(id, edition.hash))
  if (job instanceof Response) return job
  const found = job.answer as Problem[]
  rememberProblems(registry, edition, found)
  return found
}

/** Has an edition judged for the program itself, before a transaction is opened that needs to know. */
export async function judgeBeside(kernel: Kernel, id: number, edition: Edition): Promise<void> {
  const { registry } = kernel
  if (problemsKnown(registry, edition)) return
  const found = await answerForProgram(kernel, checkAsked(id, edition.hash))
  if (found) rememberProblems(registry, edition, found as Problem[])
}

const compareJob: HeavyKind = {
  id: 'edition.compare',
  label: { zh: '对照两版手册', en: 'Comparing two editions' },
  lane: 'edition',
  bounds,
  async run({ kernel, input }) {
    const { beforeId, afterId } = input as { beforeId: number; afterId: number }
    const before = await storedEdition(kernel.db, beforeId)
    const after = await storedEdition(kernel.db, afterId)
    if (!before || !after) throw notFound()
    return { answer: comparisonOf(kernel, before, after) }
  },
}

export function comparisonOf(
  { registry }: Pick<Kernel, 'registry'>,
  before: Edition,
  after: Edition,
): Comparison {
  const kinds = Object.fromEntries([...registry.kinds.values()].map((kind) => [kind.id, kind.label]))
  return compareEditions(before, after, kinds)
}

interface Side {
  readonly id: number
  readonly edition: Edition
}
/** The comparison of two stored editions, made once for all who ask. */
export async function comparisonAsked(
  acting: Acting,
  before: Side,
  after: Side,
): Promise<Comparison | Response> {
  const job = await longAnswer(acting, () => ({
    kind: 'edition.compare',
    key: [before.edition.hash, after.edition.hash, programName].join(' '),
    keep: true,
    input: { beforeId: before.id, afterId: after.id },
  }))
  return job instanceof Response ? job : (job.answer as Comparison)
}

export const editionJobs: readonly HeavyKind[] = [takeJob, checkJob, compareJob]
