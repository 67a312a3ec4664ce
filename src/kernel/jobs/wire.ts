import { z } from '@hono/zod-openapi'

const text = z.object({ zh: z.string(), en: z.string() })

/** GET /api/v1/jobs/{id}: what a 202 points at. Asked again every two seconds until `state` is one of the last three. */
export const jobSchema = z
  .object({
    id: z.number().int(),
    kind: z.string(),
    label: text,
    state: z.enum(['waiting', 'running', 'done', 'failed', 'cancelled']),
    stateText: text,
    progress: z.object({ part: z.number(), doing: text }).nullable(),
    /** Why it failed, as a refusal. */
    reason: z
      .object({
        status: z.number().int(),
        code: z.string(),
        text,
        faults: z.array(z.object({ path: z.string(), text })),
        detail: z.record(z.string(), z.unknown()),
      })
      .nullable(),
    /** Done, the answer is had by sending the first request again: it is kept. */
    again: z.boolean(),
    /** What came of it, where that is something to read. */
    answer: z.unknown(),
    /** Address of the file, where one came of it. */
    file: z.string().nullable(),
  })
  .openapi('Job')
export type JobState = z.infer<typeof jobSchema>
