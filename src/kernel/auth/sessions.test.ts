import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sampleServer, type TestServer } from '../../../test/server.ts'
import type { SessionList } from './wire.ts'

// A representative has a desk, a phone and a script; the phone is lost.

let server: TestServer
const password = 'correct-horse-battery'
const agents = {
  desk: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0',
  phone:
    'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36 MicroMessenger/8.0',
}

beforeAll(async () => {
  server = await sampleServer()
}, 120_000)
afterAll(() => server?.close())

async function browser(login: string, agent: string) {
  const answer = await server.call(
    null,
    'POST',
    '/api/v1/session',
    { login, password },
    { 'user-agent': agent },
  )
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] as string
  const headers = { cookie, origin: server.url, 'sec-fetch-site': 'same-origin' }
  return (method: string, path: string, body?: unknown) => server.call(null, method, path, body, headers)
}
const listed = async (ask: Awaited<ReturnType<typeof browser>>) =>
  ((await (await ask('GET', '/api/v1/me/sessions')).json()) as SessionList).items

describe('One’s own sessions', () => {
  test('are listed with place and device, and one is ended', async () => {
    const desk = await browser('rep01', agents.desk)
    const phone = await browser('rep01', agents.phone)
    await server.call('rep01', 'GET', '/api/v1/me')
    const items = await listed(desk)
    expect(items.map((one) => [one.kind, one.device?.zh ?? one.label, one.here])).toEqual(
      expect.arrayContaining([
        ['session', 'Edge · Windows', true],
        ['session', '微信 · 安卓', false],
        ['token', 'test', false],
      ]),
    )
    expect(items.find((one) => one.here)?.address).toBe('127.0.0.1')
    const lost = items.find((one) => one.device?.zh.startsWith('微信'))?.id
    expect((await desk('DELETE', `/api/v1/me/sessions/${lost}`)).status).toBe(204)
    expect([(await phone('GET', '/api/v1/me')).status, (await desk('GET', '/api/v1/me')).status]).toEqual([
      401, 200,
    ])
  })

  test('of somebody else are not there', async () => {
    const mine = await browser('rep02', agents.desk)
    const theirs = await browser('rep03', agents.desk)
    const id = (await listed(theirs)).find((one) => one.here)?.id
    expect((await mine('DELETE', `/api/v1/me/sessions/${id}`)).status).toBe(404)
    expect((await theirs('GET', '/api/v1/me')).status).toBe(200)
  })

  test('all others end at once, a script’s token as well; the log tells of it', async () => {
    const [desk, phone] = [await browser('rep04', agents.desk), await browser('rep04', agents.phone)]
    expect((await server.call('rep04', 'GET', '/api/v1/me')).status).toBe(200)
    expect(await (await desk('DELETE', '/api/v1/me/sessions')).json()).toEqual({ ended: 2 })
    expect((await phone('GET', '/api/v1/me')).status).toBe(401)
    expect((await server.call('rep04', 'GET', '/api/v1/me')).status).toBe(401)
    expect((await listed(desk)).map((one) => one.here)).toEqual([true])
    const { rows } = await sql<{ event: string; login: string }>`select event, login from security_log
      where event like 'session%' or event like 'token%' order by id`.execute(server.db.kysely)
    expect(rows).toEqual([
      { event: 'session-ended', login: 'rep01' },
      { event: 'sessions-ended', login: 'rep04' },
    ])
  })
})

describe('One’s own preferences', () => {
  const set = (preferences: Record<string, unknown>) =>
    server.call('rep05', 'PATCH', '/api/v1/me', { preferences })
  test('hold 64 KB in all; what does not fit is named, what is there stays', async () => {
    expect((await set({ theme: 'dark', columns: 'x'.repeat(40_000) })).status).toBe(200)
    const refused = await set({ more: 'x'.repeat(30_000) })
    expect([refused.status, await refused.json()]).toMatchObject([
      422,
      { faults: [{ path: 'preferences.more' }] },
    ])
    // Many at once do not get by together what each would.
    const many = await Promise.all(
      Array.from({ length: 12 }, (_, n) => set({ [`part${n}`]: 'x'.repeat(9000) })),
    )
    expect(many.filter((one) => one.status === 200).length).toBeLessThan(3)
    expect((await set({ columns: null })).status).toBe(200)
    const me = (await (await server.call('rep05', 'GET', '/api/v1/me')).json()) as { preferences: object }
    expect(me.preferences).toMatchObject({ theme: 'dark' })
    expect(me.preferences).not.toHaveProperty('columns')
  })
})
