import { z } from '@hono/zod-openapi'
import { type Route, route } from '../http/route.ts'
import { fileAnswer } from '../records/export.ts'
import { exportFileOf, exportInput, exportRunSchema, listExports, makeExport, readExport } from './exports.ts'

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
  route(
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
    (ctx, { json }) => makeExport(ctx, json),
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
  route(
    {
      method: 'get',
      path: '/api/v1/exports/{id}/file',
      tag,
      access,
      params,
      summary: { zh: '下载导出的文件', en: 'Download an exported file' },
    },
    async (ctx, call) => fileAnswer(await exportFileOf(ctx, call.params.id)),
  ),
]
