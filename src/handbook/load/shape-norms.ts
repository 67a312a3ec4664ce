import { z } from 'zod'
import type { NormCell } from '../model.ts'
import { tag, text } from './shape.ts'

/** Shapes of norms, calendar and switches. */
const day = z.string().regex(/^\d{2}-\d{2}$/)

export const deadline = z.strictObject({
  date: day.optional(),
  year: z.number().int().optional(),
  workdays: z.number().int().optional(),
  workdayOf: z.enum(['month', 'quarter']).optional(),
  days: z.number().int().optional(),
  hours: z.number().int().optional(),
  least: z.boolean().optional(),
  months: z.number().int().optional(),
  share: z.number().optional(),
  open: text.optional(),
  latest: z.strictObject({ date: day, year: z.number().int() }).optional(),
  from: text.optional(),
})

const amount = z.union([z.number(), text, deadline])
const posts = z.array(z.string())
/** A number, words, a deadline, `null` (no limit upward), `"-"` (no power), or one of these with the posts that sign beside. */
const cell = z
  .union([
    z.null(),
    z.literal('-'),
    amount,
    z.strictObject({ value: amount.nullable(), and: posts.default([]) }),
  ])
  .transform((written): NormCell => {
    if (written === '-') return { kind: 'none' }
    if (written === null) return { kind: 'unlimited', and: [] }
    if (typeof written !== 'object' || !('and' in written)) return { kind: 'value', value: written, and: [] }
    const { value, and } = written
    return value === null ? { kind: 'unlimited', and } : { kind: 'value', value, and }
  })

export const norm = z.strictObject({
  id: z.string(),
  name: text,
  tag,
  note: text.optional(),
  values: z
    .record(
      z.string(),
      z.union([
        z.strictObject({
          name: text,
          value: z.union([z.number(), z.string(), z.boolean(), deadline]),
          unit: text.optional(),
          note: text.optional(),
          tag,
        }),
        z.strictObject({ name: text, as: z.string().startsWith('norm.'), note: text.optional(), tag }),
      ]),
    )
    .default({}),
  columns: z.array(z.strictObject({ id: z.string(), name: text, unit: text.optional() })).default([]),
  rows: z
    .array(
      z.strictObject({
        id: z.string(),
        name: text,
        unit: text.optional(),
        note: text.optional(),
        tag,
        cells: z.record(z.string(), cell),
      }),
    )
    .default([]),
})

export const calendar = z.strictObject({
  years: z.record(z.string(), z.strictObject({ off: z.array(day), work: z.array(day) })),
  tag,
})

export const handbookSwitch = z.strictObject({
  id: z.string(),
  name: text,
  values: z.array(z.strictObject({ id: z.string(), name: text })),
  value: z.string(),
  where: text,
  tag,
})
