import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Described, Operation, Schema } from '../../test/openapi.ts'
import { callOf } from '../../test/openapi.ts'
import { someSales } from '../../test/sales.ts'
import { sampleServer, type TestServer } from '../../test/server.ts'
import { routes } from './routes.ts'

// Names that every plain object knows. Whoever asks for a field, a kind or a filter so called is told that there is none.
const names = ['constructor', '__proto__'] as const

let server: TestServer
let document: Described
beforeAll(async () => {
  server = await sampleServer()
  await someSales(server.db)
  document = await (await server.call(null, 'GET', '/api/openapi.json')).json()
}, 120_000)
afterAll(() => server?.close())

const filled = (path: string) =>
  path.replaceAll(/\{(\w+)\}/g, (_, name) => (name === 'kind' ? 'account' : name === 'id' ? '1' : 'x'))
const isText = (schema: Schema) => [schema.type].flat().includes('string') || schema.anyOf !== undefined

describe('Names that objects bring along', () => {
  test.each(routes.map(({ base }) => [`${base.method.toUpperCase()} ${base.path}`, base] as const))(
    '%s takes none of them for one of its own',
    async (_, base) => {
      const login = base.access.who === 'system' ? 'adm' : 'sup'
      const usual = callOf(document, base.path, base.method, filled)
      const { parameters = [] } = (document.paths[base.path] as Record<string, Operation>)[
        base.method
      ] as Operation
      const sent: { path: string; body?: unknown }[] = []
      for (const name of names) {
        for (const one of parameters)
          if (one.in === 'path') {
            const path = base.path.replace(`{${one.name}}`, name)
            sent.push({ ...usual, path: filled(path) })
          } else if (one.in === 'query' && isText(one.schema)) {
            const join = usual.path.includes('?') ? '&' : '?'
            sent.push({ ...usual, path: `${usual.path}${join}${one.name}=${name}` })
          }
        const body = usual.body as Record<string, unknown> | undefined
        if (!body) continue
        for (const [key, value] of Object.entries(body))
          if (typeof value === 'string') sent.push({ ...usual, body: { ...body, [key]: name } })
          else if (value && typeof value === 'object' && !Array.isArray(value))
            sent.push({ ...usual, body: { ...body, [key]: JSON.parse(`{"${name}": "x"}`) } })
        sent.push({ ...usual, body: JSON.parse(`{"${name}": "x"}`) })
      }
      const wrong: unknown[] = []
      for (const one of sent) {
        const answer = await server.call(login, base.method.toUpperCase(), one.path, one.body, {
          'if-match': '"1"',
        })
        await answer.arrayBuffer()
        if (answer.status >= 500 && answer.status !== 503) wrong.push([answer.status, one])
      }
      expect(wrong).toEqual([])
    },
    600_000,
  )
})

describe('What refers to nothing, or is referred to', () => {
  test('a patch with an owner who is not there names the field', async () => {
    const list = (await (await server.call('sup', 'GET', '/api/v1/records/account?limit=1')).json()) as {
      items: { id: number; rev: number }[]
    }
    const [account] = list.items
    const answer = await server.call(
      'sup',
      'PATCH',
      `/api/v1/records/account/${account?.id}`,
      { owner_id: 999_999 },
      { 'if-match': `"${account?.rev}"` },
    )
    const told = (await answer.json()) as { faults: { path: string }[] }
    expect([answer.status, told.faults?.map((one) => one.path)]).toEqual([422, ['owner_id']])
  })

  test('an order with lines is not deleted, and why is said', async () => {
    const list = (await (await server.call('sup', 'GET', '/api/v1/records/order?limit=1')).json()) as {
      items: { id: number; rev: number }[]
    }
    const [order] = list.items
    const answer = await server.call('sup', 'DELETE', `/api/v1/records/order/${order?.id}`, undefined, {
      'if-match': `"${order?.rev}"`,
    })
    const told = (await answer.json()) as { code: string }
    expect([answer.status, told.code]).toEqual([409, 'in-use'])
  })

  test('an address that is none is refused in words', async () => {
    for (const path of ['/%', '/%E0%A4%A', '/a%00b', '/api/v1/%', '/assets/%'])
      expect([path, (await fetch(server.url + path)).status < 500]).toEqual([path, true])
    const page = await fetch(`${server.url}/%`, { headers: { 'accept-language': 'zh' } })
    expect([page.status, await page.text()]).toEqual([400, '地址不完整或有误，检查后再打开'])
  })
})
