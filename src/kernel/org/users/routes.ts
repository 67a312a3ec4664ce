import { z } from '@hono/zod-openapi'
import { addressOf } from '../../auth/address.ts'
import { hashPassword, readablePassword } from '../../auth/secrets.ts'
import { endSession, endSessions, sessionsOf } from '../../auth/sessions.ts'
import { sessionListSchema } from '../../auth/wire.ts'
import type { Acting, EffectiveEdition } from '../../context.ts'
import type { Tx } from '../../db/database.ts'
import { asOwner } from '../../db/transaction.ts'
import { longRoute, type Route } from '../../http/route.ts'
import { requireSystemPart } from '../../rights/may.ts'
import { addUser, disableUser, enableUser, type Hand, moveUser, resetUser } from './change.ts'
import { seatsOf, userOf, usersOf } from './read.ts'
import { moveSchema, newUserSchema, seatSchema, userSchema } from './wire.ts'

const tag = 'Users'
const id = z.coerce.number().int().positive().max(2_147_483_647)
const params = z.object({ id })
const may = (verb: 'read' | 'create' | 'update') => ({ who: 'system', part: 'users', verb }) as const
const once = z.object({
  user: userSchema,
  /** Shown this once; it lets in once within seven days, to set an own one. */
  password: z.string(),
})

/** Logins stand beside passwords that no request may read: what the right allows is done by the program, under the person's name. */
async function within<T>(
  acting: Acting,
  request: Request,
  work: (tx: Tx, hand: Hand & { readonly edition: EffectiveEdition }) => Promise<T>,
): Promise<T> {
  const { actor, kernel, editionId } = acting
  const edition = await kernel.edition()
  return asOwner(
    kernel.db,
    (tx) => work(tx, { userId: actor.userId, address: addressOf(request), edition }),
    { userId: actor.userId, personId: actor.personId, editionId, now: kernel.clock.now() },
  )
}

/** Who may sign in, and which seat each holds. */
export const userRoutes: Route[] = [
  longRoute(
    {
      method: 'get',
      path: '/api/v1/users',
      tag,
      access: may('read'),
      summary: { zh: '登录账号', en: 'Logins' },
      query: z.object({
        q: z.string().trim().max(100).optional(),
        /** Login after which to go on. */
        after: z.string().max(60).optional(),
        limit: z.coerce.number().int().min(1).max(500).default(200),
      }),
      answer: z.object({ items: z.array(userSchema), next: z.string().nullable() }),
    },
    (acting, { query, request }) =>
      within(acting, request, async (tx, { edition }) => {
        const found = await usersOf(tx, edition.edition, { ...query, limit: query.limit + 1 })
        const items = found.slice(0, query.limit)
        return { items, next: found.length > query.limit ? (items.at(-1)?.login ?? null) : null }
      }),
  ),
  longRoute(
    {
      method: 'post',
      path: '/api/v1/users',
      tag,
      access: may('create'),
      summary: { zh: '新建登录账号', en: 'Add a login' },
      json: newUserSchema,
      answer: once,
      status: 201,
      secret: true,
    },
    async (acting, { json, request }) => {
      if (json.seat !== undefined) await acting.run((ctx) => requireSystemPart(ctx, 'organisation', 'update'))
      const password = readablePassword()
      const hash = await hashPassword(password)
      return within(acting, request, async (tx, hand) => ({
        user: await userOf(tx, hand.edition.edition, await addUser(tx, json, hash, hand)),
        password,
      }))
    },
  ),
  ...(['disabling', 'enabling'] as const).map((act) =>
    longRoute(
      {
        method: 'post',
        path: `/api/v1/users/{id}/${act}`,
        tag,
        access: may('update'),
        summary:
          act === 'disabling'
            ? { zh: '停用登录账号', en: 'Disable a login' }
            : { zh: '启用登录账号', en: 'Enable a login' },
        params,
        answer: userSchema,
      },
      (acting, call) =>
        within(acting, call.request, async (tx, hand) => {
          await (act === 'disabling' ? disableUser : enableUser)(tx, call.params.id, hand)
          return userOf(tx, hand.edition.edition, call.params.id)
        }),
    ),
  ),
  longRoute(
    {
      method: 'post',
      path: '/api/v1/users/{id}/password',
      tag,
      access: may('update'),
      summary: { zh: '重设密码，给一个只能用一次的', en: 'Reset a password to one that is good for once' },
      params,
      answer: once,
      secret: true,
    },
    async (acting, call) => {
      const password = readablePassword()
      const hash = await hashPassword(password)
      return within(acting, call.request, async (tx, hand) => {
        await resetUser(tx, call.params.id, hash, hand)
        return { user: await userOf(tx, hand.edition.edition, call.params.id), password }
      })
    },
  ),
  longRoute(
    {
      method: 'post',
      path: '/api/v1/users/{id}/move',
      tag,
      access: { who: 'system', part: 'organisation', verb: 'update' },
      summary: { zh: '调到另一个席位', en: 'Move to another seat' },
      params,
      json: moveSchema,
      answer: userSchema,
    },
    (acting, call) =>
      within(acting, call.request, async (tx, hand) => {
        await moveUser(tx, call.params.id, call.json, hand)
        return userOf(tx, hand.edition.edition, call.params.id)
      }),
  ),
  longRoute(
    {
      method: 'get',
      path: '/api/v1/users/{id}/sessions',
      tag,
      access: may('read'),
      summary: { zh: '一个账号在哪里登录着', en: 'Where a login is signed in' },
      params,
      answer: sessionListSchema,
    },
    (acting, call) =>
      within(acting, call.request, async (tx, { edition }) => {
        await userOf(tx, edition.edition, call.params.id)
        return { items: await sessionsOf(tx, call.params.id) }
      }),
  ),
  longRoute(
    {
      method: 'delete',
      path: '/api/v1/users/{id}/sessions/{session}',
      tag,
      access: may('update'),
      summary: { zh: '结束一个账号的一处登录', en: 'End one session of a login' },
      params: z.object({ id, session: id }),
      status: 204,
    },
    (acting, call) =>
      within(acting, call.request, async (tx, { edition, address }) =>
        endSession(tx, await userOf(tx, edition.edition, call.params.id), call.params.session, address),
      ),
  ),
  longRoute(
    {
      method: 'delete',
      path: '/api/v1/users/{id}/sessions',
      tag,
      access: may('update'),
      summary: { zh: '结束一个账号的全部登录', en: 'End all sessions of a login' },
      params,
      answer: z.object({ ended: z.number().int() }),
    },
    (acting, call) =>
      within(acting, call.request, async (tx, { edition, address }) => ({
        ended: await endSessions(tx, await userOf(tx, edition.edition, call.params.id), address),
      })),
  ),
  longRoute(
    {
      method: 'get',
      path: '/api/v1/seats',
      tag,
      access: { who: 'system', part: 'organisation', verb: 'read' },
      summary: { zh: '席位与在任的人', en: 'Seats and who holds them' },
      answer: z.object({ items: z.array(seatSchema) }),
    },
    (acting, { request }) =>
      within(acting, request, async (tx, { edition }) => ({ items: await seatsOf(tx, edition.edition) })),
  ),
]
