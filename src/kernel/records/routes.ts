import { z } from '@hono/zod-openapi'
import { longRoute, type Route, route } from '../http/route.ts'
import { longFile } from '../jobs/long.ts'
import { type Beside, listed } from './beside.ts'
import { exportSchema } from './export.ts'
import { downloadAsked } from './export-job.ts'
import { historyOf } from './history.ts'
import { type Kind, rightKindOf } from './kind.ts'
import { lookup, valuesOf } from './lookup.ts'
import { metaOf } from './meta.ts'
import { listRecords, readPage } from './read.ts'
import { createSchema, listSchema, moneySchema, patchSchema, rowSchema, shapeOf } from './schema.ts'
import { dropView, saveView, viewInput, viewSchema, viewsOf } from './views.ts'
import { historySchema, metaSchema, referenceSchema } from './wire.ts'
import { createRecord, deleteRecord, revisionOf, updateRecord } from './write.ts'

const idParam = z.object({ id: z.coerce.number().int().positive() })

/** Concrete routes of every declared kind: a new kind has its API, its OpenAPI paths and its tests by being declared. */
export function recordRoutes(kinds: Iterable<Kind>, besides: ReadonlyMap<string, Beside>): Route[] {
  return [
    ...[...kinds].flatMap((kind) => [
      ...readRoutes(kind, besides.get(kind.id)),
      ...(kind.partOf ? [] : writeRoutes(kind)),
    ]),
    ...commonRoutes,
  ]
}

function readRoutes(kind: Kind, beside: Beside | undefined): Route[] {
  const path = `/api/v1/records/${kind.id}`
  const tag = kind.plural.en
  const access = {
    who: 'right',
    kind: rightKindOf(kind),
    verb: 'read',
  } as const
  const row = rowSchema(kind)
  const list = z.object({
    items: z.array(beside ? row.extend(shapeOf(beside.fields)) : row),
    next: z.string().nullable(),
    total: z.number().int().optional(),
    /** Columns of the list that are empty in every row found. */
    empty: z.array(z.string()).optional(),
    sums: z.record(z.string(), z.union([z.string(), moneySchema])).optional(),
  })
  return [
    route(
      {
        method: 'get',
        path,
        tag,
        access,
        summary: {
          zh: `${kind.plural.zh}列表`,
          en: `List ${kind.plural.en.toLowerCase()}`,
        },
        query: listSchema(listed(kind, beside)),
        answer: list,
      },
      (ctx, call) => listRecords(ctx, kind, call.query as Record<string, string>),
    ),
    longRoute(
      {
        method: 'get',
        path: `${path}/export`,
        tag,
        access: { ...access, verb: 'export' },
        summary: {
          zh: `导出${kind.plural.zh}`,
          en: `Export ${kind.plural.en.toLowerCase()}`,
        },
        query: exportSchema(listed(kind, beside)),
      },
      (acting, call) =>
        longFile(acting, (ctx) => downloadAsked(ctx, kind, call.query as Record<string, string>)),
    ),
    route(
      {
        method: 'get',
        path: `${path}/values`,
        tag,
        access,
        summary: {
          zh: `${kind.plural.zh}某个文字字段已有的写法`,
          en: `Values that a text field of ${kind.plural.en.toLowerCase()} has`,
        },
        query: z.object({ field: z.string().max(60), q: z.string().max(100).default('') }),
        answer: z.object({ items: z.array(z.object({ value: z.string(), count: z.number().int() })) }),
      },
      async (ctx, call) => ({ items: await valuesOf(ctx, kind, call.query.field, call.query.q) }),
    ),
    route(
      {
        method: 'get',
        path: `${path}/{id}`,
        tag,
        access,
        summary: {
          zh: `读取${kind.label.zh}`,
          en: `Read a ${kind.label.en.toLowerCase()}`,
        },
        params: idParam,
        answer: row,
      },
      (ctx, call) => readPage(ctx, kind, call.params.id),
    ),
    route(
      {
        method: 'get',
        path: `${path}/{id}/history`,
        tag,
        access,
        summary: {
          zh: `${kind.label.zh}的变更`,
          en: `History of a ${kind.label.en.toLowerCase()}`,
        },
        params: idParam,
        query: z.object({
          cursor: z.coerce.number().int().positive().optional(),
        }),
        answer: historySchema,
      },
      (ctx, call) => historyOf(ctx, kind, call.params.id, call.query.cursor ?? null),
    ),
  ]
}

function writeRoutes(kind: Kind): Route[] {
  const path = `/api/v1/records/${kind.id}`
  const tag = kind.plural.en
  const row = rowSchema(kind)
  return [
    route(
      {
        method: 'post',
        path,
        tag,
        access: { who: 'right', kind: kind.id, verb: 'create' },
        summary: {
          zh: `新建${kind.label.zh}`,
          en: `Create a ${kind.label.en.toLowerCase()}`,
        },
        json: createSchema(kind),
        answer: row,
        status: 201,
      },
      (ctx, call) => createRecord(ctx, kind, call.json),
    ),
    route(
      {
        method: 'patch',
        path: `${path}/{id}`,
        tag,
        access: { who: 'right', kind: kind.id, verb: 'update' },
        summary: {
          zh: `修改${kind.label.zh}`,
          en: `Change a ${kind.label.en.toLowerCase()}`,
        },
        params: idParam,
        json: patchSchema(kind),
        answer: row,
      },
      (ctx, call) => updateRecord(ctx, kind, call.params.id, revisionOf(call.request), call.json),
    ),
    route(
      {
        method: 'delete',
        path: `${path}/{id}`,
        tag,
        access: { who: 'right', kind: kind.id, verb: 'delete' },
        summary: {
          zh: `删除${kind.label.zh}`,
          en: `Delete a ${kind.label.en.toLowerCase()}`,
        },
        params: idParam,
        status: 204,
      },
      (ctx, call) => deleteRecord(ctx, kind, call.params.id, revisionOf(call.request)),
    ),
  ]
}

const kindParam = z.object({ kind: z.string().max(60) })
const views = z.object({ items: z.array(viewSchema) })
const signedIn = { who: 'signed-in' } as const

const commonRoutes: Route[] = [
  route(
    {
      method: 'get',
      path: '/api/v1/meta',
      tag: 'Meta',
      access: signedIn,
      summary: {
        zh: '记录种类与本人权限',
        en: 'Record kinds and what the asker may do',
      },
      answer: metaSchema,
    },
    (ctx) => metaOf(ctx),
  ),
  route(
    {
      method: 'get',
      path: '/api/v1/lookup/{kind}',
      tag: 'Meta',
      access: signedIn,
      summary: { zh: '按名称查找', en: 'Find by part of the title' },
      params: kindParam,
      query: z.object({
        q: z.string().max(100).default(''),
        ids: z
          .string()
          .regex(/^\d{1,9}(,\d{1,9}){0,99}$/)
          .optional(),
      }),
      answer: z.object({ items: z.array(referenceSchema) }),
    },
    async (ctx, call) => ({
      items: await lookup(ctx, call.params.kind, call.query.q, call.query.ids?.split(',').map(Number)),
    }),
  ),
  route(
    {
      method: 'get',
      path: '/api/v1/views/{kind}',
      tag: 'Meta',
      access: signedIn,
      summary: { zh: '本人保存的视图', en: 'Saved views of the asker' },
      params: kindParam,
      answer: views,
    },
    async (ctx, call) => ({ items: await viewsOf(ctx, call.params.kind) }),
  ),
  route(
    {
      method: 'put',
      path: '/api/v1/views/{kind}',
      tag: 'Meta',
      access: signedIn,
      summary: { zh: '保存视图', en: 'Save a view' },
      params: kindParam,
      json: viewInput,
      answer: views,
    },
    async (ctx, call) => ({
      items: await saveView(ctx, call.params.kind, call.json),
    }),
  ),
  route(
    {
      method: 'delete',
      path: '/api/v1/views/{kind}/{id}',
      tag: 'Meta',
      access: signedIn,
      summary: { zh: '删除视图', en: 'Delete a view' },
      params: kindParam.extend(idParam.shape),
      answer: views,
    },
    async (ctx, call) => ({
      items: await dropView(ctx, call.params.kind, call.params.id),
    }),
  ),
]
