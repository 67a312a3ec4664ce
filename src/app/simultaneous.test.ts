import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { callOf, type Described } from '../../test/openapi.ts'
import { someSales } from '../../test/sales.ts'
import { sampleServer, type TestServer } from '../../test/server.ts'
import { salesFile } from '../../test/superstore.ts'
import { routes } from './routes.ts'

// A department that comes back from lunch: two hundred people ask for the same thing in the same moment. Each gets an answer, if only that
// too much is going on, and the program works on. What holds a connection and waits for a second one stands still for good here.

const people = 200
/** Seconds within which each must have an answer: a bound of the program's own waits, not a measure of its speed. */
const patience = 30

let server: TestServer
let document: Described
let there: Record<string, number> = {}
const filled = (path: string) =>
  path.replaceAll(/\{(\w+)\}/g, (_, name) =>
    name === 'kind' ? 'account' : name === 'id' ? String(there[path.split('/')[3] ?? ''] ?? 1) : 'FM-18',
  )

beforeAll(async () => {
  server = await sampleServer()
  await someSales(server.db)
  document = await (await server.call(null, 'GET', '/api/openapi.json')).json()
  const made = async (path: string, body: unknown) =>
    (await (await server.call('sup', 'POST', path, body)).json()) as { id: number; tasks: { id: number }[] }
  const plan = await made('/api/v1/cases', { workflow: 'PLAN', input: { year: 2018 } })
  const run = await made(
    '/api/v1/imports?importer=sales&name=x.xls',
    salesFile({ lines: 20, faulty: false }).bytes,
  )
  // A login that nobody else in these stories needs.
  const { rows } = await sql<{ id: number }>`select id from app_user where login = 'rep18'`.execute(
    server.db.kysely,
  )
  there = {
    cases: plan.id,
    tasks: plan.tasks[0]?.id as number,
    plans: 1,
    // Of one's own sessions none that the story goes on with.
    me: 999_999_999,
    users: rows[0]?.id as number,
    imports: run.id,
  }
}, 120_000)
afterAll(() => server?.close())

describe('Two hundred at once', () => {
  test.each(routes.map(({ base }) => [`${base.method.toUpperCase()} ${base.path}`, base] as const))(
    '%s answers every one of them, and the program is ready after it',
    async (_, base) => {
      const login = base.access.who === 'system' ? 'adm' : 'sup'
      // The password route ends the sessions of whoever succeeds; a wrong old password is as much work.
      const { path, body } = callOf(document, base.path, base.method, filled)
      const bytes = base.body === 'bytes' ? salesFile({ lines: 20, faulty: false }).bytes : body
      const ask = async () => {
        const answer = await server.call(login, base.method.toUpperCase(), path, bytes, { 'if-match': '"1"' })
        await answer.arrayBuffer()
        return answer.status
      }
      const silent = new Promise<'silence'>((resolve) =>
        setTimeout(resolve, patience * 1000, 'silence').unref(),
      )
      const answers = await Promise.all(Array.from({ length: people }, () => Promise.race([ask(), silent])))
      const wrong = answers.filter((one) => one === 'silence' || (one >= 500 && one !== 503))
      expect(wrong).toEqual([])
      const ready = await server.call(null, 'GET', '/health/ready')
      expect([ready.status, await ready.json()]).toEqual([200, { ok: true }])
    },
    60_000,
  )
})
