import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { someSales } from '../../test/sales.ts'
import { sampleServer, type TestServer } from '../../test/server.ts'

// The head reads English: whoever is named to her is called by the English name, in every answer.

let server: TestServer
/** Chinese names of all people: none of them may be in what she reads. */
let own: string[] = []
let caseId = 0

beforeAll(async () => {
  server = await sampleServer()
  await someSales(server.db)
  const { rows } = await sql<{ name: string }>`select name from person`.execute(server.db.kysely)
  own = rows.map((row) => row.name)
  await server.call('sup', 'PATCH', '/api/v1/me', { lang: 'en' })
  const started = await server.call('sup', 'POST', '/api/v1/cases', {
    workflow: 'PLAN',
    input: { year: 2018 },
  })
  caseId = ((await started.json()) as { id: number }).id
  const basis = await firstTask('sup')
  await server.call('sup', 'POST', `/api/v1/tasks/${basis}/completion`, { outcome: 'done' })
}, 120_000)
afterAll(() => server?.close())

const firstTask = async (login: string, box = 'todo') =>
  (
    (await (await server.call(login, 'GET', `/api/v1/tasks?box=${box}`)).json()) as {
      items: { id: number }[]
    }
  ).items[0]?.id

const read = async (login: string, path: string): Promise<string> => {
  const answer = await server.call(login, 'GET', path)
  expect(answer.status, path).toBe(200)
  return answer.text()
}

describe('Who is named', () => {
  test.each([
    ['herself', 'sup', '/api/v1/me'],
    ['her work', 'sup', '/api/v1/tasks?box=done'],
    ['accounts with their owners', 'sup', '/api/v1/records/account'],
    ['an account', 'sup', '/api/v1/records/account/1'],
    ['its history', 'sup', '/api/v1/records/account/1/history'],
    ['the audit', 'aud', '/api/v1/audit'],
    ['people to choose from', 'sup', '/api/v1/lookup/person?q='],
    ['the rows of a figure', 'sup', '/api/v1/kpis/rows?kpi=K01&period=2017&scope=company'],
  ])('%s: in Chinese to who reads Chinese, in English to who reads English', async (_, login, path) => {
    const namedIn = async (lang: string) => {
      await server.call(login, 'PATCH', '/api/v1/me', { lang })
      const answer = await read(login, path)
      return own.filter((name) => answer.includes(name))
    }
    expect(await namedIn('zh')).not.toEqual([])
    expect(await namedIn('en')).toEqual([])
  })

  test('a case: who did the step and who has it now, as a list', async () => {
    const hers = await read('sup', `/api/v1/cases/${caseId}`)
    const his = await read('sdm', `/api/v1/cases/${caseId}`)
    expect(own.filter((name) => hers.includes(name))).toEqual([])
    expect(own.filter((name) => his.includes(name))).toHaveLength(1)
    const { steps } = JSON.parse(hers) as { steps: { step: string; who: string[] }[] }
    const me = JSON.parse(await read('sup', '/api/v1/me')) as { person: { name: string } }
    expect(me.person.name).toMatch(/^[\p{Script=Latin} -]+$/u)
    expect(steps.filter((one) => ['C-1', 'C-2'].includes(one.step)).map((one) => one.who)).toEqual([
      [me.person.name],
      [me.person.name],
    ])
  })

  test('is found by either name', async () => {
    const [person] = (
      await sql<{ name: string; name_en: string }>`select name, name_en from person order by id`.execute(
        server.db.kysely,
      )
    ).rows
    for (const q of [person?.name, person?.name_en])
      expect(await read('sup', `/api/v1/search?q=${encodeURIComponent(q ?? '')}`)).toContain(person?.name_en)
  })

  test('a second completion by a colleague tells who was first', async () => {
    const task = await firstTask('sup', 'done')
    const again = await server.call('sup', 'POST', `/api/v1/tasks/${task}/completion`, {
      outcome: 'done',
      comment: 'once more',
    })
    expect(again.status).toBe(409)
    const told = await again.text()
    expect(own.filter((name) => told.includes(name))).toEqual([])
  })
})
