import { OpenAPIHono, z } from '@hono/zod-openapi'
import { problemSchema } from './problem.ts'
import type { Route } from './route.ts'

const idempotencyHeader = z.object({
  'idempotency-key': z.uuid().optional().openapi({
    description:
      'Sent again with the same key within seven days, the request is answered as before and not carried out again; another body under the same key is 422, a request still at work 409',
  }),
})

/** The OpenAPI 3.1 document of declared routes: one concrete path per record kind. */
export function openapiDocument(routes: readonly Route[], version: string): object {
  const document = new OpenAPIHono()
  const registry = document.openAPIRegistry
  registry.registerComponent('securitySchemes', 'session', {
    type: 'apiKey',
    in: 'cookie',
    name: 'kambook_session',
  })
  registry.registerComponent('securitySchemes', 'bearer', {
    type: 'http',
    scheme: 'bearer',
  })
  for (const { base, open } of routes)
    registry.registerPath({
      method: base.method,
      path: base.path,
      tags: [base.tag],
      summary: base.summary.en,
      description: base.summary.zh,
      security: open ? [] : [{ session: [] }, { bearer: [] }],
      'x-access': base.access,
      request: {
        ...(base.params ? { params: base.params } : {}),
        ...(base.query ? { query: base.query } : {}),
        ...(!open && base.method !== 'get' ? { headers: idempotencyHeader } : {}),
        ...(base.json ? { body: { content: { 'application/json': { schema: base.json } } } } : {}),
        ...(base.body === 'bytes'
          ? {
              body: {
                content: {
                  'application/octet-stream': {
                    schema: { type: 'string', format: 'binary' },
                  },
                },
              },
            }
          : {}),
      },
      responses: {
        [base.status ?? 200]: {
          description: base.summary.en,
          ...(base.answer ? { content: { 'application/json': { schema: base.answer } } } : {}),
        },
        default: {
          description: 'RFC 9457 problem',
          content: { 'application/problem+json': { schema: problemSchema } },
        },
      },
    })
  return document.getOpenAPI31Document({
    openapi: '3.1.0',
    info: { title: 'Kambook', version },
    servers: [{ url: '/' }],
  })
}
