import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { someSales } from '../../../test/sales.ts'
import { sampleServer, type TestServer } from '../../../test/server.ts'
import { asOwner } from '../db/transaction.ts'
import { keepRefusals } from './refusals.ts'

let server: TestServer
beforeAll(async () => {
  server = await sampleServer()
  await someSales(server.db)
  await server.app.worker()
}, 120_000)
afterAll(() => server?.close())

interface Event {
  event: string
  login: string | null
  person: string | null
  address: string | null
  detail: Record<string, unknown>
}
const events = async (like: string): Promise<Event[]> =>
  (
    await sql<Event>`select s.event, s.login, p.name as person, s.address, s.detail from security_log s
      left join person p on p.id = s.person_id where s.event like ${like} order by s.id`.execute(
      server.db.kysely,
    )
  ).rows

describe('The security log tells', () => {
  test('who took records out, as what, and from where', async () => {
    const file = await server.call('sup', 'GET', '/api/v1/records/account/export?format=csv')
    expect(file.status).toBe(200)
    await file.arrayBuffer()
    const made = await server.call('sup', 'POST', '/api/v1/exports', { kind: 'order', format: 'xlsx' })
    expect(made.status).toBe(201)
    const told = await events('export')
    expect(told).toMatchObject([
      { login: 'sup', detail: { kind: 'account', format: 'csv' } },
      { login: 'sup', detail: { kind: 'order', format: 'xlsx' } },
    ])
    for (const one of told) expect([one.person, one.address].every(Boolean)).toBe(true)
  })

  test('an import from its start to its writing, and one that is given up', async () => {
    const upload = async (text: string) => {
      const answer = await server.call(
        'sup',
        'POST',
        '/api/v1/imports?importer=account&name=名单.csv',
        new TextEncoder().encode(text),
      )
      return (await answer.json()) as { id: number; rev: number; mapping: unknown; choices: unknown }
    }
    const given = await upload('客户编号,客户名称\nEV-1,示例甲\n')
    expect((await server.call('sup', 'POST', `/api/v1/imports/${given.id}/cancel`)).status).toBe(200)
    const run = await upload('客户编号,客户名称\nEV-2,示例乙\n')
    const tried = await server.call('sup', 'POST', `/api/v1/imports/${run.id}/trial`, {
      rev: run.rev,
      mapping: run.mapping,
      choices: run.choices,
    })
    const { rev } = (await tried.json()) as { rev: number }
    const asked = await server.call('sup', 'POST', `/api/v1/imports/${run.id}/write`, {
      rev,
      leaveOutFaulty: true,
      owners: {},
    })
    expect(asked.status).toBe(202)
    await expect.poll(async () => (await events('import-written')).length, { timeout: 30_000 }).toBe(1)
    expect((await events('import-%')).map(({ event, detail }) => [event, detail.run, detail.file])).toEqual([
      ['import-started', given.id, '名单.csv'],
      ['import-cancelled', given.id, '名单.csv'],
      ['import-started', run.id, '名单.csv'],
      ['import-write-asked', run.id, '名单.csv'],
      ['import-written', run.id, '名单.csv'],
    ])
  }, 60_000)

  test('a refused request at once, though its own transaction rolled back; a loop of them makes no second row', async () => {
    const statuses = await Promise.all(
      Array.from({ length: 20 }, () =>
        server.call('rep01', 'GET', '/api/v1/users').then(({ status }) => status),
      ),
    )
    expect(new Set(statuses)).toEqual(new Set([403]))
    expect((await server.call('rep01', 'GET', '/api/v1/audit')).status).toBe(403)
    expect(await events('refused')).toMatchObject([
      { login: 'rep01', detail: { route: 'GET /api/v1/users', count: 1 } },
      { login: 'rep01', detail: { route: 'GET /api/v1/audit', count: 1 } },
    ])
  })

  test('after the minute how often it was tried since, and what is left when the program stops', async () => {
    const { rows } = await sql<{
      userId: number
      personId: number
    }>`select id as "userId", person_id as "personId"
      from app_user where login = 'brm01'`.execute(server.db.kysely)
    const actor = {
      ...(rows[0] as { userId: number; personId: number }),
      login: 'brm01',
      name: '',
      lang: 'zh' as const,
      posts: [],
    }
    const refusals = keepRefusals((by, work) => asOwner(server.db.door, work, by), 300)
    for (let times = 0; times < 5; times += 1) await refusals.tell(actor, 'GET /x', '10.0.0.1')
    const counts = async () =>
      (await events('refused')).flatMap(({ detail }) => (detail.route === 'GET /x' ? [detail.count] : []))
    expect(await counts()).toEqual([1])
    await expect.poll(counts, { timeout: 5000 }).toEqual([1, 4])
    await refusals.tell(actor, 'GET /x', '10.0.0.1')
    await refusals.close()
    const all = await counts()
    expect(all.reduce((sum: number, one) => sum + Number(one), 0)).toBe(6)
  })
})
