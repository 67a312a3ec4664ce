import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Described, fitting, type Operation } from '../../test/openapi.ts'
import type { TestServer } from '../../test/server.ts'
import { type WorkAtHand, workAtHand } from '../../test/work-at-hand.ts'
import { openSession } from '../kernel/auth/session.ts'
import { asOwner } from '../kernel/db/transaction.ts'
import { routes } from './routes.ts'

// Every route is given what no person would type. Whatever comes in, the answer is a refusal that says why, or no refusal, never a defect.

let server: TestServer
let document: Described
let fill: WorkAtHand['fill']
/** A path with something that is there, as far as it is known. */
const filled = (path: string, id?: number) => fill(path, id, '0')

beforeAll(async () => {
  ;({ server, document, fill } = await workAtHand())
}, 120_000)
afterAll(() => server?.close())

// Texts as an address carries them: a NUL, half a character, too long, out of every range, no day, no number, quotes and wildcards.
const typed = [
  '%00',
  '%ED%A0%80',
  'x'.repeat(5000),
  '-1',
  '2147483648',
  '99999999999999999999',
  '1e400',
  `0.${'1'.repeat(400)}`,
  '2017-02-30',
  '0000-00-00',
  "'%22;--",
  '%F0%9F%92%A9',
]
// Values as JSON carries them.
const said: readonly unknown[] = [
  null,
  '\u0000',
  'a\u0000b',
  '\ud800',
  'x'.repeat(30_000),
  -1,
  2_147_483_648,
  1e308,
  0.1,
  '1.0000001',
  '9'.repeat(400),
  '2017-02-30',
  '9999-12-31',
  [],
  [null],
  {},
  { amount: '1'.repeat(40), currency: 'CNY' },
  { __proto__: 1, 'a\u0000': 1 },
  true,
]

/** Every place in a value, each with every hostile value in it. */
function* spoilt(value: unknown): Generator<unknown> {
  yield* said
  if (Array.isArray(value))
    for (const [at, one] of value.entries()) for (const bad of spoilt(one)) yield value.with(at, bad)
  else if (value !== null && typeof value === 'object') {
    for (const [key, one] of Object.entries(value))
      for (const bad of spoilt(one)) yield { ...value, [key]: bad }
    yield { ...value, 'no such\u0000': 1 }
    // A record by free keys takes keys as well.
    for (const key of ['a\u0000', '\ud800', 'x'.repeat(3000)]) yield { ...value, [key]: 'x' }
  }
}

// The password of the tests stays as it is; what its route does with odd input is told in its own tests.
const keeping = ['/api/v1/me/password']

interface Asked {
  path: string
  body?: unknown
}

function* asked(path: string, method: string): Generator<Asked> {
  const { parameters = [], requestBody } = (document.paths[path] as Record<string, Operation>)[
    method
  ] as Operation
  const plain = filled(path)
  const schema = requestBody?.content['application/json']?.schema
  const body = schema ? fitting(document, schema) : undefined
  const more = body === undefined ? {} : { body }
  for (const [whole] of path.matchAll(/\{\w+\}/g))
    for (const text of typed) yield { path: filled(path.replace(whole, text)), ...more }
  for (const { name } of parameters.filter((one) => one.in === 'query'))
    for (const text of typed) yield { path: `${plain}?${name}=${text}`, ...more }
  if (body !== undefined) for (const bad of spoilt(body)) yield { path: plain, body: bad }
}

const withoutEnd = routes.filter(({ base }) => !keeping.includes(base.path) && !base.path.endsWith('/setup'))

describe('Every route', () => {
  test.each(withoutEnd.map(({ base }) => [`${base.method.toUpperCase()} ${base.path}`, base] as const))(
    '%s answers whatever comes in with a reason in both languages, never with a defect',
    async (_, base) => {
      const login = base.access.who === 'system' ? 'adm' : 'sup'
      const all = [...asked(base.path, base.method)]
      const wrong: string[] = []
      const one = async ({ path, body }: Asked) => {
        const answer = await server.call(login, base.method.toUpperCase(), path, body, { 'if-match': '"1"' })
        const text = await answer.text()
        const where = `${answer.status} ${path.slice(0, 160)} ${(JSON.stringify(body) ?? '').slice(0, 200)}`
        if (answer.status >= 500) wrong.push(where)
        if (answer.status >= 400) {
          const problem = JSON.parse(text) as { text?: { zh?: string; en?: string }; title?: string }
          if (!problem.text?.zh || !problem.text.en || !problem.title) wrong.push(`no reason: ${where}`)
        }
      }
      for (let at = 0; at < all.length; at += 8) await Promise.all(all.slice(at, at + 8).map(one))
      expect(wrong).toEqual([])
    },
    120_000,
  )

  test.each(
    routes
      .filter(
        ({ base }) =>
          base.method === 'get' && /^\/api\/v1\/(cases|tasks|plans|imports)\/\{id\}/.test(base.path),
      )
      .map(({ base }) => [base.path, base] as const),
  )('%s gives one answer for what is not there and what is another’s', async (_, base) => {
    for (const login of ['rep01', 'kam2', 'rgm3', 'leg']) {
      const foreign = await server.call(login, 'GET', filled(base.path))
      const missing = await server.call(login, 'GET', filled(base.path, 999_999_999))
      expect([login, foreign.status]).toEqual([login, missing.status])
      expect([403, 404]).toContain(foreign.status)
      expect(await foreign.json()).toEqual(await missing.json())
    }
  })

  test.each(
    routes
      .filter((one) => !one.open)
      .map(({ base }) => [`${base.method.toUpperCase()} ${base.path}`, base] as const),
  )('%s takes a session that has ended as none', async (_, base) => {
    const { kernel } = server.app
    const token = await asOwner(kernel.db, (tx) => openSession(tx, 1, 'token', -1, 'test'))
    const answer = await fetch(server.url + base.path.replaceAll(/\{\w+\}/g, '1'), {
      method: base.method.toUpperCase(),
      headers: { authorization: `Bearer ${token}` },
    })
    expect([answer.status, await answer.json()]).toMatchObject([401, { code: 'signed-out' }])
  })
})
