import { checkEdition, checks } from '../../handbook/checks/check.ts'
import { loadEdition } from '../../handbook/load.ts'
import type { Edition, Problem } from '../../handbook/model.ts'
import type { Registry } from '../context.ts'
import { Refusal } from '../refusal.ts'
import { workflowProblems } from '../workflow/publish.ts'
import { bindingsOf } from './bindings.ts'
import type { ProblemRow } from './wire.ts'

/** What the checks find in the files of an edition; `edition` is `null` when it cannot be read at all. */
export async function judge(
  registry: Registry,
  files: Readonly<Record<string, string>>,
): Promise<{ edition: Edition | null; problems: Problem[] }> {
  const { edition, problems } = await loadEdition(files)
  if (!edition) return { edition, problems }
  const found = [...problems, ...judgeEdition(registry, edition)]
  return { edition, problems: found }
}

// Neither an edition nor what a program offers changes while it runs, and judging walks every path of every workflow.
const judged = new WeakMap<Registry, WeakMap<Edition, Problem[]>>()

/** The same for an edition that is read already: whether this program can work by it. */
export function judgeEdition(registry: Registry, edition: Edition): Problem[] {
  const problems = problemsKnown(registry, edition) ?? problemsOf(registry, edition)
  rememberProblems(registry, edition, problems)
  return problems
}

/** What was found before in this program; `null` when nobody has asked yet. */
export const problemsKnown = (registry: Registry, edition: Edition): Problem[] | null =>
  judged.get(registry)?.get(edition) ?? null

/** Takes over what another process has found in an edition. */
export function rememberProblems(registry: Registry, edition: Edition, problems: Problem[]): void {
  const known = judged.get(registry) ?? new WeakMap<Edition, Problem[]>()
  judged.set(registry, known)
  known.set(edition, problems)
}

function problemsOf(registry: Registry, edition: Edition): Problem[] {
  const found = checkEdition(edition, bindingsOf(registry))
  // The engine judges running workflows as well; what a check has told of a place already is not told twice.
  const told = new Set(found.filter((one) => one.severity === 'error').map(place))
  return [...found, ...workflowProblems(edition, registry).filter((one) => !told.has(place(one)))]
}

/** Whether an edition binds to this program without an error. */
export const binds = (registry: Registry, edition: Edition): boolean =>
  judgeEdition(registry, edition).every((one) => one.severity !== 'error')

/** Refuses an edition with every error's place, as a good compiler would. */
export function refuseProblems(problems: readonly Problem[]): void {
  const errors = problems.filter((problem) => problem.severity === 'error')
  if (errors.length === 0) return
  throw new Refusal(
    422,
    'edition-faulty',
    {
      zh: `手册有 ${errors.length} 处错误，没有收下；改好后再来`,
      en: `The handbook has ${errors.length} ${errors.length === 1 ? 'error' : 'errors'} and was not taken. Mend the files and come again`,
    },
    {
      faults: errors.map((one) => ({
        path: place(one),
        text: { zh: `${place(one)} ${one.message.zh}`, en: `${place(one)} ${one.message.en}` },
      })),
      detail: { problems: problemRows(errors) },
    },
  )
}

/** Findings as the API tells them: each with its place, and what its check says on mending it. */
export const problemRows = (problems: readonly Problem[]): ProblemRow[] =>
  problems.map((one) => ({
    check: one.check,
    severity: one.severity,
    at: place(one),
    text: one.message,
    mend: checks.find(({ id }) => id === one.check)?.why ?? null,
  }))

const place = (problem: Problem): string => `${problem.where.file}:${problem.where.line}`
