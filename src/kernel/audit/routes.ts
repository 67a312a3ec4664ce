import { z } from '@hono/zod-openapi'
import { sql } from 'kysely'
import type { Ctx } from '../context.ts'
import { type Route, route } from '../http/route.ts'

const entry = z
  .object({
    id: z.number().int(),
    at: z.string(),
    who: z.string().nullable(),
    login: z.string().nullable(),
    kind: z.string(),
    recordId: z.number().int(),
    /** What the record is called now, as far as the asker sees it. */
    title: z.string().nullable(),
    action: z.enum(['create', 'update', 'delete']),
    edition: z.string().nullable(),
    /** `{ field: [from, to] }` */
    changes: z.record(z.string(), z.array(z.unknown())),
  })
  .openapi('AuditEntry')

/** Titles of the records a page of the trail is about; row security leaves out what the asker may not see. */
async function titlesOf(
  ctx: Ctx,
  rows: readonly { kind: string; recordId: number }[],
): Promise<Map<string, string>> {
  const titles = new Map<string, string>()
  for (const kind of ctx.kernel.registry.kinds.values()) {
    const ids = [...new Set(rows.flatMap((row) => (row.kind === kind.id ? [row.recordId] : [])))]
    if (ids.length === 0) continue
    const found = await sql<{
      id: number
      title: string
    }>`select id, ${sql.ref(kind.title)}::text as title from ${sql.table(kind.table)} where id = any(${ids}::int[])`.execute(
      ctx.tx,
    )
    for (const one of found.rows) titles.set(`${kind.id}:${one.id}`, one.title)
  }
  return titles
}

/** The whole trail, newest first, for those who audit; the history of one record is read with the record. */
export const auditRoutes: Route[] = [
  route(
    {
      method: 'get',
      path: '/api/v1/audit',
      tag: 'Audit',
      access: { who: 'system', part: 'audit', verb: 'read' },
      summary: { zh: '操作记录', en: 'Audit trail' },
      query: z.object({
        kind: z.string().max(60).optional(),
        person: z.coerce.number().int().positive().optional(),
        from: z.iso.date().optional(),
        to: z.iso.date().optional(),
        cursor: z.string().regex(/^\d+$/).optional(),
        limit: z.coerce.number().int().min(1).max(200).default(50),
      }),
      answer: z.object({ items: z.array(entry), next: z.string().nullable() }),
    },
    async (ctx, { query }) => {
      const { rows } = await sql<
        Omit<z.infer<typeof entry>, 'at' | 'title'> & { at: Date }
      >`select a.id, a.at, called(p) as who, login_of(a.user_id) as login,
          a.kind, a.record_id as "recordId", a.action, e.number as edition, a.changes
        from audit a left join person p on p.id = a.person_id
        left join edition e on e.id = a.edition_id
        where true ${query.kind ? sql`and a.kind = ${query.kind}` : sql``}
          ${query.person ? sql`and a.person_id = ${query.person}` : sql``}
          ${query.from ? sql`and a.at >= ${query.from}::date` : sql``}
          ${query.to ? sql`and a.at < ${query.to}::date + 1` : sql``}
          ${query.cursor ? sql`and a.id < ${Number(query.cursor)}` : sql``}
        order by a.id desc limit ${query.limit + 1}`.execute(ctx.tx)
      const page = rows.slice(0, query.limit)
      const titles = await titlesOf(ctx, page)
      const items = page.map((row) => ({
        ...row,
        at: row.at.toISOString(),
        title: titles.get(`${row.kind}:${row.recordId}`) ?? null,
      }))
      return { items, next: rows.length > query.limit ? String(items.at(-1)?.id) : null }
    },
  ),
]
