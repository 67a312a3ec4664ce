import { z } from '@hono/zod-openapi'
import { type Route, route } from '../http/route.ts'
import { readKpiParts } from './parts.ts'
import { listKpis, readKpi, readKpiCrossing, readKpiRows } from './read.ts'
import { readKpiScopes } from './scopes.ts'
import {
  kpiCrossingQuery,
  kpiCrossingSchema,
  kpiListSchema,
  kpiPartsQuery,
  kpiQuery,
  kpiRowsQuery,
  kpiRowsSchema,
  kpiSchema,
  kpiScopesSchema,
  kpiYearsSchema,
} from './wire.ts'
import { readKpiYears } from './years.ts'

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
  route(
    {
      method: 'get',
      path: '/api/v1/kpis/crossing',
      tag: 'Figures',
      access,
      summary: {
        zh: '换一种大区口径，一个指标里多少会算到别的大区',
        en: 'What of one KPI counts in another region on the other basis of regions',
      },
      query: kpiCrossingQuery,
      answer: kpiCrossingSchema,
    },
    (ctx, { query }) => readKpiCrossing(ctx, query),
  ),
  route(
    {
      method: 'get',
      path: '/api/v1/kpis/years',
      tag: 'Figures',
      access,
      summary: { zh: '一个指标有哪些年度，从哪一年看起', en: 'Years of one KPI, and where to open it' },
      query: kpiQuery.pick({ kpi: true }),
      answer: kpiYearsSchema,
    },
    (ctx, { query }) => readKpiYears(ctx, query.kpi),
  ),
]
