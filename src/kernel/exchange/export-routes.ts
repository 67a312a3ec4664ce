import { z } from '@hono/zod-openapi'
import { longRoute, type Route, route } from '../http/route.ts'
import { longAnswer } from '../jobs/long.ts'
import { fileAnswer } from '../records/export.ts'
import {
  exportAsked,
  exportInput,
  exportRunSchema,
  exportStreamOf,
  listExports,
  readExport,
} from './exports.ts'

const access = { who: 'signed-in' } as const
const tag = 'Exports'
const params = z.object({ id: z.coerce.number().int().positive() })

/** Exports belong to whoever made them; making one asks for the right to export that kind. */
export const exportRoutes: Route[] = [
  route(
    {
      method: 'get',
      path: '/api/v1/exports',
      tag,
      access,
      summary: { zh: '本人的导出', en: 'The asker’s exports' },
      query: z.object({ cursor: z.coerce.number().int().positive().optional() }),
      answer: z.object({ items: z.array(exportRunSchema), next: z.string().nullable() }),
    },
    (ctx, { query }) => listExports(ctx, query.cursor),
  ),
  longRoute(
    {
      method: 'post',
      path: '/api/v1/exports',
      tag,
      access,
      status: 201,
      json: exportInput,
      summary: { zh: '导出一种记录', en: 'Export a record kind' },
      answer: exportRunSchema,
    },
    async (acting, { json }) => {
      const job = await longAnswer(acting, (ctx) => exportAsked(ctx, json))
      return job instanceof Response ? job : job.answer
    },
  ),
  route(
    {
      method: 'get',
      path: '/api/v1/exports/{id}',
      tag,
      access,
      params,
      summary: { zh: '一次导出', en: 'One export' },
      answer: exportRunSchema,
    },
    (ctx, call) => readExport(ctx, call.params.id),
  ),
  longRoute(
    {
      method: 'get',
      path: '/api/v1/exports/{id}/file',
      tag,
      access,
      params,
      summary: { zh: '下载导出的文件', en: 'Download an exported file' },
    },
    async (acting, call) => fileAnswer(await exportStreamOf(acting, call.params.id)),
  ),
]
