import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { sampleServer, type TestServer } from '../../test/server.ts'
import { readEditionFolder } from '../handbook/load.ts'
import type { EditionList, EditionRequest, EditionRow, EditionTaken } from '../kernel/handbook/wire.ts'
import { packFiles } from '../kernel/handbook/zip.ts'

// The head of key accounts wants every representative to reach everything, and later a company has nobody else to ask.

let server: TestServer
const base = '/api/v1/handbook/editions'
const reference = await readEditionFolder('handbook')
const number = /number: "([^"]+)"/.exec(reference['edition.yaml'] as string)?.[1] as string
const password = 'correct-horse-battery'

beforeAll(async () => {
  server = await sampleServer()
}, 120_000)
afterAll(() => server?.close())

/** An edition of the reference under another number, with changed files; its id. */
async function draft(next: string, changes: Record<string, readonly [from: string | RegExp, to: string]>) {
  const files = { ...reference }
  for (const [name, [from, to]] of Object.entries({
    ...changes,
    'edition.yaml': [`number: "${number}"`, `number: "${next}"`] as const,
  })) {
    const text = (files[name] as string).replace(from, to)
    expect(text, name).not.toBe(files[name])
    files[name] = text
  }
  const answer = await server.call('sup', 'POST', base, packFiles(files), {
    'content-type': 'application/zip',
  })
  expect(answer.status).toBe(201)
  return ((await answer.json()) as EditionTaken).id as number
}
const order = async (login: string, id: number, more: object = {}) => {
  const body = { effectiveFrom: '2018-01-02', ...more }
  const answer = await server.call(login, 'POST', `${base}/${id}/publication`, body)
  return {
    status: answer.status,
    body: (await answer.json()) as EditionRow & { code: string; faults: { path: string }[] },
  }
}
/** Decides the request as it stands, or one that was read earlier. */
const decide = async (login: string, id: number, approve: boolean, why = '', read?: number) => {
  const request = read ?? (await rowOf(id))?.request?.id ?? 1
  const answer = await server.call(login, 'POST', `${base}/${id}/approval`, { request, approve, why })
  return {
    status: answer.status,
    body: (await answer.json()) as EditionRow & { code: string; detail: { request: EditionRequest } },
  }
}
const list = async (login = 'sup') =>
  ((await (await server.call(login, 'GET', base)).json()) as EditionList).items
const rowOf = async (id: number, login = 'sup') => (await list(login)).find((one) => one.id === id)
const me = async (login: string) =>
  (await (await server.call(login, 'GET', '/api/v1/me')).json()) as { person: { name: string } }
const events = async () =>
  (
    await sql<{
      event: string
      login: string
    }>`select event, login from security_log where event like 'edition-%' order by id`.execute(
      server.db.kysely,
    )
  ).rows.map((one) => `${one.event} ${one.login}`)
const everything = { 'rights.yaml': ['REP: own', 'REP: all'] } as const
let id = 0
vi.setConfig({ testTimeout: 120_000 })

describe('What changes rights', () => {
  test('waits for a second person, and gives nobody anything until then', async () => {
    id = await draft('2018.2', everything)
    const { status, body } = await order('sup', id)
    expect([status, body.status]).toEqual([202, 'draft'])
    expect(body.request).toMatchObject({ state: 'open', act: 'publish', mayDecide: false })
    expect(body.request?.changes.map((one) => [one.group, one.code])).toEqual([['right', 'REP']])
    expect(body.request?.approvers).toHaveLength(1)
    const { rows } = await sql<{
      n: number
    }>`select count(*)::int as n from right_grant where edition_id = ${id}`.execute(server.db.kysely)
    expect(rows).toEqual([{ n: 0 }])
    expect((await rowOf(id, 'sdm'))?.request?.mayDecide).toBe(true)
    expect(await rowOf(id, 'rep01')).toBeUndefined()
  })

  test('is approved by nobody who asked, nor by one without the right', async () => {
    expect((await decide('sup', id, true)).body.code).toBe('second-person')
    for (const login of ['adm', 'gm', 'con'])
      expect([login, (await decide(login, id, true)).status]).toEqual([login, 403])
    expect((await decide('rep01', id, true)).status).toBe(404)
    expect((await rowOf(id))?.status).toBe('draft')
  })

  test('is refused with a reason, which the asker reads', async () => {
    expect((await decide('sdm', id, false)).status).toBe(422)
    expect((await decide('sdm', id, false, '代表只看自己的客户')).status).toBe(200)
    expect((await rowOf(id))?.request).toMatchObject({ state: 'refused', reason: '代表只看自己的客户' })
    expect((await decide('sdm', id, true)).status).toBe(404)
  })

  test('is approved as it was read: one that took its place meanwhile is shown first', async () => {
    const read = (await order('sup', id)).body.request
    await order('sup', id, { effectiveFrom: '2019-06-01' })
    const { status, body } = await decide('sdm', id, true, '', read?.id)
    expect([status, body.code]).toEqual([409, 'another-request'])
    expect(body.detail.request).toMatchObject({ state: 'open', effectiveFrom: '2019-06-01', mayDecide: true })
    expect((await rowOf(id))?.status).toBe('draft')
    const refused = await decide('sdm', id, false, '太晚', body.detail.request.id)
    expect([refused.status, refused.body.request?.state]).toEqual([200, 'refused'])
    const bare = await server.call('sdm', 'POST', `${base}/${id}/approval`, { approve: true })
    expect(bare.status).toBe(422)
  })

  test('asked for by somebody else in place of the first, that is said to all, and in the log', async () => {
    await order('sup', id)
    await sql`update edition_request r set asked_by = u.id, asked_person = u.person_id from app_user u
      where u.login = 'gm' and r.edition_id = ${id} and r.outcome is null`.execute(server.db.kysely)
    const { rows: people } = await sql<{
      name: string
    }>`select n.name from app_user u, names_of_users(array[u.id]) n where login = 'gm'`.execute(
      server.db.kysely,
    )
    const { body } = await order('sup', id)
    expect(body.request?.replaces).toBe(people[0]?.name)
    const { rows } = await sql<{ detail: object }>`select detail from security_log
      where event = 'edition-publication-asked' order by id desc limit 1`.execute(server.db.kysely)
    expect(rows[0]?.detail).toMatchObject({ replaced: { by: 'gm', effectiveFrom: '2018-01-02' } })
    expect((await decide('sdm', id, false, '再想想')).status).toBe(200)
    expect((await order('sup', id)).body.request?.replaces).toBeNull()
    expect((await decide('sdm', id, false, '再想想')).status).toBe(200)
  })

  test('asked for again and approved, it takes effect, once', async () => {
    await order('sup', id)
    expect((await rowOf(id))?.request?.mine).toBe(true)
    expect((await rowOf(id, 'sdm'))?.request?.mine).toBe(false)
    const both = await Promise.all([decide('sdm', id, true), decide('sdm', id, true)])
    expect(both.map((one) => one.status).sort()).toEqual([200, expect.any(Number)])
    expect(both.filter((one) => one.status === 200)).toHaveLength(1)
    expect((await rowOf(id))?.status).toBe('effective')
    const { publishedBy, publicationAskedBy } = (await rowOf(id)) as EditionRow
    expect(publicationAskedBy).toBe((await me('sup')).person.name)
    expect(publishedBy).toBe((await me('sdm')).person.name)
    expect(await events()).toEqual([
      'edition-publication-asked sup',
      'edition-refused sdm',
      'edition-publication-asked sup',
      'edition-publication-asked sup',
      'edition-refused sdm',
      'edition-publication-asked sup',
      'edition-publication-asked sup',
      'edition-refused sdm',
      'edition-publication-asked sup',
      'edition-refused sdm',
      'edition-publication-asked sup',
      'edition-approved sdm',
    ])
  })

  test('is not taken back alone either: withdrawing it changes rights as well', async () => {
    const answer = await server.call('sup', 'POST', `${base}/${id}/withdrawal`, { why: '试一试' })
    expect(answer.status).toBe(202)
    expect((await rowOf(id))?.status).toBe('effective')
    expect((await decide('sdm', id, true)).status).toBe(200)
    expect((await rowOf(id))?.status).toBe('withdrawn')
  })
})

describe('What changes posts, limits or indicators', () => {
  test.each([
    ['limits', { 'norms/limits.yaml': ['KAM: 300000', 'KAM: 900000'] }],
    ['the switch itself', { 'switches.yaml': [/(second_person[\s\S]*value: )"on"/, '$1"off"'] }],
  ] as const)('%s: waits for the general manager', async (what, changes) => {
    const one = await draft(`2018.3 ${what}`, changes)
    expect((await order('sup', one)).status).toBe(202)
    expect((await decide('sdm', one, true)).status).toBe(403)
    expect((await rowOf(one, 'gm'))?.request?.mayDecide).toBe(true)
    expect((await decide('gm', one, false, '不必')).status).toBe(200)
  })

  test('anything else is published by the head alone', async () => {
    const one = await draft('2018.4', { 'norms/planning.yaml': ['value: 3,', 'value: 4,'] })
    const { status, body } = await order('sup', one)
    expect([status, body.status, body.request]).toEqual([200, 'effective', null])
    expect(body.publicationAskedBy).toBeNull()
  })

  test('an edition whose place is taken on its own first day says so', async () => {
    const two = await draft('2018.4a', { 'norms/planning.yaml': ['value: 3,', 'value: 5,'] })
    const before = (await list()).find((one) => one.status === 'effective') as EditionRow
    expect([before.effectiveFrom, before.replacedSameDay]).toEqual(['2018-01-02', false])
    expect((await order('sup', two)).body.status).toBe('effective')
    expect(await rowOf(before.id)).toMatchObject({ status: 'superseded', replacedSameDay: true })
    expect((await rowOf(two))?.replacedSameDay).toBe(false)
  })

  test('what was asked for is taken back by who asked, and by nobody else', async () => {
    const one = await draft('2018.4b', everything)
    await order('sup', one)
    const back = (login: string) => server.call(login, 'DELETE', `${base}/${one}/approval`)
    expect((await back('sdm')).status).toBe(403)
    expect((await rowOf(one))?.request?.state).toBe('open')
    expect((await back('sup')).status).toBe(200)
    expect((await rowOf(one))?.request).toBeNull()
    expect((await decide('sdm', one, true)).status).toBe(404)
    expect((await back('sup')).status).toBe(404)
    expect((await events()).at(-1)).toBe('edition-request-taken-back sup')
  })
})

describe('A company without a second person', () => {
  test('asks for the password again, tells everybody, and waits a day', async () => {
    await sql`update app_user set disabled_at = now() where login = 'sdm'`.execute(server.db.kysely)
    const one = await draft('2018.5', everything)
    const bare = await order('sup', one)
    expect([bare.status, bare.body.code, bare.body.faults[0]?.path]).toEqual([
      422,
      'password-needed',
      'password',
    ])
    expect((await order('sup', one, { password: 'not-this-one-either' })).body.code).toBe('wrong-password')
    const { status, body } = await order('sup', one, { password })
    expect([status, body.status, body.effectiveFrom]).toEqual([200, 'published', '2018-01-04'])
    expect((await rowOf(one, 'rep01'))?.request).toMatchObject({ state: 'alone', act: 'publish' })
    expect((await events()).at(-1)).toBe('edition-published-alone sup')
    server.clock.moveTo('2018-01-03T15:59:00Z')
    expect((await rowOf(one))?.status).toBe('published')
    server.clock.moveTo('2018-01-03T16:00:01Z')
    expect((await rowOf(one))?.status).toBe('effective')
  })
})
