import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { sampleServer, type TestServer } from '../../../test/server.ts'
import { password as command } from '../../cli/commands/password.ts'
import type { Refusal } from '../refusal.ts'

// A rep changes the password on the road; another has forgotten it and the administrator helps at the server.

let server: TestServer
const first = 'correct-horse-battery'
const next = 'two-rivers-meet-here'
let printed: string[] = []

beforeAll(async () => {
  server = await sampleServer()
  vi.stubEnv('KAMBOOK_LANG', 'en')
}, 120_000)
afterAll(async () => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
  await server?.close()
})
beforeEach(() => {
  printed = []
  for (const stream of ['log', 'error'] as const)
    vi.spyOn(console, stream).mockImplementation((...words) => void printed.push(words.join(' ')))
})

const signIn = (login: string, word: string) =>
  server.call(null, 'POST', '/api/v1/session', { login, password: word })
/** A browser that is signed in. */
async function browserOf(login: string, word: string) {
  const cookie = (await signIn(login, word)).headers.get('set-cookie')?.split(';')[0] as string
  const headers = { cookie, origin: server.url, 'sec-fetch-site': 'same-origin' }
  return {
    change: (old: string, word: string) =>
      server.call(null, 'POST', '/api/v1/me/password', { old, new: word }, headers),
    me: async () => (await server.call(null, 'GET', '/api/v1/me', undefined, headers)).status,
  }
}

describe('One’s own password', () => {
  test('is changed with the old one: this browser stays signed in, every other one is out', async () => {
    const phone = await browserOf('rep01', first)
    const desk = await browserOf('rep01', first)
    expect(await server.call('rep01', 'GET', '/api/v1/me').then((answer) => answer.status)).toBe(200)
    expect((await phone.change(first, next)).status).toBe(204)
    expect([await phone.me(), await desk.me()]).toEqual([200, 401])
    expect((await server.call('rep01', 'GET', '/api/v1/me')).status).toBe(401)
    expect([(await signIn('rep01', first)).status, (await signIn('rep01', next)).status]).toEqual([401, 204])
  })

  test('is not changed with a wrong old one, which is told at its place, nor to a short one', async () => {
    const phone = await browserOf('rep01', next)
    const wrong = await phone.change('not-this-one-either', 'another-password')
    expect([wrong.status, ((await wrong.json()) as { faults: { path: string }[] }).faults[0]?.path]).toEqual([
      422,
      'old',
    ])
    expect((await phone.change(next, 'short')).status).toBe(422)
    expect((await signIn('rep01', next)).status).toBe(204)
  })

  test('is not to be guessed at an open browser', async () => {
    const desk = await browserOf('rep02', first)
    for (let n = 0; n < 5; n += 1) expect((await desk.change(`guess-number-${n}`, next)).status).toBe(422)
    expect((await desk.change(first, next)).status).toBe(429)
  })
})

describe('A forgotten password', () => {
  const ordered = async (...line: string[]) => {
    vi.stubEnv('DATABASE_URL', server.databaseUrl)
    await command(line)
    return printed
  }
  test('is set anew at the server; the made up one is shown once, who was signed in is out', async () => {
    const desk = await browserOf('rep03', first)
    const made = (await ordered('REP03')).at(-1) as string
    expect(made.length).toBeGreaterThanOrEqual(10)
    expect(await desk.me()).toBe(401)
    expect([(await signIn('rep03', first)).status, (await signIn('rep03', made)).status]).toEqual([401, 204])
  })

  test('lets in whom too many tries had locked out', async () => {
    for (let n = 0; n < 5; n += 1) await signIn('rep04', `guess-number-${n}`)
    expect((await signIn('rep04', first)).status).toBe(429)
    expect((await ordered('rep04', next)).join('\n')).not.toContain(next)
    expect((await signIn('rep04', next)).status).toBe(204)
  })

  test('of nobody, or a short one, is refused and changes nothing', async () => {
    for (const [line, code] of [
      [['nobody-here'], 'no-login'],
      [['rep05', 'short'], 'weak-password'],
    ] as const)
      await expect(ordered(...line)).rejects.toMatchObject(
        expect.objectContaining({ code }) as Partial<Refusal>,
      )
    expect((await signIn('rep05', first)).status).toBe(204)
  })
})
