import { z } from '@hono/zod-openapi'

const text = z.object({ zh: z.string(), en: z.string() })
const unit = z.number().int().positive().max(2_147_483_647)
const branch = z.object({ id: unit, name: text })

/** Which branch supports a province; with `city` that city of it alone, which goes before the province. `null`: none does. */
export const areaSchema = z.strictObject({
  province: z.string().trim().min(1).max(40),
  city: z.string().trim().max(40).default(''),
  unitId: unit.nullable(),
})
export type Area = z.output<typeof areaSchema>

export const areasSchema = z
  .object({
    items: z.array(
      areaSchema.extend({
        /** Accounts whose most sales, or whose own address where nothing was sold, lie there. */
        accounts: z.number().int(),
        /** The branch is proposed because its name says the city; nobody has chosen it yet. */
        proposed: z.boolean(),
      }),
    ),
    branches: z.array(branch),
  })
  .openapi('BranchAreas')
export type BranchAreas = z.output<typeof areasSchema>

/**
 * `clear` gets a branch; `tied` (two provinces sold alike) and `spread` (less than half of the sales in the first province) are in doubt;
 * `other` has another branch already; `same`, `no-place` and `no-branch` stay as they are.
 */
export const verdicts = ['clear', 'tied', 'spread', 'other', 'same', 'no-place', 'no-branch'] as const
export type Verdict = (typeof verdicts)[number]

const asked = {
  areas: z.array(areaSchema).max(5000),
}
export const previewInput = z.strictObject(asked)
export const giveInput = z.strictObject({
  ...asked,
  /** Those in doubt get the branch of the first province as well. */
  doubtful: z.boolean().default(false),
  /** Those that have another branch move. */
  replace: z.boolean().default(false),
})
export type GiveInput = z.output<typeof giveInput>

export const previewSchema = z
  .object({
    counts: z.record(z.enum(verdicts), z.number().int()),
    /** By branch: accounts it has, and those of each verdict that it would get. */
    branches: z.array(
      branch.extend({
        has: z.number().int(),
        clear: z.number().int(),
        doubtful: z.number().int(),
        other: z.number().int(),
      }),
    ),
    /** The first hundred in doubt, those with most sales first. */
    doubts: z.array(
      z.object({
        id: z.number().int(),
        code: z.string(),
        name: z.string(),
        verdict: z.enum(['tied', 'spread']),
        branch: text,
        province: z.string(),
        next: z.string().nullable(),
        /** Part of the first province in the sales, in percent. */
        share: z.number(),
      }),
    ),
  })
  .openapi('BranchPreview')
export type BranchPreview = z.output<typeof previewSchema>

export const givenSchema = z
  .object({ given: z.number().int(), branches: z.number().int() })
  .openapi('BranchesGiven')
export type BranchesGiven = z.output<typeof givenSchema>
