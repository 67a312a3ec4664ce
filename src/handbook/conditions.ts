import { evaluate as feel } from 'feelin'
import type { Edition, NormRow } from './model.ts'
import { findNorm } from './words/norms.ts'

/** Thrown for a condition that is null, not a truth value, or names something unknown: the step is refused, never guessed. */
export class ConditionError extends Error {}

/** What stands at `norm.planning.reviewRounds` or in the cell `norm.limits.price.KAM`; `undefined` when nothing does. */
export function normValue(edition: Pick<Edition, 'norms'>, path: string): unknown {
  return findNorm(edition, path)?.value
}

/** Names a condition may use: `round`, and every number of the norm tables as `norm.<table>.<value>` or `norm.<table>.<row>.<column>`. */
export function namesOf(edition: Pick<Edition, 'norms'>, round: number): Record<string, unknown> {
  const norm: Record<string, Record<string, unknown>> = {}
  for (const table of edition.norms)
    norm[table.id.replace(/^norm\./, '')] = {
      ...Object.fromEntries(Object.entries(table.values).map(([id, { value }]) => [id, value])),
      ...Object.fromEntries(table.rows.map((row) => [row.id, numbersOf(row)])),
    }
  return { round, norm }
}

const numbersOf = (row: NormRow): Record<string, number> =>
  Object.fromEntries(
    Object.entries(row.cells).flatMap(([column, cell]) =>
      cell.kind === 'value' && typeof cell.value === 'number' ? [[column, cell.value]] : [],
    ),
  )

/** Evaluates a FEEL condition. FEEL takes null for false in places; here null, a warning or another type is an error. */
export function evaluate(condition: string, names: Record<string, unknown>): boolean {
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
