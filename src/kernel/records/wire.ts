import { z } from '@hono/zod-openapi'
import type { Money } from './schema.ts'

const text = z.object({ zh: z.string(), en: z.string() })

export const fieldMetaSchema = z.object({
  id: z.string(),
  type: z.enum([
    'text',
    'longtext',
    'integer',
    'decimal',
    'money',
    'percent',
    'date',
    'moment',
    'boolean',
    'choice',
    'reference',
  ]),
  label: text,
  required: z.boolean(),
  wanted: z.boolean(),
  computed: z.boolean(),
  settled: z.boolean().optional(),
  sortable: z.boolean(),
  /** Counted from another module's records; not the record's own. */
  beside: z.boolean().optional(),
  options: z.array(z.object({ id: z.string(), label: text })).optional(),
  to: z.string().optional(),
  hint: text.optional(),
})

/** A record kind as the browser needs it; `may` is what the asker's posts allow at all, with the reason. */
export const kindMetaSchema = z
  .object({
    id: z.string(),
    label: text,
    plural: text,
    title: z.string(),
    code: z.string().nullable(),
    clause: z.string(),
    partOf: z.string().nullable(),
    fields: z.array(fieldMetaSchema),
    list: z.object({
      columns: z.array(z.string()),
      sort: z.string(),
      filters: z.array(z.string()),
      sums: z.array(z.string()),
      views: z.array(
        z.object({
          id: z.string(),
          label: text,
          filter: z.record(z.string(), z.string()),
          sort: z.string().optional(),
        }),
      ),
    }),
    page: z.object({
      facts: z.array(z.string()),
      sections: z.array(z.object({ id: z.string(), title: text, fields: z.array(z.string()) })),
      related: z.array(z.object({ kind: z.string(), column: z.string() })),
    }),
    may: z.record(z.string(), z.object({ allowed: z.boolean(), why: text })),
  })
  .openapi('KindMeta')
export type KindMeta = z.infer<typeof kindMetaSchema>

/** GET /api/v1/meta */
export const metaSchema = z
  .object({
    company: z.object({ zh: z.string(), en: z.string(), sample: z.boolean() }),
    today: z.string(),
    /** The one currency of the books. */
    currency: z.string(),
    edition: z.object({
      id: z.number().int(),
      number: z.string(),
      title: text,
    }),
    kinds: z.array(kindMetaSchema),
    posts: z.record(z.string(), text),
    /** Parts of the program that are no record kind (`plan`, `system.audit`): whether the asker may see them. */
    mayRead: z.record(z.string(), z.object({ allowed: z.boolean(), why: text })),
    calendarNote: text.nullable(),
  })
  .openapi('Meta')
export type Meta = z.infer<typeof metaSchema>

/** A reference in an answer: shown by its title, never by its id. */
export const referenceSchema = z.object({
  id: z.number().int(),
  title: z.string(),
})
export type Reference = z.infer<typeof referenceSchema>
/** A reference in a record; neither is told of something outside the reader's scope. */
export const shownReferenceSchema = z.object({
  id: z.number().int().nullable(),
  title: z.string().nullable(),
})
/** A reference to something outside the reader's scope. */
export interface OutsideReference {
  readonly id: null
  readonly title: null
}
export const outsideReference: OutsideReference = { id: null, title: null }

/** An item of a list: `id`, `rev`, then the declared fields; references as `{id, title}` (both null outside the reader's scope), money as `{amount, currency}`, other decimals as text. */
export type RecordItem = { id: number; rev: number } & Record<string, unknown>
export interface RecordList {
  items: RecordItem[]
  next: string | null
  total?: number
  sums?: Record<string, string | Money>
  /** With `total`: columns of the list that are empty in every row found. */
  empty?: string[]
}
export type RecordPage = RecordItem & {
  may: Record<'update' | 'delete' | 'assign', { allowed: boolean; why: z.infer<typeof text> }>
  /** Wanted fields still empty: 资料待补. */
  missing: string[]
}
/** Who wrote something last, and when; no person where the program did it by itself. */
export interface LastChange {
  readonly who: { readonly id: number; readonly name: string } | null
  readonly at: string | null
}
/** `detail` of a 412 `conflict` on a record: how it stands now and who wrote each field last. */
export interface ConflictDetail extends LastChange {
  readonly rev: number
  readonly current: RecordItem
  readonly changes: Readonly<Record<string, LastChange>>
  /** Fields that were to be written and stand otherwise. */
  readonly both: readonly { readonly field: string; readonly yours: unknown; readonly theirs: unknown }[]
}
export const historySchema = z.object({
  items: z.array(
    z.object({
      at: z.string(),
      who: z.string(),
      action: z.enum(['create', 'update', 'delete']),
      edition: z.string().nullable(),
      changes: z.array(z.object({ field: z.string(), from: z.unknown(), to: z.unknown() })),
    }),
  ),
  next: z.string().nullable(),
})
export type History = z.infer<typeof historySchema>
/**
 * GET /api/v1/records/<kind>?q=&sort=-amount&limit=&cursor=&total=1&sums=1&<field>=&<field>.from=&<field>.to=&<field>.in=a,b&<field>.empty=1
 * POST · GET|PATCH|DELETE /api/v1/records/<kind>/{id} (If-Match: "<rev>") · GET .../{id}/history · GET .../{id}/work -> {items: Case[]}
 * GET /api/v1/records/<kind>/export?format=xlsx|csv&columns=a,b + list parameters · GET /api/v1/lookup/<person|unit|kind>?q= -> {items: Reference[]}
 * GET|PUT|DELETE /api/v1/views/<kind> saved views of the person: {items: [{id, name, query, columns}]}
 */
