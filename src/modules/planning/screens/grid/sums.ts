import Big from 'big.js'
import { type Checks, checkQuarters } from '../../rules.ts'
import type { PlanGrid } from '../../wire.ts'
import type { Values } from './state.ts'

export const add = (amounts: readonly string[]): string =>
  amounts.reduce((sum, amount) => sum.plus(amount), new Big(0)).toFixed()

export const quarterName = (quarter: number): string => `Q${quarter}`

/** Sum of one row's cells. */
export const rowTotal = (values: Values, row: string, columns: readonly { id: string }[]): string =>
  add(columns.map(({ id }) => values[row]?.[id] ?? '0'))

/** Sums by column and in all over the named rows. */
export function columnSums(
  values: Values,
  rows: readonly string[],
  columns: readonly { id: string }[],
): {
  readonly byColumn: Readonly<Record<string, string>>
  readonly total: string
} {
  const byColumn = Object.fromEntries(
    columns.map(({ id }) => [id, add(rows.map((row) => values[row]?.[id] ?? '0'))]),
  )
  return { byColumn, total: add(Object.values(byColumn)) }
}

/** Sums by quarter of the columns' sums, `Q1`..`Q4`. */
export function quarterSums(
  byColumn: Readonly<Record<string, string>>,
  columns: readonly { id: string; quarter: number }[],
): Readonly<Record<string, string>> {
  const sums: Record<string, string> = { Q1: '0', Q2: '0', Q3: '0', Q4: '0' }
  for (const { id, quarter } of columns)
    sums[quarterName(quarter)] = add([sums[quarterName(quarter)] ?? '0', byColumn[id] ?? '0'])
  return sums
}

/** The sum check of what stands in the grid now, against what the server says was given; `null` while nothing was given. */
export function liveChecks(
  grid: Pick<PlanGrid, 'check' | 'range' | 'columns' | 'rows'>,
  amounts: Values,
): Checks | null {
  if (!grid.check) return null
  const given = Object.fromEntries(Object.entries(grid.check).map(([id, check]) => [id, check.given]))
  const { byColumn } = columnSums(
    amounts,
    grid.rows.map((row) => row.key),
    grid.columns,
  )
  return checkQuarters(given, quarterSums(byColumn, grid.columns), grid.range)
}

/** How far outside the range a check is: what is missing below the least (negative) or too much above the most; zero within. */
export function outside(check: { given: string; sum: string }, range: { min: string; max: string }): string {
  const [given, sum] = [new Big(check.given), new Big(check.sum)]
  const [least, most] = [given.times(range.min), given.times(range.max)]
  if (sum.lt(least)) return sum.minus(least).toFixed()
  return sum.gt(most) ? sum.minus(most).toFixed() : '0'
}
