import { z } from '@hono/zod-openapi'
import { type Route, route } from '../http/route.ts'
import { notFound } from '../refusal.ts'
import { changeRoutes } from './change-routes.ts'
import { contentAnswer } from './content.ts'
import { formRoute } from './form-route.ts'
import { editionList, editionOf } from './rows.ts'
import { walkRoute } from './walk-route.ts'
import { contentSchema, editionListSchema } from './wire.ts'

const idParam = z.object({ id: z.string().regex(/^(effective|\d{1,9})$/) })
const tag = 'Handbook'
// Whoever works in the department may read the handbook he works by.
const access = { who: 'signed-in' } as const

export const handbookRoutes: Route[] = [
  walkRoute,
  formRoute,
  route(
    {
      method: 'get',
      path: '/api/v1/handbook/editions',
      tag,
      access,
      summary: { zh: '手册各版', en: 'Editions of the handbook' },
      answer: editionListSchema,
    },
    (ctx) => editionList(ctx),
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
    async (ctx, call) => contentAnswer((await editionOf(ctx, call.params.id)).edition, call.request),
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
        lang: z.enum(['zh', 'en', 'both']).default('zh'),
        part: z.string().max(60).optional(),
      }),
    },
    async (ctx, call) => {
      const { edition } = await editionOf(ctx, call.params.id)
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
  ...changeRoutes,
]
