import { z } from '@hono/zod-openapi'
import { type Route, route } from '../http/route.ts'
import { readKpiParts } from './parts.ts'
import { listKpis, readKpi, readKpiRows } from './read.ts'
import { readKpiScopes } from './scopes.ts'
import {
  kpiListSchema,
  kpiPartsQuery,
  kpiQuery,
  kpiRowsQuery,
  kpiRowsSchema,
  kpiSchema,
  kpiScopesSchema,
} from './wire.ts'

const access = { who: 'signed-in' } as const

/** Figures are computed from rows under row security: whoever asks gets what his scope holds, and is told when that is a part. */
export const figureRoutes: Route[] = [
  route(
    {
      method: 'get',
      path: '/api/v1/kpis/list',
      tag: 'Figures',
      access,
      summary: { zh: '指标清单', en: 'KPIs of the edition' },
      answer: kpiListSchema,
    },
    async (ctx) => listKpis(ctx),
  ),
  route(
    {
      method: 'get',
      path: '/api/v1/kpis',
      tag: 'Figures',
      access,
      summary: { zh: '一个指标', en: 'One KPI of a period and scope' },
      query: kpiQuery,
      answer: kpiSchema,
    },
    (ctx, { query }) => readKpi(ctx, query),
  ),
  route(
    {
      method: 'get',
      path: '/api/v1/kpis/scopes',
      tag: 'Figures',
      access,
      summary: { zh: '一个指标能按哪些范围看', en: 'Scopes the asker may see a KPI of' },
      query: kpiQuery.pick({ kpi: true }),
      answer: kpiScopesSchema,
    },
    (ctx, { query }) => readKpiScopes(ctx, query.kpi),
  ),
  route(
    {
      method: 'get',
      path: '/api/v1/kpis/rows',
      tag: 'Figures',
      access,
      summary: { zh: '一个指标由哪些行算出', en: 'The very rows of one KPI' },
      query: kpiRowsQuery,
      answer: kpiRowsSchema,
    },
    (ctx, { query }) => readKpiRows(ctx, query),
  ),
  route(
    {
      method: 'get',
      path: '/api/v1/kpis/parts',
      tag: 'Figures',
      access,
      summary: { zh: '一个指标按大区、人员、季度或月份', en: 'One KPI by region, person, quarter or month' },
      query: kpiPartsQuery,
      answer: z.object({ items: z.array(kpiSchema) }),
    },
    async (ctx, { query }) => ({ items: await readKpiParts(ctx, query) }),
  ),
]
