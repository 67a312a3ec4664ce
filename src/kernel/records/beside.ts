import type { RawBuilder } from 'kysely'
import type { Ctx } from '../context.ts'
import type { Field, Kind } from './kind.ts'

/**
 * Columns of a kind's list that another module counts from its own records. They are shown, sorted and filtered like the kind's own, under
 * the reader's own scope; none of them is entered.
 */
export interface Beside {
  readonly kind: string
  readonly fields: Readonly<Record<string, Field>>
  /** The list's own column that they stand before. */
  readonly before: string
  /**
   * The values as a table: `id` of the record and a column for each of `wanted`, amounts as numbers. A record without any may be absent.
   * @param among records that alone are asked for, as an array of ids; `null` for all that the reader may see
   */
  table(ctx: Ctx, wanted: readonly string[], among: RawBuilder<unknown> | null): RawBuilder<unknown>
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

/** A kind as its list has it: its own fields and those beside them. */
export function listed(kind: Kind, beside: Beside | undefined): Kind {
  if (!beside) return kind
  // Like the kind's own, without what every object brings along.
  const fields: Kind['fields'] = Object.assign(Object.create(null), kind.fields, beside.fields)
  return {
    ...kind,
    fields,
    list: { ...kind.list, filters: [...kind.list.filters, ...Object.keys(beside.fields)] },
  }
}
