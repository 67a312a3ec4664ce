import { dayOf } from './dates.ts'
import { numberOf, type Said } from './numbers.ts'

export { textOf } from './text.ts'

const orUndefined = (said: Said<string>): string | null | undefined =>
  'value' in said ? said.value : undefined

/**
 * An exact decimal of a cell that has been judged before.
 * @returns `null` for an empty cell, `undefined` for one that is no number
 */
export const decimalOf = (cell: unknown): string | null | undefined => orUndefined(numberOf(cell, {}))

/**
 * A day of a cell that has been judged before, `YYYY-MM-DD`.
 * @returns `null` for an empty cell, `undefined` for one that is no day
 */
export const dateOf = (cell: unknown): string | null | undefined => orUndefined(dayOf(cell, {}))
