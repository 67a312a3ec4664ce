import { z } from '@hono/zod-openapi'

const decimal = z.string().regex(/^-?\d+(\.\d+)?$/)
const text = z.object({ zh: z.string(), en: z.string() })

export const kpiQuery = z.object({
  kpi: z.string().max(20),
  period: z.string().max(10),
  scope: z.string().max(30).default('company'),
  basis: z.enum(['order', 'shipment', 'acceptance']).optional(),
})

export const kpiPartsQuery = kpiQuery.extend({ by: z.enum(['region', 'manager', 'rep', 'month']) })
export type KpiPartsQuery = z.infer<typeof kpiPartsQuery>

export const kpiSchema = z
  .object({
    kpi: z.string(),
    name: text,
    period: z.string(),
    scope: z.string(),
    scopeName: text,
    basis: z.string().nullable(),
    basisName: text.nullable(),
    /** `null` with a reason in `why` when there is nothing to count. */
    value: z.object({ amount: decimal, currency: z.string().nullable() }).nullable(),
    returned: decimal.nullable(),
    net: decimal.nullable(),
    unit: z.enum(['money', 'percent', 'points', 'days', 'number']),
    target: decimal.nullable(),
    /** Value ÷ target, four decimals. */
    reached: decimal.nullable(),
    base: decimal.nullable(),
    /** (value − base) ÷ base, four decimals. */
    growth: decimal.nullable(),
    /** `open` while the period runs. */
    state: z.enum(['open', 'closed', 'n/a']),
    why: text.nullable(),
    edition: z.string(),
    formula: text,
    rows: z.string(),
    partial: z.object({ seen: z.number().int(), all: z.number().int() }).nullable(),
  })
  .openapi('KpiFigure')
export type KpiFigure = z.infer<typeof kpiSchema>

export const kpiListSchema = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      name: text,
      unit: z.string(),
      formula: text,
      /** `described`: it stands in the handbook and is not computed yet. */
      adoption: z.enum(['running', 'described']),
      periods: z.array(z.string()),
    }),
  ),
})
export type KpiList = z.infer<typeof kpiListSchema>
