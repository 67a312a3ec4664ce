import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sampleServer, type TestServer, tokenOf } from '../../../test/server.ts'
import { loadSample } from '../org/sample/load.ts'
import { digestOf } from './secrets.ts'

let server: TestServer
const web = mkdtempSync(join(tmpdir(), 'kambook-web-'))
const password = 'correct-horse-battery'

beforeAll(async () => {
  writeFileSync(join(web, 'index.html'), '<!doctype html><title>Kambook</title>')
  server = await sampleServer({ web })
}, 120_000)
afterAll(async () => {
  await server?.close()
  rmSync(web, { recursive: true, force: true })
})

const signIn = (login: string, word: string, headers: HeadersInit = {}) =>
  server.call(null, 'POST', '/api/v1/session', { login, password: word }, headers)
const own = () => ({ origin: server.url, 'sec-fetch-site': 'same-origin' })
const cookieOf = (answer: Response): string => answer.headers.get('set-cookie') ?? ''

describe('Signing in', () => {
  test('sets a cookie that scripts and foreign sites do not get; only its digest is kept', async () => {
    const answer = await signIn('sup', password)
    expect(answer.status).toBe(204)
    const cookie = cookieOf(answer)
    for (const flag of ['HttpOnly', 'SameSite=Lax', 'Path=/']) expect(cookie).toContain(flag)
    const secret = /kambook_session=([\w-]{43});/.exec(cookie)?.[1] ?? ''
    const { rows } = await sql<{
      digest: string
      row: string
    }>`select digest, s::text as row from auth_session s
      where kind = 'session'`.execute(server.db.kysely)
    expect(rows.map((one) => one.digest)).toEqual([digestOf(secret)])
    expect(rows[0]?.row).not.toContain(secret)
  })

  test('behind https the cookie goes over https only', async () => {
    process.env.PUBLIC_URL = 'https://kam.example'
    try {
      expect(cookieOf(await signIn('sup', password))).toContain('; Secure')
    } finally {
      delete process.env.PUBLIC_URL
    }
  })

  test('a token is kept as a digest, and gone with its login', async () => {
    const token = await tokenOf(server.db, 'fin')
    const bearing = { authorization: `Bearer ${token}` }
    expect((await server.call(null, 'GET', '/api/v1/me', undefined, bearing)).status).toBe(200)
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from auth_session s
      where s::text like ${`%${token}%`}`.execute(server.db.kysely)
    expect(rows[0]?.n).toBe(0)
    await sql`update app_user set disabled_at = now() where login = 'fin'`.execute(server.db.kysely)
    expect((await server.call(null, 'GET', '/api/v1/me', undefined, bearing)).status).toBe(401)
    await sql`update app_user set disabled_at = null where login = 'fin'`.execute(server.db.kysely)
  })

  test('there is no default password: each sample company gets its own', async () => {
    const { freshDatabase } = await import('../../../test/database.ts')
    const made = await Promise.all(
      [1, 2].map(async () => {
        const fresh = await freshDatabase()
        const word = await loadSample(fresh.db)
        await fresh.drop()
        return word
      }),
    )
    expect(made[0]).toMatch(/^\w{4}-\w{4}-\w{4}$/)
    expect(made[0]).not.toBe(made[1])
  }, 60_000)
})

describe('A request with a cookie', () => {
  test('changes something only from this site’s own pages', async () => {
    const cookie = cookieOf(await signIn('sup', password)).split(';')[0] as string
    const patch = (headers: Record<string, string>) =>
      server.call(null, 'PATCH', '/api/v1/me', { lang: 'zh' }, { cookie, ...headers })
    expect((await patch(own())).status).toBe(200)
    for (const headers of [
      {},
      { origin: 'https://elsewhere.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site', origin: 'http://127.0.0.1:1' },
    ]) {
      const refused = await patch(headers as Record<string, string>)
      expect([headers, refused.status]).toEqual([headers, 403])
    }
    expect((await server.call(null, 'GET', '/api/v1/me', undefined, { cookie })).status).toBe(200)
  })

  test('signing out ends the session on the server', async () => {
    const cookie = cookieOf(await signIn('sup', password)).split(';')[0] as string
    const gone = await server.call(null, 'DELETE', '/api/v1/session', undefined, { cookie, ...own() })
    expect([gone.status, /Max-Age=0/.test(cookieOf(gone))]).toEqual([204, true])
    expect((await server.call(null, 'GET', '/api/v1/me', undefined, { cookie })).status).toBe(401)
  })
})

describe('Every answer', () => {
  test('of a page, the API and a refusal bears the headers that keep foreign scripts out', async () => {
    for (const path of [
      '/',
      '/tasks',
      '/api/v1/me',
      '/api/openapi.json',
      '/health/live',
      '/api/v1/nowhere',
    ]) {
      const { headers } = await server.call(null, 'GET', path)
      const policy = headers.get('content-security-policy') ?? ''
      expect(policy, path).toMatch(/default-src 'self'/)
      expect(policy, path).toMatch(/script-src 'self'(;|$)/)
      expect(policy, path).toMatch(/frame-ancestors 'none'/)
      expect(headers.get('x-content-type-options'), path).toBe('nosniff')
    }
  })

  test('to more than can be taken is 413, also without a told length', async () => {
    const huge = JSON.stringify({ login: 'x', password: 'x'.repeat(5_000_000) })
    const told = await fetch(`${server.url}/api/v1/session`, { method: 'POST', body: huge })
    expect([told.status, await told.json()]).toMatchObject([413, { code: 'too-large', status: 413 }])
    const pieces = async function* () {
      for (let n = 0; n < 50; n += 1) yield Buffer.alloc(100_000, 32)
    }
    const streamed = await fetch(`${server.url}/api/v1/session`, {
      method: 'POST',
      body: Readable.toWeb(Readable.from(pieces())),
      duplex: 'half',
    } as unknown as RequestInit)
    expect(streamed.status).toBe(413)
    expect((await server.call(null, 'GET', '/health/live')).status).toBe(200)
  })

  test('to what is no JSON, or holds what no column can hold, is a refusal and no defect', async () => {
    const token = await tokenOf(server.db, 'sup')
    const post = (body: string) =>
      fetch(`${server.url}/api/v1/records/account`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}` },
        body,
      })
    expect((await post('{"code":')).status).toBe(400)
    expect((await post(JSON.stringify({ code: 'NUL', name: 'a\u0000b' }))).status).toBe(422)
    const deep = await post('['.repeat(100_000) + ']'.repeat(100_000))
    expect([400, 422]).toContain(deep.status)
    const odd = await server.call('sup', 'GET', '/api/v1/records/order?ordered_on=2017-02-30')
    expect(odd.status).toBe(422)
  })
})
