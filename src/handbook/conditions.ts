import { evaluate as feel } from 'feelin'
import type { Edition } from './model.ts'

/** Thrown for a condition that is null, not a truth value, or names something unknown: the step is refused, never guessed. */
export class ConditionError extends Error {}

/** `norm.planning.reviewRounds` of an edition, or `undefined`. */
export function normValue(edition: Edition, path: string): unknown {
  const [, table, value] = path.split('.')
  return edition.norms.find((norm) => norm.id === `norm.${table}`)?.values[value ?? '']?.value
}

/** Names a condition may use: `round`, and every number of the norm tables as `norm.<table>.<value>`. */
export function namesOf(edition: Edition, round: number): Record<string, unknown> {
  const norm: Record<string, Record<string, unknown>> = {}
  for (const table of edition.norms)
    norm[table.id.replace(/^norm\./, '')] = Object.fromEntries(
      Object.entries(table.values).map(([id, { value }]) => [id, value]),
    )
  return { round, norm }
}

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
