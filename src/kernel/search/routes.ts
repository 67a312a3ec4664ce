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
      query: z.object({ q: z.string().trim().min(1).max(100) }),
      answer: z.object({ items: z.array(foundSchema) }),
    },
    async (ctx, { query }) => ({ items: await search(ctx, query.q) }),
  ),
]
