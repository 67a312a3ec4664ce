import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../db/database.ts'
import { keyOf } from '../../records/key.ts'
import type { Kind } from '../../records/kind.ts'
import type { Mapping, RowFault, Taken } from '../importer.ts'
import { type Kinds, type ListRow, mappedFields, rowsOf, type Standing } from './rows.ts'

/**
 * Lays the sound rows into a temporary table of this transaction, `said_record`, typed as the records are, each with the `record_id` of
 * the record that its code means; null for a new one.
 * @returns the columns that the file has, the code among them, and the rows that cannot be written
 */
export async function stage(
  tx: Tx,
  kind: Kind,
  kinds: Kinds,
  sheets: Taken,
  mapping: Mapping,
): Promise<{ columns: string[]; faults: RowFault[] }> {
  const { rows, faults } = await rowsOf(tx, kind, kinds, sheets, mapping, (codes) =>
    standing(tx, kind, codes),
  )
  const columns = mappedFields(kind, mapping).map(([id]) => id)
  const said = sql.join(columns.map((id) => sql.ref(id)))
  await sql`create temporary table said_record on commit drop as
    select ${said}, ${recordOf(kind)} as record_id
    from jsonb_populate_recordset(null::${sql.table(kind.table)}, ${JSON.stringify(rows)}::jsonb) s`.execute(
    tx,
  )
  await sql`analyze said_record`.execute(tx)
  return { columns, faults }
}

/** The record that the code of a staged row `s` means: spelled just so, else under the same key. */
function recordOf(kind: Kind): RawBuilder<number | null> {
  const code = sql.ref(kind.code as string)
  const table = sql.table(kind.table)
  const exact = sql<number | null>`(select r.id from ${table} r where r.${code} = s.${code})`
  if (!alike(kind)) return exact
  return sql`coalesce(${exact}, (select min(r.id) from ${table} r where key_of(r.${code}) = key_of(s.${code})))`
}

const alike = (kind: Kind): boolean => kind.fields[kind.code as string]?.alike ?? false

async function standing(tx: Tx, kind: Kind, codes: readonly string[]): Promise<Standing> {
  const code = kind.code as string
  const kept = Object.entries(kind.fields).flatMap(([id, { settled }]) =>
    settled || id === code ? [sql.ref(id)] : [],
  )
  const meant = alike(kind)
    ? sql`key_of(${sql.ref(code)}) = any(${codes.map(keyOf)}::text[])`
    : sql`${sql.ref(code)} = any(${codes as string[]}::text[])`
  const { rows } = await sql<ListRow>`select ${sql.join(kept)} from ${sql.table(kind.table)}
    where ${meant} order by id desc`.execute(tx)
  const known = new Map<string, ListRow>()
  // The oldest of those under one key last: it is the one that a new spelling means.
  if (alike(kind)) for (const row of rows) known.set(keyOf(String(row[code])), row)
  for (const row of rows) known.set(String(row[code]), row)
  return known
}
