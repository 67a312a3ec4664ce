import { plainText } from './cell.ts'
import { dayOf } from './dates.ts'
import { numberOf, type Said } from './numbers.ts'

/**
 * A cell as text, without the spaces people and programs leave; full-width letters and figures become plain ones. Halves of characters
 * and control characters, which damaged files hold and no column can, do not stay either.
 */
export const textOf = (cell: unknown): string =>
  plainText(cell)
    .normalize('NFKC')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\p{Cc}\p{Cs}]/gu, '')
    .trim()

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
