import { z } from '@hono/zod-openapi'
import { type Route, route } from '../http/route.ts'
import { search } from './search.ts'
import { foundSchema } from './wire.ts'

export const searchRoutes: Route[] = [
  route(
    {
      method: 'get',
      path: '/api/v1/search',
      tag: 'Meta',
      access: { who: 'signed-in' },
      summary: { zh: '查找记录、人员与手册条目', en: 'Find records, people and handbook clauses' },
      query: z.strictObject({
        q: z.string().trim().min(1).max(100),
        in: z.enum(['all', 'handbook']).default('all').openapi({
          description: '只在手册里找，最多 60 处 · `handbook`: in the handbook alone, up to 60 places',
        }),
        edition: z
          .string()
          .regex(/^(effective|\d{1,9})$/)
          .default('effective')
          .openapi({ description: '在哪一版手册里找 · The edition that is looked through' }),
        mine: z.enum(['1']).optional().openapi({
          description: '只要与本人岗位有关的条目 · Clauses that concern the asker’s posts alone',
        }),
      }),
      answer: z.object({ items: z.array(foundSchema) }),
    },
    async (ctx, { query }) => ({ items: await search(ctx, query) }),
  ),
]
