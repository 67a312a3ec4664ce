import { sql } from 'kysely'
import type { Tx } from '../../db/database.ts'
import type { Kind } from '../../records/kind.ts'
import type { Mapping, RowFault, Taken } from '../importer.ts'
import { type Kinds, type ListRow, mappedFields, rowsOf, type Standing } from './rows.ts'

/**
 * Lays the sound rows into a temporary table of this transaction, `said_record`, typed as the records are.
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
    select ${said} from jsonb_populate_recordset(null::${sql.table(kind.table)}, ${JSON.stringify(rows)}::jsonb)`.execute(
    tx,
  )
  await sql`analyze said_record`.execute(tx)
  return { columns, faults }
}

async function standing(tx: Tx, kind: Kind, codes: readonly string[]): Promise<Standing> {
  const code = kind.code as string
  const kept = Object.entries(kind.fields).flatMap(([id, { settled }]) =>
    settled || id === code ? [sql.ref(id)] : [],
  )
  const { rows } = await sql<ListRow>`select ${sql.join(kept)} from ${sql.table(kind.table)}
    where ${sql.ref(code)} = any(${codes as string[]}::text[])`.execute(tx)
  return new Map(rows.map((row) => [String(row[code]), row]))
}
