import { z } from '@hono/zod-openapi'
import type { Acting } from '../context.ts'
import { asOwner } from '../db/transaction.ts'
import { longRoute, type Route } from '../http/route.ts'
import { addressOf } from './address.ts'
import { secretOf } from './authenticate.ts'
import { endSession, endSessions, sessionsOf } from './sessions.ts'
import { sessionListSchema } from './wire.ts'

const tag = 'Session'
const access = { who: 'signed-in' } as const
const own = ({ actor }: Acting) => ({ id: actor.userId, login: actor.login })
const stamp = ({ actor, editionId }: Acting) => ({
  userId: actor.userId,
  personId: actor.personId,
  editionId,
})

/** Where one is signed in, and the way out of it. */
export const sessionRoutes: Route[] = [
  longRoute(
    {
      method: 'get',
      path: '/api/v1/me/sessions',
      tag,
      access,
      summary: { zh: '我在哪里登录着', en: 'Where I am signed in' },
      answer: sessionListSchema,
    },
    async ({ actor, kernel }, { request }) => ({
      items: await asOwner(kernel.db, (tx) =>
        sessionsOf(tx, actor.userId, secretOf(request)?.secret ?? null),
      ),
    }),
  ),
  longRoute(
    {
      method: 'delete',
      path: '/api/v1/me/sessions/{id}',
      tag,
      access,
      summary: { zh: '结束自己的一处登录', en: 'End one of my sessions' },
      params: z.object({ id: z.coerce.number().int().positive().max(2_147_483_647) }),
      status: 204,
    },
    (acting, { params, request }) =>
      asOwner(
        acting.kernel.db,
        (tx) => endSession(tx, own(acting), params.id, addressOf(request)),
        stamp(acting),
      ),
  ),
  longRoute(
    {
      method: 'delete',
      path: '/api/v1/me/sessions',
      tag,
      access,
      summary: { zh: '结束自己的其他登录', en: 'End all my other sessions' },
      answer: z.object({ ended: z.number().int() }),
    },
    async (acting, { request }) => ({
      ended: await asOwner(
        acting.kernel.db,
        (tx) => endSessions(tx, own(acting), addressOf(request), secretOf(request)?.secret ?? null),
        stamp(acting),
      ),
    }),
  ),
]
