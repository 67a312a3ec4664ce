import { type RawBuilder, sql } from 'kysely'
import type { Text } from '../../../handbook/model.ts'
import type { Tx } from '../../db/database.ts'
import type { Kind } from '../../records/kind.ts'
import type { Count } from '../importer.ts'

/** Whether a staged row says of a record what the record does not say yet; what it leaves empty says nothing. */
const differs = (kind: Kind, columns: readonly string[]): RawBuilder<boolean> =>
  sql`(${sql.join(
    [
      sql`false`,
      ...columns
        .filter((id) => id !== kind.code)
        .map(
          (id) => sql`(s.${sql.ref(id)} is not null and s.${sql.ref(id)} is distinct from r.${sql.ref(id)})`,
        ),
    ],
    sql` or `,
  )})`

/** New, changed and unchanged, by comparing what is staged with what stands in the records. */
export async function countOf(tx: Tx, kind: Kind, columns: readonly string[]): Promise<Count> {
  const { rows } = await sql<{ fresh: number; changed: number; same: number }>`select
      count(*) filter (where r.id is null)::int as fresh,
      count(*) filter (where r.id is not null and ${differs(kind, columns)})::int as changed,
      count(*) filter (where r.id is not null and not ${differs(kind, columns)})::int as same
    from said_record s left join ${sql.table(kind.table)} r on r.id = s.record_id`.execute(tx)
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
    ])} from said_record s where s.record_id = r.id and ${differs(kind, rest)}`.execute(tx)
  await sql`insert into ${table} (${all}) select ${all} from said_record s
    where s.record_id is null order by s.${code}`.execute(tx)
}

/** Records that get another title, old and new: a list that names things otherwise is told of. */
export async function renamedBy(tx: Tx, kind: Kind, columns: readonly string[]): Promise<Text[]> {
  if (!columns.includes(kind.title) || kind.title === kind.code) return []
  const title = sql.ref(kind.title)
  const { rows } = await sql<{
    all: number
    before: string
    after: string
  }>`select count(*) over ()::int as all,
      r.${title} as before, s.${title} as after
    from said_record s join ${sql.table(kind.table)} r on r.id = s.record_id
    where s.${title} is not null and s.${title} <> r.${title} order by r.id limit 5`.execute(tx)
  const [first] = rows
  if (!first) return []
  const more = first.all > rows.length
  return [
    {
      zh: `${first.all} 条改名：${rows.map(({ before, after }) => `“${before}”改为“${after}”`).join('，')}${more ? ' 等' : ''}`,
      en: `${first.all} renamed: ${rows.map(({ before, after }) => `“${before}” becomes “${after}”`).join(', ')}${more ? ' and others' : ''}`,
    },
  ]
}
