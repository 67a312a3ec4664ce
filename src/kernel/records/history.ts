import { sql } from 'kysely'
import type { Ctx } from '../context.ts'
import type { Kind } from './kind.ts'
import { readRecord, referenceTitle } from './read.ts'
import { type History, outsideReference } from './wire.ts'

interface AuditRow {
  id: number
  at: Date
  who: string | null
  action: 'create' | 'update' | 'delete'
  edition: string | null
  changes: Record<string, [unknown, unknown]>
}

/** What happened to a record, newest first; references shown by title, as `{id: null, title: null}` outside the
 * reader's scope. Whoever sees the record sees its history. */
export async function historyOf(ctx: Ctx, kind: Kind, id: number, before: number | null): Promise<History> {
  await readRecord(ctx, kind, id)
  const { rows } =
    await sql<AuditRow>`select a.id, a.at, called(p) as who, a.action, e.number as edition, a.changes
    from audit_told a left join person p on p.id = a.person_id left join edition e on e.id = a.edition_id
    where a.kind = ${kind.id} and a.record_id = ${id} ${before === null ? sql`` : sql`and a.id < ${before}`}
    order by a.id desc limit 51`.execute(ctx.tx)
  const titles = await titlesIn(ctx, kind, rows)
  const show = (field: string, value: unknown) =>
    kind.fields[field]?.type === 'reference' && value !== null && value !== undefined
      ? (titles.get(`${field}:${value}`) ?? outsideReference)
      : value
  return {
    items: rows.slice(0, 50).map((row) => ({
      at: row.at.toISOString(),
      who: row.who ?? '',
      action: row.action,
      edition: row.edition,
      changes: Object.entries(row.changes)
        .filter(([field]) => kind.fields[field])
        .map(([field, [from, to]]) => ({
          field,
          from: show(field, from),
          to: show(field, to),
        })),
    })),
    next: rows.length > 50 ? String(rows[49]?.id) : null,
  }
}

async function titlesIn(ctx: Ctx, kind: Kind, rows: readonly AuditRow[]): Promise<Map<string, string>> {
  const titles = new Map<string, string>()
  for (const [field, declared] of Object.entries(kind.fields)) {
    if (declared.type !== 'reference') continue
    const ids = [...new Set(rows.flatMap((row) => row.changes[field] ?? []))].filter((one) =>
      Number.isInteger(one),
    )
    if (ids.length === 0) continue
    const { table, title } = referenceTitle(ctx, declared.to ?? '')
    const found = await sql<{
      id: number
      title: string
    }>`select t.id, ${title('t')} as title from ${sql.table(table)} t
      where t.id = any(${ids as number[]}::int[])`.execute(ctx.tx)
    for (const one of found.rows) titles.set(`${field}:${one.id}`, one.title)
  }
  return titles
}
