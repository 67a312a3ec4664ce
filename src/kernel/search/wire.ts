import { z } from '@hono/zod-openapi'

export const foundSchema = z
  .object({
    group: z.enum(['record', 'person', 'handbook']),
    /** A record kind, `person` or `handbook`. */
    kind: z.string(),
    /** Of the record or person; of the handbook the reference. */
    id: z.union([z.number().int(), z.string()]),
    /** What it is, in a word: 客户, 步骤, 岗位. */
    is: z.string(),
    title: z.string(),
    /** The code people know it by, where it has one. */
    code: z.string().optional(),
    /** What a reader who looks for it wants to know: the post of a person; who, by when and how much of a clause. */
    sub: z.string().optional(),
    /** The part of a sentence that the words stand in, when they are not in the title. */
    line: z.string().optional(),
    href: z.string(),
  })
  .openapi('Found')
export type Found = z.infer<typeof foundSchema>

/** GET /api/v1/search */
export interface FoundList {
  readonly items: Found[]
}
