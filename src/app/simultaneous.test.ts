import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { callOf, type Described } from '../../test/openapi.ts'
import type { TestServer } from '../../test/server.ts'
import { smallFile, type WorkAtHand, workAtHand } from '../../test/work-at-hand.ts'
import { routes } from './routes.ts'

// A department that comes back from lunch: everybody asks for the same thing in the same moment. Each gets an answer, if only that too much
// is going on, and the program works on. What holds a connection and waits for a second one stands still for good here.

/**
 * Requests of people have twelve connections and their door four: with three times as many askers every connection is held while others
 * wait for one, which is all that it takes to stand still. More of them wait longer in the same queue; KAMBOOK_AT_ONCE=200 tries it.
 */
const people = Number(process.env.KAMBOOK_AT_ONCE ?? 40)
/** Seconds within which each must have an answer: a bound of the program's own waits, not a measure of its speed. */
const patience = 30

let server: TestServer
let document: Described
let fill: WorkAtHand['fill']
const filled = (path: string) => fill(path, undefined, 'FM-18')

beforeAll(async () => {
  ;({ server, document, fill } = await workAtHand())
}, 120_000)
afterAll(() => server?.close())

describe(`${people} at once`, () => {
  test.each(routes.map(({ base }) => [`${base.method.toUpperCase()} ${base.path}`, base] as const))(
    '%s answers every one of them, and the program is ready after it',
    async (_, base) => {
      const login = base.access.who === 'system' ? 'adm' : 'sup'
      // The password route ends the sessions of whoever succeeds; a wrong old password is as much work.
      const { path, body } = callOf(document, base.path, base.method, filled)
      const bytes = base.body === 'bytes' ? smallFile : body
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
