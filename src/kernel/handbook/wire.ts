import { z } from '@hono/zod-openapi'

export const editionRowSchema = z
  .object({
    id: z.number().int(),
    number: z.string(),
    title: z.object({ zh: z.string(), en: z.string() }),
    status: z.enum(['published', 'effective', 'superseded']),
    effectiveFrom: z.string(),
    publishedAt: z.string(),
  })
  .openapi('Edition')
export type EditionRow = z.infer<typeof editionRowSchema>

/** GET editions/{id}/content: the typed model without its source files, and the outline (types of the handbook's model). */
export const contentSchema = z.object({ edition: z.unknown(), outline: z.unknown() })
