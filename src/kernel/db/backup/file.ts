import { createHash } from 'node:crypto'
import type { Anchor } from '../../audit/verify.ts'

/**
 * A backup is one gzip file of lines: a head, then for each table a line that names it, its rows as COPY writes them, and a line with
 * their count and hash; at the end a foot. A file without its foot was cut off.
 */
export const format = 1

export interface Head {
  readonly kambook: typeof format
  readonly at: string
  readonly migrations: readonly string[]
  readonly tables: number
  /** Where each sequence goes on. */
  readonly sequences: readonly { readonly name: string; readonly value: string }[]
  /** Up to where both logs were chained; not in backups of older programs. */
  readonly chain?: readonly Anchor[]
}
export interface TableHead {
  readonly table: string
  readonly columns: readonly string[]
}
export interface TableFoot {
  readonly rows: number
  readonly sha256: string
}
export interface Foot {
  readonly end: true
  readonly rows: number
}

/** COPY's own mark for the end of rows; no row can be this line. */
export const endOfRows = '\\.'

/** Keeps the hash of bytes and their number of lines. */
export class Tally {
  readonly #hash = createHash('sha256')
  #rows = 0
  take(chunk: Buffer): void {
    this.#hash.update(chunk)
    for (const byte of chunk) if (byte === 10) this.#rows += 1
  }
  result(): TableFoot {
    return { rows: this.#rows, sha256: this.#hash.digest('hex') }
  }
}

/** Tables whose rows the program makes anew by itself: migrations are run, row security is written from the declarations, rows are looked at anew for the chain. */
const remade = [
  'kysely_migration',
  'kysely_migration_lock',
  'declaration_stamp',
  'log_floor',
  'graphile_worker.migrations',
]

/** Every table with its columns as COPY takes them, in a fixed order; `$1` are the tables left out. */
export const tablesQuery = {
  text: `select case n.nspname when 'public' then quote_ident(c.relname) else quote_ident(n.nspname) || '.' || quote_ident(c.relname) end as "table",
      (select array_agg(quote_ident(a.attname) order by a.attnum) from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname in ('public', 'graphile_worker') order by 1`,
  wanted: (table: string): boolean => !remade.includes(table),
}

export const sequencesQuery = `select quote_ident(schemaname) || '.' || quote_ident(sequencename) as name, last_value::text as value
  from pg_sequences where schemaname in ('public', 'graphile_worker') and last_value is not null order by 1`
