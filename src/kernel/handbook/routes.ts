import { z } from '@hono/zod-openapi'
import { sql } from 'kysely'
import { outline } from '../../handbook/outline.ts'
import type { Ctx } from '../context.ts'
import { type Route, route } from '../http/route.ts'
import { notFound } from '../refusal.ts'
import { effectiveEditions } from './effective.ts'
import { walkRoute } from './walk-route.ts'
import { contentSchema, type EditionRow, editionRowSchema } from './wire.ts'

const idParam = z.object({ id: z.string().regex(/^(effective|\d{1,9})$/) })
const tag = 'Handbook'
// Whoever works in the department may read the handbook he works by.
const access = { who: 'signed-in' } as const

async function editionsOf(ctx: Ctx): Promise<EditionRow[]> {
  const { rows } = await sql<{
    id: number
    number: string
    title_zh: string
    title_en: string
    status: EditionRow['status']
    effective_from: string
    published_at: Date
  }>`select id, number, title_zh, title_en, status, effective_from, published_at from edition order by id desc`.execute(
    ctx.tx,
  )
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    title: { zh: row.title_zh, en: row.title_en },
    status: row.status,
    effectiveFrom: row.effective_from,
    publishedAt: row.published_at.toISOString(),
  }))
}

async function editionOf(ctx: Ctx, id: string) {
  if (id === 'effective' || Number(id) === ctx.edition.id) return ctx.edition.edition
  const known = (await editionsOf(ctx)).find((one) => one.id === Number(id))
  if (!known) throw notFound()
  return effectiveEditions(ctx.kernel.db).byId(known.id)
}

export const handbookRoutes: Route[] = [
  walkRoute(editionOf),
  route(
    {
      method: 'get',
      path: '/api/v1/handbook/editions',
      tag,
      access,
      summary: { zh: '手册各版', en: 'Editions of the handbook' },
      answer: z.object({ items: z.array(editionRowSchema) }),
    },
    async (ctx) => ({ items: await editionsOf(ctx) }),
  ),
  route(
    {
      method: 'get',
      path: '/api/v1/handbook/editions/{id}/content',
      tag,
      access,
      summary: { zh: '手册内容', en: 'Content of an edition' },
      params: idParam,
      answer: contentSchema,
    },
    async (ctx, call) => {
      const { files: _, ...edition } = await editionOf(ctx, call.params.id)
      return { edition, outline: outline(edition as typeof ctx.edition.edition) }
    },
  ),
  route(
    {
      method: 'get',
      path: '/api/v1/handbook/editions/{id}/document',
      tag,
      access,
      summary: { zh: '印出手册或其中一部分', en: 'Print an edition or a part of it' },
      params: idParam,
      query: z.object({
        format: z.enum(['docx', 'pdf', 'html']),
        lang: z.enum(['zh', 'en']).default('zh'),
        part: z.string().max(60).optional(),
      }),
    },
    async (ctx, call) => {
      const edition = await editionOf(ctx, call.params.id)
      const { format, lang, part } = call.query
      // Printing brings two large libraries along: they are loaded when somebody prints.
      const { printEdition } = await import('../../handbook/print/print.ts')
      const printed = await printEdition(edition, { format, lang, ...(part ? { part } : {}) })
      if (!printed) throw notFound()
      return new Response(new Uint8Array(printed.bytes), {
        headers: {
          'content-type': printed.mime,
          'content-disposition': `attachment; filename="handbook.${format}"; filename*=UTF-8''${encodeURIComponent(printed.fileName)}`,
        },
      })
    },
  ),
]
