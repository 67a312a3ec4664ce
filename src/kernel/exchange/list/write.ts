import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../db/database.ts'
import type { Kind } from '../../records/kind.ts'
import type { Count } from '../importer.ts'

/** Whether a staged row says of a record what the record does not say yet; what it leaves empty says nothing. */
const differs = (columns: readonly string[]): RawBuilder<boolean> =>
  sql`(${sql.join(
    columns.map(
      (id) => sql`(s.${sql.ref(id)} is not null and s.${sql.ref(id)} is distinct from r.${sql.ref(id)})`,
    ),
    sql` or `,
  )})`

/** New, changed and unchanged, by comparing what is staged with what stands in the records. */
export async function countOf(tx: Tx, kind: Kind, columns: readonly string[]): Promise<Count> {
  const { rows } = await sql<{ fresh: number; changed: number; same: number }>`select
      count(*) filter (where r.id is null)::int as fresh,
      count(*) filter (where r.id is not null and ${differs(columns)})::int as changed,
      count(*) filter (where r.id is not null and not ${differs(columns)})::int as same
    from said_record s left join ${sql.table(kind.table)} r using (${sql.ref(kind.code as string)})`.execute(
    tx,
  )
  return { id: kind.id, label: kind.plural, ...(rows[0] as { fresh: number; changed: number; same: number }) }
}

/** Makes what is new and brings the rest up to date; rows that say nothing new keep their revision. */
export async function writeStaged(tx: Tx, kind: Kind, columns: readonly string[]): Promise<void> {
  const code = sql.ref(kind.code as string)
  const table = sql.table(kind.table)
  const all = sql.join(columns.map((id) => sql.ref(id)))
  const rest = columns.filter((id) => id !== kind.code && !kind.fields[id]?.settled)
  if (rest.length > 0)
    await sql`update ${table} r set ${sql.join([
      ...rest.map((id) => sql`${sql.ref(id)} = coalesce(s.${sql.ref(id)}, r.${sql.ref(id)})`),
      sql`rev = r.rev + 1`,
      sql`updated_at = app_now()`,
    ])} from said_record s where s.${code} = r.${code} and ${differs(rest)}`.execute(tx)
  await sql`insert into ${table} (${all}) select ${all} from said_record s
    where not exists (select from ${table} r where r.${code} = s.${code}) order by s.${code}`.execute(tx)
}
