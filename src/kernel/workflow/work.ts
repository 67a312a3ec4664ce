import { z } from '@hono/zod-openapi'
import { type Route, route } from '../http/route.ts'
import { type Kind, rightKindOf } from '../records/kind.ts'
import { readRecord } from '../records/read.ts'
import { casesAbout } from './case-reads.ts'
import { caseSchema } from './wire.ts'

/** Cases about a record, for every kind: the page of a record shows the work around it. */
export const workRoutes = (kinds: Iterable<Kind>): Route[] =>
  [...kinds].map((kind) =>
    route(
      {
        method: 'get',
        path: `/api/v1/records/${kind.id}/{id}/work`,
        tag: kind.plural.en,
        access: { who: 'right', kind: rightKindOf(kind), verb: 'read' },
        summary: { zh: `${kind.label.zh}的流程`, en: `Work about a ${kind.label.en.toLowerCase()}` },
        params: z.object({ id: z.coerce.number().int().positive() }),
        answer: z.object({ items: z.array(caseSchema) }),
      },
      async (ctx, { params }) => {
        await readRecord(ctx, kind, params.id)
        return { items: await casesAbout(ctx, kind.id, params.id) }
      },
    ),
  )
