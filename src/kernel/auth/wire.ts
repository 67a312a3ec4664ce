import { z } from '@hono/zod-openapi'

const text = z.object({ zh: z.string(), en: z.string() })

export const signInSchema = z.strictObject({
  login: z.string().min(1).max(80),
  password: z.string().min(1).max(200),
  /** A password of one's own, asked for (`password-to-change`) after somebody else has set the one given. */
  fresh: z.string().max(200).optional(),
})
export const sessionRowSchema = z
  .object({
    id: z.number().int(),
    kind: z.enum(['session', 'token']),
    /** What a token is for; empty for a browser. */
    label: z.string(),
    /** The browser in words; none for a token. */
    device: text.nullable(),
    address: z.string().nullable(),
    since: z.string(),
    /** To within five minutes. */
    seen: z.string(),
    until: z.string(),
    /** The one that asks. */
    here: z.boolean(),
  })
  .openapi('SessionRow')
export type SessionRow = z.infer<typeof sessionRowSchema>
export const sessionListSchema = z.object({ items: z.array(sessionRowSchema) })
export type SessionList = z.infer<typeof sessionListSchema>
export const meSchema = z
  .object({
    login: z.string(),
    person: z.object({ id: z.number().int(), name: z.string() }),
    posts: z.array(
      z.object({
        post: z.string(),
        title: text,
        unit: text,
        unitId: z.number().int(),
      }),
    ),
    lang: z.enum(['zh', 'en']),
    preferences: z.record(z.string(), z.unknown()),
    today: z.string(),
    /** The company's zone, e.g. `Asia/Shanghai`: its times are shown everywhere, wherever the reader is. */
    zone: z.string(),
  })
  .openapi('Me')
export type Me = z.infer<typeof meSchema>
export const mePatchSchema = z.strictObject({
  lang: z.enum(['zh', 'en']).optional(),
  preferences: z.record(z.string().max(40), z.unknown()).optional(),
})
export const passwordSchema = z.strictObject({
  old: z.string().max(200),
  new: z.string().max(200),
})
export const setupStateSchema = z
  .object({
    /** No company yet: the first visitor sets it up. */
    needed: z.boolean(),
    sample: z.boolean(),
    company: text,
    logins: z.array(z.object({ login: z.string(), title: text, name: text })),
  })
  .openapi('SetupState')
export type SetupState = z.infer<typeof setupStateSchema>
export const setupSchema = z.strictObject({
  code: z.string().min(1).max(40),
  company: z.string().trim().min(2).max(100),
  name: z.string().trim().min(1).max(60),
  login: z
    .string()
    .trim()
    .regex(/^[a-z][a-z0-9._-]{1,39}$/),
  password: z.string().max(200),
})
