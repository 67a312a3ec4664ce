import { z } from '@hono/zod-openapi'
import type { Field, Kind } from './kind.ts'
import { shownReferenceSchema } from './wire.ts'

export const decimalText = z
  .string()
  .regex(/^-?\d{1,15}(\.\d{1,6})?$/)
  .openapi({ example: '1234.567', description: 'exact decimal as text' })
/** An exact amount of money as it goes over the wire. */
export const moneySchema = z
  .object({ amount: decimalText, currency: z.string().regex(/^[A-Z]{3}$/) })
  .openapi('Money')
export type Money = z.infer<typeof moneySchema>
const dateText = z.iso.date()

/** Value of a field as it comes in; an empty text clears an optional field. */
export function inputOf(field: Field): z.ZodType {
  switch (field.type) {
    case 'text':
      return z
        .string()
        .trim()
        .max(field.max ?? 200)
    case 'longtext':
      return z.string().max(field.max ?? 20_000)
    case 'integer':
      return z.number().int()
    case 'money':
      return moneySchema
    case 'decimal':
    case 'percent':
      return decimalText
    case 'date':
      return dateText
    case 'moment':
      return z.iso.datetime({ offset: true })
    case 'boolean':
      return z.boolean()
    case 'choice':
      return z.enum((field.options ?? []).map((option) => option.id) as [string, ...string[]])
    case 'reference':
      return z.number().int().positive()
  }
}

const settledNote = {
  description:
    '建立后不能修改，只能原样送回 · Fixed once the record exists: it may be left out or sent back unchanged',
  'x-settled': true,
}

const entered = (kind: Kind) => Object.entries(kind.fields).filter(([, field]) => !field.computed)

/** Body of POST: what a person may enter, strictly. */
export function createSchema(kind: Kind): z.ZodObject {
  const shape = entered(kind).map(([id, field]) => [
    id,
    field.required
      ? field.type === 'text'
        ? (inputOf(field) as z.ZodString).min(1)
        : inputOf(field)
      : inputOf(field).nullish(),
  ])
  return z.strictObject(Object.fromEntries(shape)).openapi(`${pascal(kind.id)}Create`)
}

/** Body of PATCH: any of them; `null` clears an optional one. A settled field may come back as it was read, and says so. */
export function patchSchema(kind: Kind): z.ZodObject {
  const shape = entered(kind).map(([id, field]) => {
    const value = field.required
      ? (field.type === 'text' ? (inputOf(field) as z.ZodString).min(1) : inputOf(field)).optional()
      : inputOf(field).nullish()
    return [id, field.settled ? value.openapi(settledNote) : value]
  })
  return z.strictObject(Object.fromEntries(shape)).openapi(`${pascal(kind.id)}Change`)
}

/** Fields as they go out. */
export const shapeOf = (fields: Readonly<Record<string, Field>>): Record<string, z.ZodType> =>
  Object.fromEntries(
    Object.entries(fields).map(([id, field]) => [
      id,
      (field.type === 'reference'
        ? shownReferenceSchema
        : field.type === 'moment'
          ? z.string()
          : inputOf(field)
      ).nullable(),
    ]),
  )

/** A record as it goes out. */
export function rowSchema(kind: Kind): z.ZodObject {
  return z
    .object({
      id: z.number().int(),
      rev: z.number().int(),
      ...shapeOf(kind.fields),
    })
    .openapi(pascal(kind.id))
}

/** Query of a list: paging, search, and one set of filters per field. Unknown parameters are refused by name. */
export function listSchema(kind: Kind): z.ZodObject {
  const filters: Record<string, z.ZodType> = {}
  for (const [id, field] of Object.entries(kind.fields)) {
    filters[id] = z.string().optional()
    filters[`${id}.in`] = z.string().optional()
    filters[`${id}.empty`] = z.enum(['0', '1']).optional()
    if (['integer', 'decimal', 'money', 'percent', 'date', 'moment'].includes(field.type)) {
      filters[`${id}.from`] = z.string().optional()
      filters[`${id}.to`] = z.string().optional()
    }
  }
  return z.strictObject({
    q: z.string().max(100).optional(),
    sort: z.string().optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: z.string().max(500).optional(),
    total: z.enum(['0', '1']).optional(),
    sums: z.enum(['0', '1']).optional(),
    missing: z.enum(['1']).optional(),
    lang: z.enum(['zh', 'en']).optional(),
    ...filters,
  })
}

export const pascal = (id: string): string =>
  id.replace(/(^|[-_])(\w)/g, (_, __, letter: string) => letter.toUpperCase())
