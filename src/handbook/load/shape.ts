import { z } from 'zod'

/** Shapes of the YAML files; defaults are resolved here and nowhere else. */
export const text = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) })
export const tag = z.enum(['seed', 'reading', 'practice', 'default', 'law'])
const statement = z.strictObject({ text, tag })
const level = z.enum(['parent', 'company', 'hq', 'region', 'branch'])
const duty = z.enum(['responsible', 'participates', 'supervises', 'approves', 'coordinates', 'executes'])
const verb = z.enum([
  'read',
  'create',
  'update',
  'delete',
  'import',
  'export',
  'assign',
  'publish',
  'approve',
])

const content = z.enum([
  'control',
  'org-chart',
  'headcount',
  'relations',
  'functions',
  'matrix',
  'posts',
  'kpis',
  'management-workflows',
  'business-workflows',
  'support-workflows',
  'rollout-workflows',
  'policies',
  'forms',
  'norms',
  'switches',
  'records',
  'glossary',
])

export const edition = z.strictObject({
  id: z.string(),
  number: z.string(),
  title: text,
  currency: z.string(),
  control: z.strictObject({
    documentNumber: z.string(),
    drafted: text,
    reviewed: text,
    approved: text,
    changes: z.array(z.strictObject({ number: z.string(), date: z.string(), text })),
    distribution: text,
  }),
  chapters: z.array(
    z.strictObject({
      id: z.string(),
      title: text,
      sections: z.array(
        z.strictObject({
          id: z.string(),
          title: text,
          statements: z.array(statement).default([]),
          content: content.optional(),
        }),
      ),
    }),
  ),
})

export const organisation = z.strictObject({
  headcount: z.number().int(),
  seats: z.array(
    z.strictObject({
      post: z.string(),
      level,
      count: z.number().int(),
      perUnit: z.number().int().nullable().default(null),
      inHeadcount: z.boolean(),
      provisional: z.boolean().default(false),
      tag,
    }),
  ),
  levels: z.array(z.strictObject({ id: level, name: text, legalEntity: z.boolean() })),
  relations: z.array(
    z.strictObject({
      id: z.enum(['business', 'deal', 'supervision', 'administration']),
      name: text,
      with: text,
      may: text,
      mayNot: text,
      tag,
    }),
  ),
})

export const titlePost = {
  id: z.string(),
  name: text,
  aliases: z.array(text).default([]),
  kind: z.enum(['inside', 'external', 'placeholder']).default('inside'),
  level: level.nullable().default(null),
  superior: z.string().nullable().default(null),
  tag,
}
export const post = z.strictObject({
  ...titlePost,
  adoption: z.enum(['running', 'described']).default('running'),
  sheet: z
    .strictObject({
      mission: z.array(statement),
      work: z.array(z.strictObject({ title: text, items: z.array(statement) })).default([]),
      kpis: z
        .array(
          z.strictObject({
            group: z.enum(['financial', 'operating', 'management']),
            kpi: z.string(),
            weight: z.number(),
            tag,
          }),
        )
        .default([]),
      processes: z.array(z.strictObject({ workflow: z.string(), role: text, tag })).default([]),
      requirements: z.array(z.strictObject({ group: text, items: z.array(statement) })).default([]),
      limits: z.array(statement).default([]),
    })
    .optional(),
})

export const handbookFunction = z.strictObject({
  id: z.string(),
  name: text,
  lead: z.string().default('KA'),
  dutyClass: z.enum(['core', 'joint', 'local']),
  cells: z.record(z.string(), z.array(duty)),
  workflows: z.array(z.string()).default([]),
  policies: z.array(z.string()).default([]),
  kpis: z.array(z.string()).default([]),
  noWorkflow: text.optional(),
  tag,
})

export const rights = z.strictObject({
  reach: z.record(z.string(), z.enum(['all', 'unit', 'managed', 'own'])),
  kinds: z.array(
    z.strictObject({ kind: z.string(), function: z.string(), verbs: z.partialRecord(duty, z.array(verb)) }),
  ),
  system: z.array(
    z.strictObject({
      post: z.string(),
      part: z.enum(['organisation', 'handbook', 'standards', 'audit', 'users']),
      verbs: z.array(verb),
    }),
  ),
  read: z.array(z.strictObject({ post: z.string(), kinds: z.array(z.string()), why: text })).default([]),
})

export const kpi = z.strictObject({
  id: z.string(),
  name: text,
  unit: z.enum(['money', 'percent', 'points', 'days', 'number']),
  vat: z.enum(['excluded', 'included']).nullable().default(null),
  formula: text,
  records: z.array(z.string()),
  periods: z.array(z.enum(['month', 'quarter', 'half-year', 'year'])),
  posts: z.array(z.string()),
  direction: z.enum(['up', 'down']).default('up'),
  scored: z.boolean().default(true),
  missingBase: text,
  scoring: z
    .strictObject({
      method: z.enum(['ratio', 'linear', 'steps', 'value', 'none']),
      norm: z.string().nullable().default(null),
    })
    .default({ method: 'none', norm: null }),
  measuredAt: z.array(z.string()).default([]),
  note: text.optional(),
  adoption: z.enum(['running', 'described']).default('described'),
  measure: z.string().optional(),
  tag,
})
