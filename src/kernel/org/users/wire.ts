import { z } from '@hono/zod-openapi'

const text = z.object({ zh: z.string(), en: z.string() })
const id = z.number().int().positive().max(2_147_483_647)

export const userSchema = z
  .object({
    id: z.number().int(),
    login: z.string(),
    person: z.object({ id: z.number().int(), name: z.string() }),
    /** Seats held today or later, the earlier first. */
    seats: z.array(
      z.object({
        seat: z.number().int(),
        post: z.string(),
        title: text,
        unit: text,
        number: z.number().int(),
        from: z.string(),
        until: z.string().nullable(),
      }),
    ),
    disabledAt: z.string().nullable(),
    /** The password was set by somebody else and is good for once, until then. */
    onceUntil: z.string().nullable(),
    /** When a session was last used, to within five minutes. */
    seen: z.string().nullable(),
  })
  .openapi('User')
export type User = z.infer<typeof userSchema>

export const seatSchema = z
  .object({
    id: z.number().int(),
    post: z.string(),
    title: text,
    unit: text,
    unitCode: z.string(),
    number: z.number().int(),
    /** Who holds it today. */
    holder: z.object({ id: z.number().int(), name: z.string() }).nullable(),
  })
  .openapi('Seat')
export type SeatRow = z.infer<typeof seatSchema>

export const loginSchema = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z][a-z0-9._-]{1,39}$/)
export const newUserSchema = z.strictObject({
  login: loginSchema,
  /** Somebody who is there already and has no login, or somebody new. */
  person: z.union([
    z.strictObject({ id }),
    z.strictObject({
      name: z.string().trim().min(1).max(60),
      nameEn: z.string().trim().max(60).default(''),
    }),
  ]),
  /** A seat to begin with, from a day on. */
  seat: id.optional(),
  from: z.iso.date().optional(),
})
export type NewUser = z.infer<typeof newUserSchema>

export const moveSchema = z.strictObject({
  seat: id,
  from: z.iso.date().optional(),
  /** Seats that end the day before; left out, all that he holds. */
  leaves: z.array(id).max(50).optional(),
})
export type Move = z.infer<typeof moveSchema>
