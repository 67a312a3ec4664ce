import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sampleServer, type TestServer } from '../../../../test/server.ts'
import type { SeatRow, User } from './wire.ts'

// The administrator adds 赵敏, who joins as a representative; 孙倩 goes to another seat; somebody leaves.

let server: TestServer
const password = 'correct-horse-battery'

beforeAll(async () => {
  server = await sampleServer()
}, 120_000)
afterAll(() => server?.close())

const ask = async <T>(method: string, path: string, body?: unknown, login = 'adm') => {
  const answer = await server.call(login, method, path, body)
  const text = await answer.text()
  return { status: answer.status, body: (text === '' ? {} : JSON.parse(text)) as T & { code?: string } }
}
const users = async () => (await ask<{ items: User[] }>('GET', '/api/v1/users')).body.items
const userNamed = async (login: string) => (await users()).find((one) => one.login === login) as User
const seats = async () => (await ask<{ items: SeatRow[] }>('GET', '/api/v1/seats')).body.items
const signIn = (login: string, word: string, fresh?: string) =>
  server.call(null, 'POST', '/api/v1/session', {
    login,
    password: word,
    ...(fresh === undefined ? {} : { fresh }),
  })
const mayRead = async (login: string, kind: string) =>
  (
    (await (await server.call(login, 'GET', `/api/v1/records/${kind}?limit=1&total=1`)).json()) as {
      total?: number
    }
  ).total
/** A seat that nobody holds, as the company would have one more. */
async function vacant(post: string): Promise<number> {
  const { rows } = await sql<{ id: number }>`insert into seat (post, unit_id, number, valid_from)
    select post, unit_id, 90 + (select count(*)::int from seat), '2010-01-01' from seat where post = ${post} limit 1 returning id`.execute(
    server.db.kysely,
  )
  return rows[0]?.id as number
}

describe('A new colleague', () => {
  let once = ''
  test('gets a login and a password that is good for once', async () => {
    const seat = await vacant('REP')
    const made = await ask<{ user: User; password: string }>('POST', '/api/v1/users', {
      login: 'zhaomin',
      person: { name: '赵敏', nameEn: 'Zhao Min' },
      seat,
    })
    expect(made.status).toBe(201)
    expect(made.body.user).toMatchObject({ login: 'zhaomin', person: { name: '赵敏' }, disabledAt: null })
    expect(made.body.user.seats).toMatchObject([{ seat, post: 'REP', from: '2018-01-02', until: null }])
    once = made.body.password
    const refused = await signIn('zhaomin', once)
    expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([
      403,
      'password-to-change',
    ])
    expect(refused.headers.get('set-cookie')).toBeNull()
  })

  test('sets her own, by the rules for passwords, and is in; the first one is over', async () => {
    const weak = await signIn('zhaomin', once, 'zhaomin2018')
    expect([weak.status, await weak.json()]).toMatchObject([422, { faults: [{ path: 'fresh' }] }])
    expect((await signIn('zhaomin', once, 'willows-by-the-lake')).status).toBe(204)
    expect((await signIn('zhaomin', once, 'another-lake-of-mine')).status).toBe(401)
    expect((await signIn('zhaomin', 'willows-by-the-lake')).status).toBe(204)
    expect((await server.call('zhaomin', 'GET', '/api/v1/me')).status).toBe(200)
  })

  test('is not added twice, nor on another’s seat, nor by whom it does not concern', async () => {
    const again = { login: 'zhaomin', person: { name: '赵敏' } }
    expect((await ask('POST', '/api/v1/users', again)).body.code).toBe('login-taken')
    const person = (await userNamed('rep02')).person.id
    expect((await ask('POST', '/api/v1/users', { login: 'rep02b', person: { id: person } })).body.code).toBe(
      'person-has-login',
    )
    const taken = (await userNamed('rep02')).seats[0]?.seat
    const other = { login: 'qianwei', person: { name: '钱伟' }, seat: taken }
    expect((await ask('POST', '/api/v1/users', other)).body.code).toBe('seat-taken')
    expect(await userNamed('qianwei')).toBeUndefined()
    for (const login of ['sup', 'gm', 'aud'])
      expect((await ask('POST', '/api/v1/users', other, login)).status).toBe(403)
  })
})

describe('Another seat', () => {
  test('ends the old one the day before, and its rights hold at once', async () => {
    const { id, seats: before } = await userNamed('rep03')
    const own = (await mayRead('rep03', 'account')) as number
    const seat = await vacant('SUP')
    const moved = await ask<User>('POST', `/api/v1/users/${id}/move`, { seat })
    expect([moved.status, moved.body.seats.map((one) => [one.post, one.from])]).toEqual([
      200,
      [['SUP', '2018-01-02']],
    ])
    const { rows } = await sql<{
      until: string
    }>`select to_date as until from assignment where seat_id = ${before[0]?.seat}`.execute(server.db.kysely)
    expect(rows).toEqual([{ until: '2018-01-01' }])
    expect(
      (await ask<{ posts: { post: string }[] }>('GET', '/api/v1/me', undefined, 'rep03')).body.posts,
    ).toMatchObject([{ post: 'SUP' }])
    expect((await mayRead('rep03', 'account')) as number).toBeGreaterThanOrEqual(own)
  })

  test('from a later day begins then; a day that is gone, and a seat that is held, are refused', async () => {
    const { id } = await userNamed('rep04')
    const seat = await vacant('KAM')
    const later = await ask<User>('POST', `/api/v1/users/${id}/move`, { seat, from: '2018-02-01' })
    expect(later.body.seats.map((one) => [one.post, one.until])).toEqual([
      ['REP', '2018-01-31'],
      ['KAM', null],
    ])
    expect((await ask('POST', `/api/v1/users/${id}/move`, { seat, from: '2018-01-01' })).status).toBe(422)
    const taken = (await seats()).find((one) => one.post === 'GM')?.id
    expect((await ask('POST', `/api/v1/users/${id}/move`, { seat: taken })).body.code).toBe('seat-taken')
  })
})

describe('Who leaves', () => {
  test('is disabled and out at once, with every token; enabled he signs in again', async () => {
    const { id } = await userNamed('rep05')
    expect((await server.call('rep05', 'GET', '/api/v1/me')).status).toBe(200)
    expect((await ask('POST', `/api/v1/users/${id}/disabling`)).status).toBe(200)
    expect((await server.call('rep05', 'GET', '/api/v1/me')).status).toBe(401)
    expect((await signIn('rep05', password)).status).toBe(401)
    expect((await ask('POST', `/api/v1/users/${id}/password`)).body.code).toBe('user-disabled')
    expect((await ask('POST', `/api/v1/users/${id}/enabling`)).status).toBe(200)
    expect((await signIn('rep05', password)).status).toBe(204)
  })

  test('his sessions are seen and ended by the administrator', async () => {
    const { id } = await userNamed('rep06')
    await signIn('rep06', password)
    const listed = await ask<{ items: { id: number }[] }>('GET', `/api/v1/users/${id}/sessions`)
    expect(listed.body.items).toHaveLength(1)
    const other = (await userNamed('rep07')).id
    expect((await ask('DELETE', `/api/v1/users/${other}/sessions/${listed.body.items[0]?.id}`)).status).toBe(
      404,
    )
    expect((await ask('DELETE', `/api/v1/users/${id}/sessions/${listed.body.items[0]?.id}`)).status).toBe(204)
    expect((await ask('DELETE', `/api/v1/users/${id}/sessions`)).body).toEqual({ ended: 0 })
  })

  test('is never the last administrator, nor oneself, also when two disable each other at once', async () => {
    const adm = await userNamed('adm')
    expect((await ask('POST', `/api/v1/users/${adm.id}/disabling`)).body.code).toBe('own-login')
    const elsewhere = await vacant('LEG')
    expect((await ask('POST', `/api/v1/users/${adm.id}/move`, { seat: elsewhere })).body.code).toBe(
      'last-administrator',
    )
    const second = await ask<{ user: User; password: string }>('POST', '/api/v1/users', {
      login: 'adm2',
      person: { name: '冯刚' },
      seat: await vacant('ADM'),
    })
    const both = await Promise.all([
      ask('POST', `/api/v1/users/${second.body.user.id}/disabling`, undefined, 'adm'),
      ask('POST', `/api/v1/users/${adm.id}/disabling`, undefined, 'adm2'),
    ])
    expect(both.filter((one) => one.status === 200)).toHaveLength(1)
    const { rows } = await sql<{
      n: number
    }>`select count(*)::int as n from app_user where login in ('adm', 'adm2') and disabled_at is null`.execute(
      server.db.kysely,
    )
    expect(rows).toEqual([{ n: 1 }])
  })
})

test('Every act stands in the trail and in the security log, and no password does', async () => {
  const { rows } = await sql<{
    event: string
  }>`select distinct event from security_log where event like 'user-%' order by 1`.execute(server.db.kysely)
  expect(rows.map((one) => one.event)).toEqual(['user-added', 'user-disabled', 'user-enabled', 'user-moved'])
  const trail = await sql<{ kind: string; n: number }>`select kind, count(*)::int as n from audit
    where kind in ('user', 'assignment') and user_id is not null group by 1 order by 1`.execute(
    server.db.kysely,
  )
  expect(trail.rows.map((one) => [one.kind, one.n > 2])).toEqual([
    ['assignment', true],
    ['user', true],
  ])
  const secrets = await sql<{
    n: number
  }>`select (select count(*) from audit a where a::text like '%$argon2%')::int
    + (select count(*) from security_log l where l::text like '%argon2%' or l::text like '%willows%')::int as n`.execute(
    server.db.kysely,
  )
  expect(secrets.rows).toEqual([{ n: 0 }])
})
