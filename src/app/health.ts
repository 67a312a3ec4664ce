import { z } from '@hono/zod-openapi'
import { sql } from 'kysely'
import { openRoute, type Route } from '../kernel/http/route.ts'

/** For a supervisor: answers 200 when the database answers. Says nothing that a stranger should not know. */
export const healthRoutes: Route[] = [
  openRoute(
    {
      method: 'get',
      path: '/api/v1/health',
      tag: 'Meta',
      access: { who: 'anyone', because: 'a supervisor has no login' },
      summary: { zh: '运行状况', en: 'Health' },
      answer: z.object({ ok: z.literal(true) }),
    },
    async (kernel) => {
      await sql`select 1`.execute(kernel.db.kysely)
      return { ok: true }
    },
  ),
]
