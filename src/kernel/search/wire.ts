import { z } from '@hono/zod-openapi'

export const foundSchema = z
  .object({
    /** A record kind, `person` or `handbook`. */
    kind: z.string(),
    id: z.union([z.number().int(), z.string()]),
    title: z.string(),
    sub: z.string().optional(),
    href: z.string(),
  })
  .openapi('Found')
export type Found = z.infer<typeof foundSchema>
