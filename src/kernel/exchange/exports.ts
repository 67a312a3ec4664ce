import { z } from '@hono/zod-openapi'
import { sql } from 'kysely'
import type { Text } from '../../handbook/model.ts'
import { exportTold } from '../audit/security.ts'
import { actForAsker } from '../auth/acting.ts'
import type { Acting, Ctx } from '../context.ts'
import { download } from '../http/download.ts'
import { refusalOfInput } from '../http/problem.ts'
import type { Asked, HeavyKind } from '../jobs/heavy.ts'
import { keptBy } from '../kept/kept.ts'
import { exportedFile, exportSchema } from '../records/export.ts'
import { type Kind, rightKindOf } from '../records/kind.ts'
import { invalid, notFound } from '../refusal.ts'
import { requireRight } from '../rights/may.ts'

const text = z.object({ zh: z.string(), en: z.string() })

export const exportInput = z
  .strictObject({
    kind: z.string().max(60),
    format: z.enum(['xlsx', 'csv']).default('xlsx'),
    /** What the list of the kind takes: filters, `q`, `sort`. */
    filter: z.record(z.string(), z.string()).default({}),
    columns: z.array(z.string().max(60)).min(1).max(200).optional(),
    lang: z.enum(['zh', 'en']).optional(),
  })
  .openapi('ExportInput')
export type ExportInput = z.infer<typeof exportInput>

export const exportRunSchema = z
  .object({
    id: z.number().int(),
    kind: z.string(),
    label: text,
    format: z.enum(['xlsx', 'csv']),
    filter: z.record(z.string(), z.string()),
    columns: z.array(z.string()).nullable(),
    fileName: z.string(),
    rows: z.number().int(),
    size: z.number().int(),
    createdAt: z.string(),
    /** Address of the file; `null` once it is no longer kept. */
    file: z.string().nullable(),
  })
  .openapi('Export')
export type ExportRun = z.infer<typeof exportRunSchema>

interface Row {
  id: number
  kind: string
  format: ExportRun['format']
  filter: Record<string, string>
  columns: string[] | null
  file_name: string
  rows: number
  size: number
  created_at: Date
  there: boolean
}

const columns = sql`r.id, r.kind, r.format, r.filter, r.columns, r.file_name, r.rows, r.size, r.created_at,
  r.kept_until > now() and exists (select from export_file f where f.run_id = r.id) as there`

const presented = (ctx: Ctx, row: Row): ExportRun => ({
  id: row.id,
  kind: row.kind,
  label: labelOf(ctx, row.kind),
  format: row.format,
  filter: row.filter,
  columns: row.columns,
  fileName: row.file_name,
  rows: row.rows,
  size: row.size,
  createdAt: row.created_at.toISOString(),
  file: row.there ? `/api/v1/exports/${row.id}/file` : null,
})

const labelOf = (ctx: Ctx, kind: string): Text =>
  ctx.house.registry.kinds.get(kind)?.plural ?? { zh: kind, en: kind }

/**
 * Writes the records that a list would show under the same filter into a file that is kept as long as the edition says.
 * @throws Refusal 403 without the right to export; 422 for an unknown kind, filter or column, or too many rows
 */
export async function makeExport(ctx: Ctx, asked: ExportInput): Promise<ExportRun> {
  const { kind, query } = await judged(ctx, asked)
  const file = await exportedFile(ctx, kind, query)
  const { rows } = await sql<{ id: number }>`insert into export_run
      (person_id, kind, format, filter, columns, file_name, mime, rows, size, kept_until)
    values (app_person(), ${kind.id}, ${asked.format}, ${JSON.stringify(asked.filter)}::jsonb, ${asked.columns ?? null}::text[],
      ${file.name}, ${file.mime}, ${file.rows}, ${file.bytes.length},
      now() + make_interval(days => ${keptBy(ctx.edition.edition).exportsDays})) returning id`.execute(ctx.tx)
  const id = rows[0]?.id as number
  await sql`insert into export_file (run_id, bytes) values (${id}, ${Buffer.from(file.bytes)})`.execute(
    ctx.tx,
  )
  await sql`delete from export_file f using export_run r where r.id = f.run_id and r.kept_until < now()`.execute(
    ctx.tx,
  )
  return readExport(ctx, id)
}

/** Whether the asker may have it and whether it can be had, before anything is queued. */
async function judged(ctx: Ctx, asked: ExportInput): Promise<{ kind: Kind; query: Record<string, string> }> {
  const kind = ctx.house.registry.kinds.get(asked.kind)
  if (!kind)
    throw invalid({ zh: `没有“${asked.kind}”这种记录`, en: `There is no record kind “${asked.kind}”` }, [
      {
        path: 'kind',
        text: {
          zh: `可选：${[...ctx.house.registry.kinds.keys()].join('、')}`,
          en: `One of ${[...ctx.house.registry.kinds.keys()].join(', ')}`,
        },
      },
    ])
  await requireRight(ctx, rightKindOf(kind), 'export')
  const query = exportSchema(kind).safeParse({
    ...asked.filter,
    format: asked.format,
    ...(asked.columns ? { columns: asked.columns.join(',') } : {}),
    ...(asked.lang ? { lang: asked.lang } : {}),
  })
  if (!query.success) throw refusalOfInput(query.error)
  return { kind, query: query.data as Record<string, string> }
}

/** The export as a job of the asker's. */
export async function exportAsked(ctx: Ctx, asked: ExportInput): Promise<Asked> {
  await judged(ctx, asked)
  await exportTold(ctx, { kind: asked.kind, format: asked.format })
  return { kind: 'export', key: `${ctx.actor.userId} ${JSON.stringify(asked)}`, input: { ...asked } }
}

export const exportJob: HeavyKind = {
  id: 'export',
  label: { zh: '导出', en: 'Exporting' },
  lane: 'file',
  bounds: { memoryMb: 700, seconds: 600 },
  async run({ kernel, userId, lang, input }) {
    const acting = await actForAsker(kernel, userId, lang)
    return { answer: await acting.run((ctx) => makeExport(ctx, input as ExportInput)) }
  },
}

export async function readExport(ctx: Ctx, id: number): Promise<ExportRun> {
  const { rows } = await sql<Row>`select ${columns} from export_run r where r.id = ${id}`.execute(ctx.tx)
  if (!rows[0]) throw notFound()
  return presented(ctx, rows[0])
}

/** The asker's exports, newest first; `cursor` is the last id seen. */
export async function listExports(
  ctx: Ctx,
  cursor: number | undefined,
): Promise<{ items: ExportRun[]; next: string | null }> {
  const { rows } = await sql<Row>`select ${columns} from export_run r
    ${cursor ? sql`where r.id < ${cursor}` : sql``} order by r.id desc limit 51`.execute(ctx.tx)
  const items = rows.slice(0, 50).map((row) => presented(ctx, row))
  return { items, next: rows.length > 50 ? String(items.at(-1)?.id) : null }
}

/** The whole file at once: for a command, which is a program of its own. */
export async function exportFileOf(ctx: Ctx, id: number) {
  const { rows } = await sql<{
    file_name: string
    mime: string
    bytes: Buffer
  }>`select r.file_name, r.mime, f.bytes
    from export_run r join export_file f on f.run_id = r.id where r.id = ${id} and r.kept_until > now()`.execute(
    ctx.tx,
  )
  const row = rows[0]
  if (!row) throw notFound()
  return { name: row.file_name, mime: row.mime, bytes: new Uint8Array(row.bytes) }
}

const pieceSize = 1_000_000

/**
 * The file, a piece at a time, each read under the asker's own rights.
 * @throws Refusal 404 when it is no longer kept; as `download`
 */
export async function exportStreamOf(acting: Acting, id: number) {
  const { rows } = await acting.run((ctx) =>
    sql<{
      name: string
      mime: string
      size: number
    }>`select r.file_name as name, r.mime, octet_length(f.bytes) as size
      from export_run r join export_file f on f.run_id = r.id where r.id = ${id} and r.kept_until > now()`.execute(
      ctx.tx,
    ),
  )
  const [row] = rows
  if (!row) throw notFound()
  const bytes = await download(row.size, async (at) => {
    const piece = await acting.run((ctx) =>
      sql<{ bytes: Buffer }>`select substring(bytes from ${at + 1}::int for ${pieceSize}::int) as bytes
        from export_file where run_id = ${id}`.execute(ctx.tx),
    )
    return piece.rows[0] ? new Uint8Array(piece.rows[0].bytes) : null
  })
  return { name: row.name, mime: row.mime, bytes }
}
