import type { Ctx } from '../context.ts'
import type { Field, Kind } from './kind.ts'

/**
 * Columns that a list shows beside a kind's own, counted from records of another module. They are read for the rows of a page and
 * under the reader's own scope; nothing is sorted or filtered by them, since that would count every row there is.
 */
export interface Beside {
  readonly kind: string
  readonly fields: Readonly<Record<string, Field>>
  /** The list's own column that they stand before. */
  readonly before: string
  /** Values by record id as the API gives them, amounts as exact decimal text; what is absent is empty. */
  read(ctx: Ctx, ids: readonly number[]): Promise<ReadonlyMap<number, Readonly<Record<string, unknown>>>>
}

/** The columns of a kind's list with those beside them in their place. */
export function columnsWith(kind: Kind, beside: Beside | undefined): string[] {
  const columns: string[] = [...kind.list.columns]
  if (beside) {
    const at = columns.indexOf(beside.before)
    columns.splice(at === -1 ? columns.length : at, 0, ...Object.keys(beside.fields))
  }
  return columns
}
