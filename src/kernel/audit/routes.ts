import { z } from '@hono/zod-openapi'
import { sql } from 'kysely'
import { actForAsker } from '../auth/acting.ts'
import type { Ctx } from '../context.ts'
import { longRoute, type Route, route } from '../http/route.ts'
import type { HeavyKind } from '../jobs/heavy.ts'
import { longFile } from '../jobs/long.ts'
import { csvText, momentText } from '../records/export.ts'
import { Refusal } from '../refusal.ts'
import { requireSystemPart } from '../rights/may.ts'
import { exportTold } from './security.ts'
import { trailsOf } from './trail.ts'

const text = z.object({ zh: z.string(), en: z.string() })
const mostRows = 50_000

const entry = z
  .object({
    id: z.number().int(),
    at: z.string(),
    who: z.string().nullable(),
    login: z.string().nullable(),
    kind: z.string(),
    /** What it is, in words, and the fields that changed. */
    label: text.nullable(),
    fields: z.array(text),
    recordId: z.number().int(),
    /** Whether the asker may read what was written: with the right to read the record, and not by the right to the trail. */
    open: z.boolean(),
    /** What the record is called now, as far as the asker sees it. */
    title: z.string().nullable(),
    action: z.enum(['create', 'update', 'delete']),
    edition: z.string().nullable(),
    /** `{ field: [from, to] }`; empty where the values are not open to the asker. */
    changes: z.record(z.string(), z.array(z.unknown())),
  })
  .openapi('AuditEntry')

/** Titles of the records a page of the trail is about; row security leaves out what the asker may not see. */
async function titlesOf(
  ctx: Ctx,
  rows: readonly { kind: string; recordId: number }[],
): Promise<Map<string, string>> {
  const titles = new Map<string, string>()
  for (const kind of ctx.house.registry.kinds.values()) {
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

const asked = z.object({
  /** Part of a person's name or login, or of a value that was written. */
  q: z.string().trim().max(100).optional(),
  kind: z.string().max(60).optional(),
  person: z.coerce.number().int().positive().optional(),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
})
type Asked = z.infer<typeof asked>
type Entry = z.infer<typeof entry>

/**
 * Entries that fit, newest first, before the entry `cursor`. Who did what to which kind of record, and when, is open to whoever reads the
 * trail; what was written is open to whoever may read the record, and is searched for nobody else: the database itself holds it back.
 */
async function entriesOf(ctx: Ctx, query: Asked, limit: number, cursor: number | null): Promise<Entry[]> {
  const like = sql`'%' || escape_like(${query.q ?? ''}) || '%'`
  const { rows } = await sql<
    Omit<Entry, 'at' | 'title' | 'label' | 'fields'> & { at: Date; names: string[] }
  >`select a.id, a.at, called(p) as who,
      login_of(a.user_id) as login, a.kind, a.record_id as "recordId", a.action, e.number as edition, a.open, a.fields as names, a.changes
    from audit_told a left join person p on p.id = a.person_id left join edition e on e.id = a.edition_id
    where true ${query.kind ? sql`and a.kind = ${query.kind}` : sql``}
      ${query.person ? sql`and a.person_id = ${query.person}` : sql``}
      ${query.from ? sql`and a.at >= ${query.from}::date` : sql``}
      ${query.to ? sql`and a.at < ${query.to}::date + 1` : sql``}
      ${query.q ? sql`and (p.name ilike ${like} or p.name_en ilike ${like} or login_of(a.user_id) ilike ${like} or exists (select from jsonb_each(a.changes) c where c.value::text ilike ${like}))` : sql``}
      ${cursor === null ? sql`` : sql`and a.id < ${cursor}`}
    order by a.id desc limit ${limit}`.execute(ctx.tx)
  const titles = await titlesOf(ctx, rows)
  const trails = trailsOf(ctx.house.registry)
  return rows.map(({ names, ...row }) => {
    const trail = trails.get(row.kind)
    return {
      ...row,
      at: row.at.toISOString(),
      title: titles.get(`${row.kind}:${row.recordId}`) ?? null,
      label: trail?.label ?? null,
      fields: names.flatMap((id) => trail?.fields[id] ?? []),
    }
  })
}

const acts = {
  create: { zh: '新建', en: 'Created' },
  update: { zh: '修改', en: 'Changed' },
  delete: { zh: '删除', en: 'Deleted' },
}
const heads = {
  zh: ['时间', '人员', '账号', '做了什么', '种类', '记录', '字段', '版次'],
  en: ['Time', 'Person', 'Login', 'What', 'Kind', 'Record', 'Fields', 'Edition'],
}

/** What the list shows under the same conditions as CSV: kinds and fields in words, values stay where they are. */
async function exported(ctx: Ctx, query: Asked) {
  const { lang } = ctx
  const entries = await entriesOf(ctx, query, mostRows + 1, null)
  if (entries.length > mostRows)
    throw new Refusal(422, 'too-many-rows', {
      zh: `没有导出：超过 ${mostRows.toLocaleString('en')} 行，先缩短日期或选一个种类`,
      en: `Not exported: more than ${mostRows.toLocaleString('en')} rows. Narrow the dates or choose a kind first`,
    })
  const lines = entries.map((one) => [
    momentText(one.at),
    one.who ?? '',
    one.login ?? '',
    acts[one.action][lang],
    one.label?.[lang] ?? '',
    one.title ?? '',
    one.fields.map((field) => field[lang]).join(lang === 'zh' ? '、' : '; '),
    one.edition ?? '',
  ])
  const csv = [heads[lang], ...lines].map((line) => line.map(csvText).join(',')).join('\r\n')
  return {
    name: `${{ zh: '审计记录', en: 'Audit trail' }[lang]} ${ctx.clock.today()}.csv`,
    mime: 'text/csv; charset=utf-8',
    bytes: new TextEncoder().encode(`\ufeff${csv}\r\n`),
  }
}

/** The trail as a file for whoever may audit. */
export const auditJob: HeavyKind = {
  id: 'audit',
  label: { zh: '导出审计记录', en: 'Exporting the audit trail' },
  lane: 'file',
  bounds: { memoryMb: 500, seconds: 300 },
  async run({ kernel, userId, lang, input }) {
    const acting = await actForAsker(kernel, userId, lang)
    return {
      file: await acting.run(async (ctx) => {
        await requireSystemPart(ctx, 'audit', 'export')
        return exported(ctx, input as Asked)
      }),
    }
  },
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
      query: asked.extend({
        cursor: z.string().regex(/^\d+$/).optional(),
        limit: z.coerce.number().int().min(1).max(200).default(50),
      }),
      answer: z.object({
        items: z.array(entry),
        next: z.string().nullable(),
        /** What may be asked for by `kind`. */
        kinds: z.array(z.object({ id: z.string(), label: text })),
        mayExport: z.boolean(),
      }),
    },
    async (ctx, { query }) => {
      const found = await entriesOf(ctx, query, query.limit + 1, query.cursor ? Number(query.cursor) : null)
      const items = found.slice(0, query.limit)
      return {
        items,
        next: found.length > query.limit ? String(items.at(-1)?.id) : null,
        kinds: [...trailsOf(ctx.house.registry).values()].map(({ id, label }) => ({ id, label })),
        mayExport: ctx.can['system.audit.export'] !== undefined,
      }
    },
  ),
  longRoute(
    {
      method: 'get',
      path: '/api/v1/audit/export',
      tag: 'Audit',
      access: { who: 'system', part: 'audit', verb: 'export' },
      summary: { zh: '导出操作记录', en: 'Export the audit trail' },
      query: asked,
    },
    (acting, { query }) =>
      longFile(acting, async (ctx) => {
        await exportTold(ctx, { kind: 'audit', format: 'csv' })
        return {
          kind: 'audit',
          key: `${ctx.actor.userId} ${ctx.lang} ${JSON.stringify(query)}`,
          input: query,
        }
      }),
  ),
]
