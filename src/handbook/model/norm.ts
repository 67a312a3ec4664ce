import type { NormId, Place, PostId, Tag, Text } from './base.ts'

/**
 * A parameter table of the handbook: single values, or a table with addressable cells. Numbers are written here once and referred to by
 * `norm.planning.cascadeBuffer` (a value) or `norm.limits.price.KAM` (a cell: row, then column).
 */
export interface Norm {
  readonly id: NormId
  readonly name: Text
  readonly tag: Tag
  readonly note?: Text
  /** Empty for a table. */
  readonly values: Readonly<Record<string, NormValue>>
  readonly columns: readonly NormColumn[]
  /** Empty for single values. */
  readonly rows: readonly NormRow[]
  readonly at: Place
}
export interface NormValue {
  readonly name: Text
  readonly value: number | string | boolean | Deadline
  /** Where the value is written, when it is another norm's: `norm.deadlines.budgClose`. */
  readonly as?: string
  readonly unit?: Text
  readonly note?: Text
  readonly tag: Tag
  readonly at: Place
}
export interface NormColumn {
  readonly id: string
  readonly name: Text
  readonly unit?: Text
}
export interface NormRow {
  readonly id: string
  readonly name: Text
  readonly unit?: Text
  readonly note?: Text
  readonly tag: Tag
  readonly cells: Readonly<Record<string, NormCell>>
  readonly at: Place
}
/** What stands in a cell: a value, no limit upward, or no power at all. */
export type NormCell =
  | {
      readonly kind: 'value'
      readonly value: number | Text | Deadline
      /** Posts that sign beside the post of the column. */
      readonly and: readonly PostId[]
    }
  | { readonly kind: 'unlimited'; readonly and: readonly PostId[] }
  | { readonly kind: 'none' }

/**
 * When a step is due: exactly one of the kinds below. A day that is no working day moves to the next one; hours run by the clock.
 */
export interface Deadline {
  /** `MM-DD` in the case's year plus `year`. */
  readonly date?: string
  readonly year?: number
  /** Working days after the step begins, or with `workdayOf` the how-manieth working day. */
  readonly workdays?: number
  /** Counts `workdays` from the first day of the month or quarter after the one in which the step begins. */
  readonly workdayOf?: 'month' | 'quarter'
  /** Calendar days after the step begins. */
  readonly days?: number
  readonly hours?: number
  readonly months?: number
  /** Per cent of the time from getting the tender documents to their deadline. */
  readonly share?: number
  /** Set case by case: by a contract, a project plan. */
  readonly open?: Text
  /** Never later than this day of the case's year, together with `workdays`. */
  readonly latest?: { readonly date: string; readonly year: number }
  /** From when it counts, when that is not the step's beginning. */
  readonly from?: Text
  /** Time that must be there at least, before or after `from`; without it, time that may be taken at most. */
  readonly least?: boolean
}

/** Statutory days off and make-up working days per year. A year that is not listed counts weekends only, and says so. */
export interface Calendar {
  readonly years: Readonly<
    Record<string, { readonly off: readonly string[]; readonly work: readonly string[] }>
  >
  readonly tag: Tag
  readonly at: Place
}

/** A named alternative of the handbook and the value in force. */
export interface Switch {
  readonly id: string
  readonly name: Text
  readonly values: readonly { readonly id: string; readonly name: Text }[]
  readonly value: string
  readonly where: Text
  readonly tag: Tag
  readonly at: Place
}
