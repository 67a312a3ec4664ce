import { evaluate as feel } from 'feelin'
import type { Edition, NormRow } from './model.ts'
import { findNorm } from './words/norms.ts'

/** Thrown for a condition that is null, not a truth value, or names something unknown: the step is refused, never guessed. */
export class ConditionError extends Error {}

/** What stands at `norm.planning.reviewRounds` or in the cell `norm.limits.price.KAM`; `undefined` when nothing does. */
export function normValue(edition: Pick<Edition, 'norms' | 'posts'>, path: string): unknown {
  return findNorm(edition, path)?.value
}

/** Every number of the norm tables as `norm.<table>.<value>` or `norm.<table>.<row>.<column>`. */
function numbersIn(edition: Pick<Edition, 'norms' | 'posts'>): Record<string, Record<string, unknown>> {
  const norm: Record<string, Record<string, unknown>> = {}
  for (const table of edition.norms)
    norm[table.id.replace(/^norm\./, '')] = {
      ...Object.fromEntries(Object.entries(table.values).map(([id, { value }]) => [id, value])),
      ...Object.fromEntries(table.rows.map((row) => [row.id, numbersOf(row)])),
    }
  return norm
}

const numbersOf = (row: NormRow): Record<string, number> =>
  Object.fromEntries(
    Object.entries(row.cells).flatMap(([column, cell]) =>
      cell.kind === 'value' && typeof cell.value === 'number' ? [[column, cell.value]] : [],
    ),
  )

interface Known {
  readonly norm: Record<string, Record<string, unknown>>
  readonly answers: Map<string, boolean>
}
// An edition never changes and a condition knows nothing but the round: each is worked out once.
const known = new WeakMap<Edition['norms'], Known>()

/**
 * Whether a condition of a drawing holds in an edition for the how-manieth round of a step.
 * @throws ConditionError when it gives neither true nor false, or names something that is not there
 */
export function holds(edition: Pick<Edition, 'norms' | 'posts'>, condition: string, round: number): boolean {
  const of = known.get(edition.norms) ?? { norm: numbersIn(edition), answers: new Map() }
  known.set(edition.norms, of)
  const asked = `${round} ${condition}`
  const answer = of.answers.get(asked) ?? evaluate(condition, { round, norm: of.norm })
  // Rounds have a limit in every drawing; where none does, what is kept must have one.
  if (of.answers.size < 10_000) of.answers.set(asked, answer)
  return answer
}

/** Evaluates a FEEL condition. FEEL takes null for false in places; here null, a warning or another type is an error. */
function evaluate(condition: string, names: Record<string, unknown>): boolean {
  let outcome: { value: unknown; warnings: { message: string }[] }
  try {
    outcome = feel(condition, names) as typeof outcome
  } catch (error) {
    throw new ConditionError(`${condition}: ${(error as Error).message}`)
  }
  if (outcome.warnings.length > 0) throw new ConditionError(`${condition}: ${outcome.warnings[0]?.message}`)
  if (typeof outcome.value !== 'boolean')
    throw new ConditionError(`${condition} gives ${String(outcome.value)}, not true or false`)
  return outcome.value
}
