import { z } from '@hono/zod-openapi'
import { type Route, route } from '../http/route.ts'
import { notFound } from '../refusal.ts'
import { editionOf } from './rows.ts'

/** One form of an edition: a task draws its fields without fetching the whole handbook (type of the handbook's model). */
export const formRoute: Route = route(
  {
    method: 'get',
    path: '/api/v1/handbook/editions/{id}/forms/{form}',
    tag: 'Handbook',
    access: { who: 'signed-in' },
    summary: { zh: '手册里的一张表', en: 'A form of an edition' },
    params: z.object({
      id: z.string().regex(/^(effective|\d{1,9})$/),
      form: z.string().max(20),
    }),
    answer: z.object({ form: z.unknown() }),
  },
  async (ctx, { params }) => {
    const form = (await editionOf(ctx, params.id)).edition.forms.find((one) => one.id === params.form)
    if (!form) throw notFound()
    return { form }
  },
)
