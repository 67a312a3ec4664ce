import { z } from '@hono/zod-openapi'
import { type Route, route } from '../../kernel/http/route.ts'
import { readBasis } from './basis.ts'
import { repair, saveDraft, saveRegions, saveSheet, saveWords } from './commands.ts'
import { draftGrid, sheetGrid } from './grid.ts'
import { planById } from './plan.ts'
import { listPlans, listSheets, readPlan } from './read.ts'
import { versionsOf } from './versions.ts'
import {
  basisSchema,
  cellsSchema,
  gridSchema,
  planSchema,
  repairSchema,
  sheetSummarySchema,
  versionsSchema,
} from './wire.ts'

const tag = 'Planning'
// Reps and managers reach their part of a plan through what they were given; row security decides.
const access = { who: 'right', kind: 'plan', verb: 'read' } as const
const planParam = z.object({ id: z.coerce.number().int().positive() })
/** Sheet 0 is the draft. */
const sheetParam = planParam.extend({ sheetId: z.coerce.number().int().min(0) })
const base = '/api/v1/plans'

export const planningRoutes: Route[] = [
  route(
    {
      method: 'get',
      path: base,
      tag,
      access,
      summary: { zh: '年度计划', en: 'Annual plans' },
      answer: z.object({ items: z.array(planSchema) }),
    },
    async (ctx) => ({ items: await listPlans(ctx) }),
  ),
  route(
    {
      method: 'get',
      path: `${base}/{id}`,
      tag,
      access,
      summary: { zh: '一份计划', en: 'A plan' },
      params: planParam,
      answer: planSchema,
    },
    (ctx, call) => readPlan(ctx, call.params.id),
  ),
  route(
    {
      method: 'patch',
      path: `${base}/{id}`,
      tag,
      access,
      summary: { zh: '保存计划书的文字', en: 'Save the words of the plan' },
      params: planParam,
      json: z.strictObject({
        rev: z.number().int(),
        form: z.record(z.string().max(60), z.string().max(20_000)),
      }),
      answer: planSchema,
    },
    async (ctx, call) => {
      await saveWords(ctx, call.params.id, call.json.rev, call.json.form)
      return readPlan(ctx, call.params.id)
    },
  ),
  route(
    {
      method: 'put',
      path: `${base}/{id}/regions`,
      tag,
      access,
      summary: { zh: '计划按哪种大区口径', en: 'By which regions a plan goes' },
      params: planParam,
      json: z.strictObject({ rev: z.number().int(), regions: z.enum(['booked', 'home']) }),
      answer: planSchema,
    },
    async (ctx, call) => {
      await saveRegions(ctx, call.params.id, call.json.rev, call.json.regions)
      return readPlan(ctx, call.params.id)
    },
  ),
  route(
    {
      method: 'get',
      path: `${base}/{id}/basis`,
      tag,
      access,
      summary: { zh: '依据：上年销售', en: 'Basis: last year’s sales' },
      params: planParam,
      query: z.object({
        cut: z
          .enum(['region', 'home', 'account', 'product', 'quarter', 'manager', 'industry'])
          .default('region'),
        limit: z.coerce.number().int().min(1).max(1000).default(100),
        cursor: z.coerce.number().int().min(0).default(0),
      }),
      answer: basisSchema,
    },
    async (ctx, call) =>
      readBasis(ctx, await planById(ctx, call.params.id), call.query.cut, {
        limit: call.query.limit,
        after: call.query.cursor,
      }),
  ),
  route(
    {
      method: 'get',
      path: `${base}/{id}/versions`,
      tag,
      access,
      summary: { zh: '计划的各版与审议', en: 'Versions and reviews of a plan' },
      params: planParam,
      answer: versionsSchema,
    },
    (ctx, call) => versionsOf(ctx, call.params.id),
  ),
  route(
    {
      method: 'get',
      path: `${base}/{id}/sheets`,
      tag,
      access,
      summary: { zh: '分解表', en: 'Cascade sheets' },
      params: planParam,
      answer: z.object({ items: z.array(sheetSummarySchema) }),
    },
    async (ctx, call) => ({ items: await listSheets(ctx, call.params.id) }),
  ),
  route(
    {
      method: 'get',
      path: `${base}/{id}/sheets/{sheetId}`,
      tag,
      access,
      summary: { zh: '打开一张表，0 为草案', en: 'Open a sheet; 0 is the draft' },
      params: sheetParam,
      answer: gridSchema,
    },
    async (ctx, call) =>
      call.params.sheetId === 0
        ? draftGrid(ctx, await planById(ctx, call.params.id))
        : sheetGrid(ctx, call.params.sheetId),
  ),
  route(
    {
      method: 'put',
      path: `${base}/{id}/sheets/{sheetId}`,
      tag,
      access,
      summary: { zh: '保存格子', en: 'Save cells' },
      params: sheetParam,
      json: cellsSchema,
      answer: gridSchema,
    },
    (ctx, call) =>
      call.params.sheetId === 0
        ? saveDraft(ctx, call.params.id, call.json)
        : saveSheet(ctx, call.params.sheetId, call.json),
  ),
  route(
    {
      method: 'post',
      path: `${base}/{id}/sheets/{sheetId}/repair`,
      tag,
      access,
      summary: { zh: '一键配平', en: 'Level in one click' },
      params: sheetParam,
      json: repairSchema,
      answer: gridSchema,
    },
    (ctx, call) => repair(ctx, { planId: call.params.id, sheetId: call.params.sheetId }, call.json),
  ),
]
