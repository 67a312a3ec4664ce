import type { Text } from '../../handbook/model.ts'
import type { Ctx } from '../context.ts'
import type { Tx } from '../db/database.ts'

export type FieldType =
  | 'text'
  | 'longtext'
  | 'integer'
  | 'decimal'
  | 'money'
  | 'percent'
  | 'date'
  | 'moment'
  | 'boolean'
  | 'choice'
  | 'reference'

/** One field, declared once: column, schema, form, list column, import column and export come from it. */
export interface Field {
  readonly type: FieldType
  readonly label: Text
  /** Other headings a sheet may use for it. */
  readonly aliases?: readonly string[]
  /** Needed to create the record. */
  readonly required?: boolean
  /** Needed before the form that carries it is complete; the record shows 资料待补 until then. */
  readonly wanted?: boolean
  /** Set by the program alone. */
  readonly computed?: boolean
  /** Computed, and never without a value: its column is `not null`. */
  readonly filled?: boolean
  /** Given when the record is made or imported and never changed after that, by hand or by file: other files and lists refer to it. */
  readonly settled?: boolean
  readonly unique?: boolean
  /** Spellings that differ only in width, case, blanks or characters without width mean the same: compared by their key. */
  readonly alike?: boolean
  readonly max?: number
  /** Of a choice all there are; of a text those values that the program itself gives, with their names. */
  readonly options?: readonly { readonly id: string; readonly label: Text }[]
  /** Kind (or `person`, `unit`) that a reference points to. */
  readonly to?: string
  /** Searched by the list's search box. */
  readonly search?: boolean
  /** The search also finds it as it is typed by sound: 丁君 by `dingjun` or `dj`. One field of a kind. */
  readonly pinyin?: boolean
  readonly hint?: Text
  /** A right of its own is needed to change it, e.g. `assign` for the owner. */
  readonly needs?: 'assign'
}

/**
 * How rows belong to people. Each present line opens rows by the matching reach of a right: `unit` to holders in that unit or above,
 * `managed` to the manager, `own` to owner and backup. With `through` the supporting, managed and own columns are those of another kind's record, kept
 * beside under the same name with `scope_` before it: a trigger sets them and follows when that record moves.
 */
export interface ScopeColumns {
  readonly unit?: string
  /** Further columns that name a unit whose holders reach the row as well. */
  readonly supporting?: readonly string[]
  readonly managed?: readonly string[]
  readonly own?: readonly string[]
  readonly through?: { readonly kind: string; readonly column: string }
}

export interface ListView {
  readonly id: string
  readonly label: Text
  readonly filter: Readonly<Record<string, string>>
  readonly sort?: string
}

export interface Kind<F extends Record<string, Field> = Record<string, Field>> {
  readonly id: string
  readonly table: string
  readonly label: Text
  readonly plural: Text
  /** The field people know a record by, and its code. */
  readonly title: keyof F & string
  readonly code?: keyof F & string
  readonly fields: F
  readonly scope: ScopeColumns
  /** Rows that live and die with another kind: its rights hold, it has no create or delete of its own. */
  readonly partOf?: { readonly kind: string; readonly column: string }
  readonly list: {
    readonly columns: readonly (keyof F & string)[]
    readonly sort: string
    readonly filters: readonly (keyof F & string)[]
    readonly sums?: readonly (keyof F & string)[]
    readonly views?: readonly ListView[]
  }
  readonly page: {
    readonly facts: readonly (keyof F & string)[]
    readonly sections: readonly {
      readonly id: string
      readonly title: Text
      readonly fields: readonly (keyof F & string)[]
    }[]
    /** Kinds listed as tabs, joined by their column to this record. */
    readonly related?: readonly {
      readonly kind: string
      readonly column: string
    }[]
  }
  /** Columns that no form shows, in words for the trail. */
  readonly tracked?: Readonly<Record<string, Text>>
  /** Clause of the handbook that governs it, e.g. `fn:C5`. */
  readonly clause: string
  /**
   * What a person should know of records that a list brings, besides its faults. They stand in the temporary table `said_record`: the
   * columns named, and `record_id` of the record each is, null for a new one.
   */
  readonly doubts?: (tx: Tx, columns: readonly string[]) => Promise<Text[]>
  /** Runs in the same transaction before a write; throws a Refusal. */
  readonly guard?: (ctx: Ctx, change: { before: Row | null; after: Row | null }) => Promise<void>
}

/** A row as read: columns of the declaration plus `id` and `rev`. Amounts are decimal strings. */
export type Row = Readonly<Record<string, unknown>> & {
  readonly id: number
  readonly rev: number
}

/** Declares a kind; the type parameter checks that every named field exists, and is forgotten after that. */
export function defineKind<const F extends Record<string, Field>>(kind: Kind<F>): Kind {
  // Fields are looked up by names from outside: none of them is to find what every object brings along.
  const fields = Object.freeze(Object.assign(Object.create(null), kind.fields))
  return Object.freeze({ ...kind, fields }) as unknown as Kind
}

/** The kind whose rights hold for this one: itself, or the kind it is part of. */
export const rightKindOf = (kind: Kind): string => kind.partOf?.kind ?? kind.id
