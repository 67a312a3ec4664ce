import { z } from '@hono/zod-openapi'

const decimal = z.string().regex(/^-?\d+(\.\d+)?$/)
const text = z.object({ zh: z.string(), en: z.string() })

/** An exact amount; `currency` is null where the unit is no money. */
const amount = z.object({ amount: decimal, currency: z.string().nullable() }).openapi('Amount')

export const kpiQuery = z.object({
  kpi: z.string().max(20),
  period: z.string().max(10),
  scope: z.string().max(30).default('company'),
  basis: z.enum(['order', 'shipment', 'acceptance']).optional(),
  /** How units are told apart; left out, as the year's targets are set, else as booked. */
  regions: z.enum(['booked', 'home']).optional(),
})

export const kpiPartsQuery = kpiQuery.extend({ by: z.enum(['region', 'manager', 'rep', 'quarter', 'month']) })
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
    /** The basis of regions that a unit's figure counts by, its target too; `null` where no unit is asked for. */
    regions: z.enum(['booked', 'home']).nullable(),
    regionsName: text.nullable(),
    /** `null` with a reason in `why` when there is nothing to count. */
    value: amount.nullable(),
    returned: amount.nullable(),
    net: amount.nullable(),
    unit: z.enum(['money', 'percent', 'points', 'days', 'number']),
    target: amount.nullable(),
    /** Why there is none, where one was set that cannot be compared. */
    targetWhy: text.nullable(),
    /** Value ÷ target, four decimals. */
    reached: decimal.nullable(),
    /** The same figure a year before. */
    base: amount.nullable(),
    /** (value − base) ÷ base, four decimals. */
    growth: decimal.nullable(),
    /** `open` while the period runs. */
    state: z.enum(['open', 'closed', 'n/a']),
    why: text.nullable(),
    edition: z.string(),
    formula: text,
    /** Address of the very rows it is made of. */
    rows: z.string(),
    /** Of `all` accounts that it covers, the sales of `seen` lie wholly in the reader's scope; `null` when all do, or none is seen. */
    partial: z.object({ seen: z.number().int(), all: z.number().int() }).nullable(),
  })
  .openapi('KpiFigure')
export type KpiFigure = z.infer<typeof kpiSchema>

/** What a reader may ask figures of, from the whole he sees down; the first one is where his figures open. */
export const kpiScopesSchema = z
  .object({
    items: z.array(
      z.object({
        scope: z.string(),
        name: text,
        level: z.enum(['company', 'region', 'manager', 'rep', 'person']),
      }),
    ),
  })
  .openapi('KpiScopes')
export type KpiScopes = z.infer<typeof kpiScopesSchema>

export const kpiRowsQuery = kpiQuery.extend({
  cursor: z
    .string()
    .regex(/^\d{1,15}$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
})
export type KpiRowsQuery = z.infer<typeof kpiRowsQuery>
const named = z.object({ id: z.number().int(), title: z.string() })

export const kpiRowsSchema = z
  .object({
    items: z.array(
      z.object({
        id: z.number().int(),
        on: z.string(),
        /** `returned` rows stand beside the value and do not lower it. */
        part: z.enum(['value', 'returned']),
        amount,
        record: named.extend({ kind: z.string() }),
        account: named.nullable(),
        unit: named.nullable(),
        owner: named.nullable(),
      }),
    ),
    next: z.string().nullable(),
    total: z.number().int(),
    sums: z.object({ value: amount, returned: amount }),
  })
  .openapi('KpiRows')
export type KpiRows = z.infer<typeof kpiRowsSchema>

export const kpiCrossingQuery = kpiQuery
export type KpiCrossingQuery = z.infer<typeof kpiCrossingQuery>
export const kpiCrossingSchema = z
  .object({
    /** Accounts with sales that count in another region on the other basis of regions, and what these come to. */
    accounts: z.number().int(),
    value: amount,
  })
  .openapi('KpiCrossing')
export type KpiCrossing = z.infer<typeof kpiCrossingSchema>

/** Years that a reader's own scope has something of, and where his figures open. */
export const kpiYearsSchema = z
  .object({
    items: z.array(
      z.object({
        year: z.number().int(),
        targets: z.boolean(),
        facts: z.boolean(),
        /** What figures by region count by when nothing else is asked. */
        regions: z.enum(['booked', 'home']),
      }),
    ),
    open: z.number().int(),
    /** Why it is not this year; `null` when it is. */
    why: text.nullable(),
  })
  .openapi('KpiYears')
export type KpiYears = z.infer<typeof kpiYearsSchema>

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
