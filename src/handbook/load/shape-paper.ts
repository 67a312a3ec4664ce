import { z } from 'zod'
import { tag, text, titlePost } from './shape.ts'

/** Shapes of forms, policies, records, terms and titles. */
export const field = z.strictObject({
  id: z.string(),
  label: text,
  type: z.enum([
    'text',
    'long',
    'date',
    'datetime',
    'money',
    'number',
    'percent',
    'choice',
    'reference',
    'computed',
    'attachment',
    'yesno',
  ]),
  required: z.boolean().default(false),
  bind: z.string().optional(),
  vat: z.enum(['excluded', 'included', 'none']).optional(),
  unit: text.optional(),
  options: z.array(z.strictObject({ id: z.string(), name: text })).optional(),
  tag: tag.default('practice'),
})

/** Fields that every form begins with. */
export const formFrame = z.strictObject({ fields: z.array(field) })

export const form = z.strictObject({
  id: z.string(),
  name: text,
  steps: z.array(z.string()),
  adoption: z.enum(['running', 'described']).default('running'),
  kinds: z.array(z.string()).default([]),
  tag,
  sections: z.array(
    z.strictObject({
      id: z.string(),
      title: text,
      repeat: z.boolean().default(false),
      steps: z.array(z.string()).default([]),
      fields: z.array(field),
    }),
  ),
})

export const term = z.strictObject({
  term: text,
  aliases: z.array(z.string()).default([]),
  see: z.array(z.string()).default([]),
  why: text,
  tag,
})

export const policy = z.strictObject({
  id: z.string(),
  name: text,
  owner: z.string(),
  with: z.array(z.string()).default([]),
  workflows: z.array(z.string()).default([]),
  forms: z.array(z.string()).default([]),
  tag: tag.default('practice'),
})

export const record = z.strictObject({ id: z.string(), name: text, kind: z.string() })

/** Parts that stand as titles until a later edition writes them. */
export const titles = z.strictObject({
  posts: z.array(z.strictObject(titlePost)).default([]),
  forms: z
    .array(
      z.strictObject({
        id: z.string(),
        name: text,
        steps: z.array(z.string()).default([]),
        tag: tag.default('practice'),
      }),
    )
    .default([]),
  workflows: z
    .array(
      z.strictObject({
        id: z.string(),
        name: text,
        kind: z.enum(['management', 'business', 'support', 'rollout']),
      }),
    )
    .default([]),
  policies: z.array(policy).default([]),
})
