import type { PlanGrid } from '../../wire.ts'
import { add } from './sums.ts'

/** What stands beside the cells: last year, the signed plan, bars of both years. */
export interface Edges {
  readonly last: boolean
  readonly signed: boolean
  readonly bars: boolean
}

/** A row's measure comes first: where there is a signed plan to keep to, last year gives way to it when room is short. */
export function edgesOf(grid: Pick<PlanGrid, 'rows'>, roomy: boolean): Edges {
  const signed = grid.rows.some((row) => row.signed !== undefined)
  return { last: roomy || !signed, signed, bars: roomy && !signed }
}

/** Sum of the signed plan over rows and the columns named. */
export const signedOf = (
  rows: readonly PlanGrid['rows'][number][],
  columns: readonly { id: string }[],
): string => add(rows.flatMap((row) => columns.map(({ id }) => row.signed?.[id] ?? '0')))
