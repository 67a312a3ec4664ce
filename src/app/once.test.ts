import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { callOf, type Described } from '../../test/openapi.ts'
import type { TestServer } from '../../test/server.ts'
import { smallFile, type WorkAtHand, workAtHand } from '../../test/work-at-hand.ts'
import { routes } from './routes.ts'

// A phone in a lift sends the same thing three times. Whatever it is, it is done once, and each time answered alike.

let server: TestServer
let document: Described
let fill: WorkAtHand['fill']
const file = smallFile
const filled = (path: string) => fill(path)

beforeAll(async () => {
  ;({ server, document, fill } = await workAtHand())
}, 120_000)
afterAll(() => server?.close())

// What the program keeps for itself: answers, sessions, how far its work is, the links of its logs.
const own = [
  'idempotency',
  'auth_session',
  'auth_attempt',
  'han_reading',
  'kysely_migration',
  'job_node',
  'heavy_file',
  'log_segment',
  'log_link',
  'log_salt',
  'log_floor',
]
/** Rows that tell of each try, also of one that was refused; of one that was done there is still only one. */
const told = ['heavy_job', 'heavy_asker', 'security_log']

/** Everything in the database but the program's own, as one text; `done`: with what was asked of it and told in its log. */
async function everything(done: boolean): Promise<string> {
  const tables = await sql<{
    name: string
  }>`select relname as name from pg_class c join pg_namespace n on n.oid = relnamespace
    where relkind = 'r' and nspname = 'public' and relname <> all(${done ? own : [...own, ...told]}::text[]) order by 1`.execute(
    server.db.kysely,
  )
  const { rows } = await sql<{
    all: string
  }>`select string_agg(part, ' ' order by part) as all from (${sql.join(
    tables.rows.map(({ name }) =>
      // A job goes on to its end by itself: how many there are is what counts.
      told.includes(name)
        ? sql`select ${sql.lit(name)} || count(*) as part from ${sql.table(name)} t`
        : sql`select ${sql.lit(name)} || count(*) || coalesce(md5(string_agg(md5(t::text), '' order by md5(t::text))), '') as part from ${sql.table(name)} t`,
    ),
    sql` union all `,
  )}) parts`.execute(server.db.kysely)
  return rows[0]?.all ?? ''
}

// Where the described body alone is refused: one that has an effect, so that three of it would show.
const telling: Record<string, { path?: string; body?: unknown }> = {
  'post /api/v1/records/account': { body: { code: 'TWICE-1', name: '三次送达示例户' } },
  'post /api/v1/cases': { body: { workflow: 'PLAN', input: { year: 2019 } } },
  'post /api/v1/exports': { body: { kind: 'account', format: 'csv', filter: {} } },
  'post /api/v1/imports': { path: '/api/v1/imports?importer=sales&name=again.xls', body: file },
  'put /api/v1/views/{kind}': { body: { name: '三次', query: 'grade=A', columns: ['code'] } },
  'patch /api/v1/me': { body: { preferences: { sent: 'thrice' } } },
}
const changing = routes.filter(({ base, open }) => !open && base.method !== 'get')

describe('A changing request that is sent three times', () => {
  test.each(changing.map(({ base }) => [`${base.method} ${base.path}`, base] as const))(
    '%s has one effect',
    async (name, base) => {
      const login = base.access.who === 'system' ? 'adm' : 'sup'
      const asked = { ...callOf(document, base.path, base.method, filled), ...telling[name] }
      const body = base.body === 'bytes' ? file : asked.body
      const key = randomUUID()
      const send = async () => {
        const answer = await server.call(login, base.method.toUpperCase(), asked.path, body, {
          'if-match': '"1"',
          'idempotency-key': key,
        })
        return { status: answer.status, text: await answer.text() }
      }
      const first = await send()
      const done = first.status < 300
      const after = await everything(done)
      const again = await send()
      const third = await send()
      if (name in telling) expect([name, first.status < 300]).toEqual([name, true])
      if (first.status < 300 && !base.secret) expect([again, third]).toEqual([first, first])
      else expect(again.status).toBe(third.status)
      expect(await everything(done)).toBe(after)
    },
    60_000,
  )

  test('a password in it goes into nothing that is kept: no digest that could be guessed at', async () => {
    const named = /password|^(old|new|fresh|secret)$/
    const bare = changing.flatMap(({ base }) => {
      const schema =
        document.paths[base.path]?.[base.method]?.requestBody?.content['application/json']?.schema
      const fields = Object.keys(
        (schema?.$ref ? document.components.schemas[schema.$ref.split('/').at(-1) ?? ''] : schema)
          ?.properties ?? {},
      )
      return fields
        .filter((one) => named.test(one) && !base.hides?.includes(one))
        .map((one) => `${base.path} ${one}`)
    })
    expect(bare).toEqual([])
    expect(changing.some(({ base }) => base.hides?.includes('old'))).toBe(true)
  })

  test('sent twice in the same moment it is carried out once; the other is told that it is at work, or the same', async () => {
    const key = randomUUID()
    const body = { code: 'TWICE-2', name: '同时送达示例户' }
    const answers = await Promise.all(
      Array.from({ length: 5 }, () =>
        server.call('sup', 'POST', '/api/v1/records/account', body, { 'idempotency-key': key }),
      ),
    )
    const said = await Promise.all(answers.map(async (one) => [one.status, await one.json()] as const))
    expect(said.some(([status]) => status === 201)).toBe(true)
    for (const [status, json] of said)
      expect(status === 201 || (json as { code: string }).code === 'still-running').toBe(true)
    const { rows } = await sql`select from account where code = 'TWICE-2'`.execute(server.db.kysely)
    expect(rows).toHaveLength(1)
  })

  test('another body under the same key is refused, the same key of somebody else is his own', async () => {
    const key = randomUUID()
    const send = (login: string, name: string, header: string = key) =>
      server.call(
        login,
        'PUT',
        '/api/v1/views/account',
        { name, query: '', columns: [] },
        { 'idempotency-key': header },
      )
    expect((await send('sup', '甲')).status).toBe(200)
    const other = await send('sup', '乙')
    expect([other.status, await other.json()]).toMatchObject([422, { code: 'key-used' }])
    expect((await send('kam1', '乙')).status).toBe(200)
    const bad = await send('sup', '丙', 'no-uuid')
    expect([bad.status, await bad.json()]).toMatchObject([400, { code: 'bad-key' }])
  })

  test('what was refused is carried out when it is sent again and can be', async () => {
    const key = randomUUID()
    const headers = { 'idempotency-key': key }
    const body = { code: 'TWICE-3', name: '先拒后成示例户' }
    const { id } = (await (await server.call('sup', 'POST', '/api/v1/records/account', body)).json()) as {
      id: number
    }
    expect((await server.call('sup', 'POST', '/api/v1/records/account', body, headers)).status).toBe(409)
    const gone = await server.call('sup', 'DELETE', `/api/v1/records/account/${id}`, undefined, {
      'if-match': '"1"',
    })
    expect(gone.status).toBe(204)
    expect((await server.call('sup', 'POST', '/api/v1/records/account', body, headers)).status).toBe(201)
  })
})
