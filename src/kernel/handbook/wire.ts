import { z } from '@hono/zod-openapi'

const text = z.object({ zh: z.string(), en: z.string() })
const allowed = z.object({ allowed: z.boolean(), why: text })

/** What was last asked of an edition that nobody decides alone. */
const requestSchema = z
  .object({
    /** Which request it is: the decision names the one that was read. */
    id: z.number().int(),
    act: z.enum(['publish', 'withdraw']),
    /** `alone`: nobody else could approve, so that it takes effect a day later. */
    state: z.enum(['open', 'approved', 'refused', 'alone']),
    effectiveFrom: z.string().nullable(),
    why: z.string().nullable(),
    askedBy: z.string().nullable(),
    askedAt: z.string(),
    decidedBy: z.string().nullable(),
    decidedAt: z.string().nullable(),
    reason: z.string().nullable(),
    changes: z.array(
      z.object({
        group: z.enum(['right', 'post', 'norm', 'kpi', 'switch']),
        change: z.enum(['added', 'removed', 'changed']),
        code: z.string(),
        name: text,
      }),
    ),
    /** Whose open request it took the place of, when that was somebody else's. */
    replaces: z.string().nullable(),
    /** People who may approve it now. */
    approvers: z.array(z.string()),
    mayDecide: z.boolean(),
    /** Asked for by the reader himself, who may take it back while it is open. */
    mine: z.boolean(),
  })
  .openapi('EditionRequest')
export type EditionRequest = z.infer<typeof requestSchema>

export const approvalSchema = z
  .object({
    /** The edition, by its id and number. */
    id: z.number().int(),
    number: z.string(),
    request: requestSchema,
  })
  .openapi('Approval')
export type Approval = z.infer<typeof approvalSchema>

export const editionRowSchema = z
  .object({
    id: z.number().int(),
    number: z.string(),
    title: text,
    status: z.enum(['draft', 'published', 'effective', 'superseded', 'withdrawn']),
    /** First and last day; a draft has none. */
    effectiveFrom: z.string().nullable(),
    effectiveUntil: z.string().nullable(),
    importedAt: z.string(),
    importedBy: z.string().nullable(),
    publishedAt: z.string().nullable(),
    publishedBy: z.string().nullable(),
    /** Who asked for what `publishedBy` approved; none where it was published by one alone. */
    publicationAskedBy: z.string().nullable(),
    /** Another edition took its place on the first day of its own. */
    replacedSameDay: z.boolean(),
    withdrawnWhy: z.string().nullable(),
    hash: z.string(),
    /** The edition that the company started from. */
    reference: z.boolean(),
    request: requestSchema.nullable(),
  })
  .openapi('Edition')
export type EditionRow = z.infer<typeof editionRowSchema>

export const editionListSchema = z.object({
  items: z.array(editionRowSchema),
  reference: z
    .object({ number: z.string(), hash: z.string() /** In the company's zone. */, adoptedOn: z.string() })
    .nullable(),
  today: z.string(),
  may: z.object({ import: allowed, publish: allowed, export: allowed }),
})
export type EditionList = z.infer<typeof editionListSchema>

const problemRow = z.object({
  check: z.string(),
  severity: z.enum(['error', 'warning', 'note']),
  at: z.string(),
  text,
  /** Why the check asks for it and how to mend it; none where the text says all. */
  mend: text.nullable(),
})
export type ProblemRow = z.infer<typeof problemRow>
export const editionDetailSchema = z
  .object({
    edition: editionRowSchema,
    control: z.object({
      documentNumber: z.string(),
      drafted: text,
      reviewed: text,
      approved: text,
      distribution: text,
      changes: z.array(z.object({ number: z.string(), date: z.string(), text })),
    }),
    counts: z.record(z.string(), z.number().int()),
    problems: z.array(problemRow),
  })
  .openapi('EditionDetail')
export type EditionDetail = z.infer<typeof editionDetailSchema>

export const takenSchema = z
  .object({
    id: z.number().int().nullable(),
    status: editionRowSchema.shape.status.nullable(),
    fresh: z.boolean(),
    number: z.string(),
    title: text,
    hash: z.string(),
    problems: z.array(problemRow),
  })
  .openapi('EditionTaken')
export type EditionTaken = z.infer<typeof takenSchema>

const part = z.object({
  key: z.string(),
  label: text,
  change: z.enum(['added', 'removed', 'changed']),
  prose: z.boolean(),
  before: text.nullable(),
  after: text.nullable(),
})
export const effectSchema = z.object({
  /** Cases under way: they keep the edition they began with. */
  openCases: z.array(
    z.object({ workflow: z.string(), name: text, cases: z.number().int(), changed: z.boolean() }),
  ),
  /** Posts whose sheet, rights or steps change, with the people who hold them. */
  posts: z.array(
    z.object({
      post: z.string(),
      name: text,
      people: z.number().int(),
      rights: z.boolean(),
      gone: z.boolean(),
    }),
  ),
  people: z.number().int(),
})
export type Effect = z.infer<typeof effectSchema>

const side = z.object({
  id: z.number().int().nullable(),
  number: z.string(),
  title: text,
  status: editionRowSchema.shape.status.nullable(),
  effectiveFrom: z.string().nullable(),
  hash: z.string(),
})
export const comparisonSchema = z
  .object({
    before: side,
    after: side,
    changes: z.array(
      z.object({
        key: z.string(),
        ref: z.string(),
        group: z.string(),
        change: part.shape.change,
        code: z.string(),
        name: text,
        place: z.object({ number: z.string(), chapter: text, section: text.nullable() }),
        parts: z.array(part),
        /** Processes before and after, as the handbook's model has them. */
        pictures: z.array(
          z.object({ process: z.string(), name: text, before: z.unknown(), after: z.unknown() }),
        ),
      }),
    ),
    same: z.number().int(),
    quiet: z.array(z.string()),
    effect: effectSchema,
  })
  .openapi('EditionComparison')

/** GET editions/{id}/content: the typed model without its source files, and the outline (types of the handbook's model). */
export const contentSchema = z.object({ edition: z.unknown(), outline: z.unknown() })
