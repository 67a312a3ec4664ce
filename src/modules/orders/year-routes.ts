import { z } from '@hono/zod-openapi'
import { type Route, route } from '../../kernel/http/route.ts'
import { changeYear, previewYear, salesYears } from './year.ts'
import {
  basisSchema,
  salesYearsSchema,
  yearChangeInput,
  yearChangeSchema,
  yearPreviewSchema,
} from './year-wire.ts'

const tag = 'Figures'
const params = z.object({ year: z.coerce.number().int().min(1900).max(2200) })

/** The basis of sales by calendar year: anybody may know it; whoever imports orders everywhere may change it. */
export const salesYearRoutes: Route[] = [
  route(
    {
      method: 'get',
      path: '/api/v1/sales-years',
      tag,
      access: { who: 'signed-in' },
      summary: { zh: '各年的销售口径', en: 'The basis of sales by year' },
      answer: salesYearsSchema,
    },
    salesYears,
  ),
  route(
    {
      method: 'get',
      path: '/api/v1/sales-years/{year}/preview',
      tag,
      access: { who: 'right', kind: 'order', verb: 'import' },
      params,
      query: z.object({ basis: basisSchema }),
      summary: { zh: '换一种口径会怎样，不改', en: 'What another basis would do to a year' },
      answer: yearPreviewSchema,
    },
    (ctx, call) => previewYear(ctx, call.params.year, call.query.basis),
  ),
  route(
    {
      method: 'post',
      path: '/api/v1/sales-years/{year}/basis',
      tag,
      access: { who: 'right', kind: 'order', verb: 'import' },
      params,
      json: yearChangeInput,
      summary: { zh: '改一年的销售口径，冲销后重记', en: 'Change the basis of a year and book it anew' },
      answer: yearChangeSchema,
    },
    (ctx, call) => changeYear(ctx, call.params.year, call.json),
  ),
]
