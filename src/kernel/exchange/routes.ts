import { z } from '@hono/zod-openapi'
import { longRoute, type Route, route } from '../http/route.ts'
import { longFile } from '../jobs/long.ts'
import { Refusal } from '../refusal.ts'
import { faultsAsked } from './faults-sheet.ts'
import { readFileOnce } from './opened.ts'
import { bookBefore, prepareRun } from './prepare.ts'
import { loadsOf, proposalOf } from './proposal.ts'
import {
  cancelRun,
  checkSize,
  faultsOf,
  importerOf,
  listRuns,
  openRun,
  presentRun,
  readRunAnew,
  requireImport,
  runById,
  tryRun,
  writeRun,
} from './runs.ts'
import {
  faultSchema,
  importRowSchema,
  importSchema,
  loadsSchema,
  proposalPageSchema,
  readingInput,
  trialInput,
  writeInput,
} from './wire.ts'

const access = { who: 'signed-in' } as const
const tag = 'Imports'
const params = z.object({ id: z.coerce.number().int().positive() })
const from = z.coerce.number().int().min(0).default(0)

/** Imports belong to whoever began them; opening and writing one asks for the importer's rights. */
export const exchangeRoutes: Route[] = [
  route(
    {
      method: 'get',
      path: '/api/v1/importers',
      tag,
      access,
      summary: { zh: '可以导入什么', en: 'What can be imported' },
      answer: z.object({
        items: z.array(
          z.object({
            id: z.string(),
            label: z.object({ zh: z.string(), en: z.string() }),
            hint: z.object({ zh: z.string(), en: z.string() }),
            may: z.boolean(),
            why: z.object({ zh: z.string(), en: z.string() }).nullable(),
          }),
        ),
      }),
    },
    async (ctx) => {
      const items = []
      for (const importer of ctx.house.registry.importers.values()) {
        const why = await requireImport(ctx, importer).then(
          () => null,
          (error: unknown) => {
            if (error instanceof Refusal) return error.text
            throw error
          },
        )
        items.push({ id: importer.id, label: importer.label, hint: importer.hint, may: why === null, why })
      }
      return { items }
    },
  ),
  route(
    {
      method: 'get',
      path: '/api/v1/imports',
      tag,
      access,
      summary: { zh: '本人的导入', en: 'The asker’s imports' },
      answer: z.object({ items: z.array(importRowSchema) }),
    },
    async (ctx) => ({ items: await listRuns(ctx) }),
  ),
  longRoute(
    {
      method: 'post',
      path: '/api/v1/imports',
      tag,
      access,
      status: 201,
      body: 'bytes',
      summary: { zh: '上传要导入的文件', en: 'Upload a file to import' },
      query: z.object({ importer: z.string().default('sales'), name: z.string().max(200).default('file') }),
      answer: importSchema,
    },
    async (acting, { query, request }) => {
      await acting.run((ctx) => requireImport(ctx, importerOf(ctx, query.importer)))
      const bytes = new Uint8Array(await request.arrayBuffer())
      checkSize(bytes)
      const book = await readFileOnce(bytes, query.name)
      return acting.run(async (ctx) => {
        const id = await openRun(ctx, query.importer, query.name, bytes, {}, book)
        return presentRun(ctx, await runById(ctx.tx, id))
      })
    },
  ),
  route(
    {
      method: 'get',
      path: '/api/v1/imports/{id}',
      tag,
      access,
      params,
      summary: { zh: '一次导入', en: 'One import' },
      answer: importSchema,
    },
    async (ctx, call) => presentRun(ctx, await runById(ctx.tx, call.params.id)),
  ),
  longRoute(
    {
      method: 'post',
      path: '/api/v1/imports/{id}/reading',
      tag,
      access,
      params,
      json: readingInput,
      summary: { zh: '改变文件的读法', en: 'Change how the file is read' },
      answer: importSchema,
    },
    async (acting, call) => {
      const book = await bookBefore(acting, call.params.id, call.json.reading)
      return acting.run(async (ctx) => {
        await readRunAnew(ctx, call.params.id, call.json, book)
        return presentRun(ctx, await runById(ctx.tx, call.params.id))
      })
    },
  ),
  longRoute(
    {
      method: 'post',
      path: '/api/v1/imports/{id}/trial',
      tag,
      access,
      params,
      json: trialInput,
      summary: { zh: '试算，不写入', en: 'Try without writing' },
      answer: importSchema,
    },
    async (acting, call) => {
      const prepared = await prepareRun(acting, call.params.id, call.json.mapping)
      return acting.run(async (ctx) => {
        await tryRun(ctx, call.params.id, call.json, prepared)
        return presentRun(ctx, await runById(ctx.tx, call.params.id))
      })
    },
  ),
  route(
    {
      method: 'get',
      path: '/api/v1/imports/{id}/faults',
      tag,
      access,
      params,
      query: z.object({ from }),
      summary: { zh: '写不进去的行', en: 'Rows that cannot be written' },
      answer: z.object({ items: z.array(faultSchema), next: z.number().int().nullable() }),
    },
    (ctx, call) => faultsOf(ctx, call.params.id, call.query.from),
  ),
  longRoute(
    {
      method: 'get',
      path: '/api/v1/imports/{id}/faults.xlsx',
      tag,
      access,
      params,
      summary: { zh: '下载写不进去的行', en: 'Download the faulty rows' },
    },
    (acting, call) => longFile(acting, (ctx) => faultsAsked(ctx, call.params.id)),
  ),
  route(
    {
      method: 'get',
      path: '/api/v1/imports/{id}/proposal',
      tag,
      access,
      params,
      query: z.object({
        q: z.string().max(100).default(''),
        from,
        unit: z.coerce.number().int().optional(),
        owner: z.coerce.number().int().optional(),
      }),
      summary: { zh: '建议的负责人', en: 'Proposed owners' },
      answer: proposalPageSchema,
    },
    (ctx, call) => proposalOf(ctx, call.params.id, call.query),
  ),
  route(
    {
      method: 'get',
      path: '/api/v1/imports/{id}/proposal/loads',
      tag,
      access,
      params,
      summary: { zh: '建议的负责人各有多少家', en: 'How many accounts fall on each proposed owner' },
      answer: loadsSchema,
    },
    (ctx, call) => loadsOf(ctx, call.params.id),
  ),
  route(
    {
      method: 'post',
      path: '/api/v1/imports/{id}/write',
      tag,
      access,
      params,
      json: writeInput,
      status: 202,
      summary: { zh: '写入', en: 'Write' },
      answer: importSchema,
    },
    async (ctx, call) => {
      await writeRun(ctx, call.params.id, call.json)
      return presentRun(ctx, await runById(ctx.tx, call.params.id))
    },
  ),
  route(
    {
      method: 'post',
      path: '/api/v1/imports/{id}/cancel',
      tag,
      access,
      params,
      summary: { zh: '取消导入', en: 'Cancel an import' },
      answer: importSchema,
    },
    async (ctx, call) => {
      await cancelRun(ctx, call.params.id)
      return presentRun(ctx, await runById(ctx.tx, call.params.id))
    },
  ),
]
