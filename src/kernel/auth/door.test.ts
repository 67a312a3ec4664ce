import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { sampleServer, type TestServer } from '../../../test/server.ts'
import { asOwner } from '../db/transaction.ts'
import { forgetTries } from './tries.ts'

// Behind the operator's proxy: the office of the department at 198.51.100.7, and somebody elsewhere who guesses.

let server: TestServer
const password = 'correct-horse-battery'
const office = '198.51.100.7'
const elsewhere = '203.0.113.9'

beforeAll(async () => {
  vi.stubEnv('TRUST_PROXY', '1')
  server = await sampleServer()
}, 120_000)
afterAll(async () => {
  vi.unstubAllEnvs()
  await server?.close()
})
beforeEach(() => sql`delete from auth_attempt`.execute(server.db.kysely))

const signIn = (login: string, word: string, from: string, more: Record<string, string> = {}) =>
  server.call(
    null,
    'POST',
    '/api/v1/session',
    { login, password: word },
    { 'x-forwarded-for': from, ...more },
  )
const wrong = async (login: string, from: string, times: number) => {
  for (let n = 0; n < times; n += 1) await signIn(login, `guess-number-${n}`, from)
}
const later = (minutes: number) =>
  sql`update auth_attempt set at = at - make_interval(mins => ${minutes})`.execute(server.db.kysely)
const status = async (answer: Promise<Response>) => (await answer).status
const events = async (event: string) =>
  (
    await sql<{ login: string | null; address: string; user_id: number | null; detail: object }>`
      select login, address, user_id, detail from security_log where event = ${event} order by id`.execute(
      server.db.kysely,
    )
  ).rows

describe('Failures', () => {
  test('five are free, also at the same moment; who does not exist looks the same', async () => {
    const told: Record<string, unknown[]> = {}
    for (const login of ['kam1', 'nobody-here']) {
      const answers = await Promise.all(Array.from({ length: 9 }, () => signIn(login, 'wrong', elsewhere)))
      expect(answers.map((one) => one.status).sort()).toEqual([...Array(5).fill(401), ...Array(4).fill(429)])
      expect(answers.find((one) => one.status === 429)?.headers.get('retry-after')).toMatch(/^(5\d|60)$/)
      const bodies = (await Promise.all(answers.map((one) => one.json()))) as { detail?: unknown }[]
      told[login] = bodies
        .map((one) => ({ ...one, detail: undefined }))
        .map((one) => JSON.stringify(one))
        .sort()
    }
    expect(told.kam1).toEqual(told['nobody-here'])
  })

  test('the delay grows by 1, 2, 4, 8 and 15 minutes, and a right password ends it', async () => {
    await wrong('kam1', elsewhere, 5)
    for (const minutes of [1, 2, 4, 8, 15, 15]) {
      const refused = await signIn('kam1', password, elsewhere)
      expect(refused.status).toBe(429)
      const seconds = Number(refused.headers.get('retry-after'))
      expect(seconds).toBeGreaterThan(minutes * 60 - 30)
      expect(seconds).toBeLessThanOrEqual(minutes * 60)
      await later(minutes)
      expect(await status(signIn('kam1', 'wrong-again', elsewhere))).toBe(401)
    }
    await later(15)
    expect(await status(signIn('kam1', password, elsewhere))).toBe(204)
    expect(await status(signIn('kam1', 'wrong-again', elsewhere))).toBe(401)
    expect(await status(signIn('kam1', password, elsewhere))).toBe(204)
  })

  test('elsewhere lock nobody out of his office, nor a device that he has used', async () => {
    const first = await signIn('gm', password, office)
    const device = first.headers.getSetCookie().find((one) => one.startsWith('kambook_device='))
    expect(device).toMatch(/HttpOnly; SameSite=Lax/)
    await wrong('gm', elsewhere, 12)
    expect(await status(signIn('gm', password, office))).toBe(204)
    // Very many, from everywhere: whoever comes from a new place waits, the known device goes on.
    for (let n = 0; n < 55; n += 1) await signIn('gm', 'wrong', `203.0.113.${n}`)
    const own = {
      cookie: device?.split(';')[0] as string,
      origin: server.url,
      'sec-fetch-site': 'same-origin',
    }
    expect(await status(signIn('gm', password, '192.0.2.44'))).toBe(429)
    expect(await status(signIn('gm', password, '192.0.2.44', own))).toBe(204)
    // The device speaks for his login only, and counts for itself.
    expect(await status(signIn('sdm', 'wrong', elsewhere, own))).toBe(401)
    for (let n = 0; n < 5; n += 1) await signIn('gm', 'wrong', '192.0.2.44', own)
    expect(await status(signIn('gm', password, '192.0.2.44', own))).toBe(429)
  })

  test('over many logins from one network are slowed down, whatever the client writes of itself', async () => {
    for (let n = 0; n < 50; n += 1)
      expect(await status(signIn(`guess-${n}`, 'wrong', `192.0.2.${n}, ${elsewhere}`))).toBe(401)
    const began = Date.now()
    const more = await Promise.all(
      Array.from({ length: 60 }, (_, n) =>
        status(signIn(`more-${n}`, 'wrong', `192.0.2.${n}, ${elsewhere}`)),
      ),
    )
    expect(more.filter((one) => one !== 401 && one !== 429)).toEqual([])
    expect(more.filter((one) => one !== 429).length).toBeLessThanOrEqual(
      2 + Math.ceil((Date.now() - began) / 500),
    )
    expect(await status(signIn('sup', password, office))).toBe(204)
  })

  test('of others at the same network keep nobody out who has not failed himself, nor one who was just reset', async () => {
    for (let n = 0; n < 55; n += 1) await signIn(`guess-${n}`, 'wrong', elsewhere)
    await later(1)
    await signIn('kam1', 'mistyped', elsewhere)
    // Others go on guessing: he who has not failed gets in, and again; who has failed there waits.
    await expect.poll(() => status(signIn('gm', password, elsewhere)), { timeout: 10_000 }).toBe(204)
    await expect.poll(() => status(signIn('gm', password, elsewhere)), { timeout: 10_000 }).toBe(204)
    const waits = await signIn('kam1', password, elsewhere)
    expect([waits.status, Number(waits.headers.get('retry-after')) > 10]).toEqual([429, true])
    await asOwner(server.db, (tx) => forgetTries(tx, 'kam1'))
    await expect.poll(() => status(signIn('kam1', password, elsewhere)), { timeout: 10_000 }).toBe(204)
  })

  test('of one household’s addresses count as one', async () => {
    for (let n = 0; n < 5; n += 1) await signIn('kam2', 'wrong', `2001:db8:1:2::${n + 1}`)
    expect(await status(signIn('kam2', password, '2001:db8:1:2:ffff::9'))).toBe(429)
    expect(await status(signIn('kam2', password, '2001:db8:1:3::1'))).toBe(204)
  })
})

describe('Right passwords', () => {
  test('never count: two hundred from one office at once get in', async () => {
    const { rows } = await sql<{ login: string }>`select login from app_user order by id`.execute(
      server.db.kysely,
    )
    const logins = Array.from({ length: 200 }, (_, n) => rows[n % rows.length]?.login as string)
    const answers = await Promise.all(logins.map((login) => status(signIn(login, password, office))))
    expect(answers.filter((one) => one === 429)).toEqual([])
    expect(new Set(answers.filter((one) => one !== 503))).toEqual(new Set([204]))
    const { rows: left } = await sql`select from auth_attempt`.execute(server.db.kysely)
    expect(left).toEqual([])
  }, 60_000)
})

describe('The security log', () => {
  test('tells of every one, of a delay once, and of no password', async () => {
    await wrong('kam3', elsewhere, 9)
    await signIn('my-secret-typed-in-the-wrong-field', 'x', elsewhere)
    await signIn('kam3', password, office, {
      'user-agent': 'Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36',
    })
    expect((await events('sign-in-failed')).filter((one) => one.login === 'kam3')).toHaveLength(5)
    expect((await events('sign-in-limited')).filter((one) => one.login === 'kam3')).toEqual([
      expect.objectContaining({ address: elsewhere, user_id: null }),
    ])
    expect((await events('sign-in')).at(-1)).toMatchObject({
      login: 'kam3',
      address: office,
      user_id: expect.any(Number),
      detail: { device: 'Chrome · Windows' },
    })
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from security_log l
      where l::text like any (array['%guess-number%', ${`%${password}%`}, '%my-secret%'])`.execute(
      server.db.kysely,
    )
    expect(rows).toEqual([{ n: 0 }])
  })
})
