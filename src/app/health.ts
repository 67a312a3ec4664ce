import { z } from '@hono/zod-openapi'
import { sql } from 'kysely'
import { waitingMigrations } from '../kernel/db/migrate.ts'
import { openRoute, type Route } from '../kernel/http/route.ts'
import { Refusal } from '../kernel/refusal.ts'

const access = { who: 'anyone', because: 'a supervisor has no login' } as const
const answer = z.object({ ok: z.literal(true) })

/** For a supervisor or a load balancer. Says nothing that a stranger should not know. */
export const healthRoutes: Route[] = [
  openRoute(
    {
      method: 'get',
      path: '/health/live',
      tag: 'Meta',
      access,
      summary: { zh: '进程是否应答', en: 'Whether the process answers' },
      answer,
    },
    async () => ({ ok: true }),
  ),
  openRoute(
    {
      method: 'get',
      path: '/health/ready',
      tag: 'Meta',
      access,
      summary: { zh: '数据库应答且已升级，可以工作', en: 'Whether the database answers and is migrated' },
      answer,
    },
    async (kernel) => {
      await sql`select 1`.execute(kernel.db.door.kysely)
      const waiting = await waitingMigrations(kernel.db)
      if (waiting.length > 0)
        throw new Refusal(503, 'not-migrated', {
          zh: `数据库还差 ${waiting.length} 步升级，暂时不能工作`,
          en: `The database lacks ${waiting.length} migrations; the program cannot work yet`,
        })
      return { ok: true }
    },
  ),
]
