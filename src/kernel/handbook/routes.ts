import { z } from '@hono/zod-openapi'
import { longRoute, type Route, route } from '../http/route.ts'
import { longFile } from '../jobs/long.ts'
import { notFound } from '../refusal.ts'
import { changeRoutes } from './change-routes.ts'
import { contentAnswer } from './content.ts'
import { formRoute } from './form-route.ts'
import { isPart, printAsked } from './print-job.ts'
import { approvalsOf } from './requests.ts'
import { editionList, editionOf } from './rows.ts'
import { walkRoute } from './walk-route.ts'
import { approvalSchema, contentSchema, editionListSchema } from './wire.ts'

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
      path: '/api/v1/handbook/approvals',
      tag,
      access,
      summary: { zh: '等第二人批准的版次', en: 'Editions that wait for a second person' },
      answer: z.object({ items: z.array(approvalSchema) }),
    },
    (ctx) => approvalsOf(ctx),
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
  longRoute(
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
    (acting, call) =>
      longFile(acting, async (ctx) => {
        const { row, edition } = await editionOf(ctx, call.params.id)
        const { format, lang, part } = call.query
        if (!row || (part !== undefined && !isPart(edition, part))) throw notFound()
        return printAsked({ id: row.id, hash: edition.hash }, { format, lang, ...(part ? { part } : {}) })
      }),
  ),
  ...changeRoutes,
]
