import { z } from '@hono/zod-openapi'
import { bases } from './basis.ts'

const text = z.object({ zh: z.string(), en: z.string() })
export const basisSchema = z.enum(bases)

export const salesYearsSchema = z
  .object({
    /** What years without sales count by. */
    edition: z.object({ basis: basisSchema, name: text }),
    /** Whether the asker may change a year, and why or why not. */
    may: z.object({ change: z.boolean(), why: text }),
    items: z.array(
      z.object({
        year: z.number().int(),
        rev: z.number().int(),
        basis: basisSchema,
        name: text,
        reason: z.string(),
        by: z.string().nullable(),
        at: z.string(),
      }),
    ),
  })
  .openapi('SalesYears')
export type SalesYears = z.infer<typeof salesYearsSchema>

const day = z.string().nullable()
/** Lines of orders; the first hundred of `total`. */
const oddLines = z.object({
  total: z.number().int(),
  items: z.array(
    z.object({
      id: z.number().int(),
      order: z.string(),
      line: z.string(),
      orderedOn: day,
      shippedOn: day,
      acceptedOn: day,
      amount: z.string(),
    }),
  ),
})
export type OddLines = z.infer<typeof oddLines>

const turn = {
  /** Lines that count in two years, because the two are dated differently. */
  twice: oddLines,
  /** Lines that count in none. */
  never: oddLines,
}

export const yearPreviewSchema = z
  .object({
    year: z.number().int(),
    now: basisSchema,
    basis: basisSchema,
    /** Lines without the date they would count by: they stand in the way. */
    undated: oddLines,
    ...turn,
  })
  .openapi('SalesYearPreview')
export type YearPreview = z.infer<typeof yearPreviewSchema>

export const yearChangeInput = z.object({
  basis: basisSchema,
  reason: z.string().min(1).max(300),
  /** Revision that was looked at; left out, the year is changed as it stands. */
  rev: z.number().int().optional(),
})
export const yearChangeSchema = z
  .object({
    year: z.number().int(),
    before: basisSchema,
    basis: basisSchema,
    /** Facts written, reversals among them. */
    booked: z.number().int(),
    ...turn,
  })
  .openapi('SalesYearChange')
export type YearChange = z.infer<typeof yearChangeSchema>
