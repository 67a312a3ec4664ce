import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { someSales } from '../../../test/sales.ts'
import { sampleServer, type TestServer } from '../../../test/server.ts'

let server: TestServer
let account: { id: number; code: string; name: string }
beforeAll(async () => {
  server = await sampleServer()
  await someSales(server.db)
  const { rows } = await sql<typeof account>`select id, code, name from account order by id limit 1`.execute(
    server.db.kysely,
  )
  account = rows[0] as typeof account
  const path = `/api/v1/records/account/${account.id}`
  const { rev } = (await (await server.call('sup', 'GET', path)).json()) as { rev: number }
  const changed = await server.call(
    'sup',
    'PATCH',
    path,
    { phone: '010-55550001' },
    { 'if-match': `"${rev}"` },
  )
  expect(changed.status).toBe(200)
}, 120_000)
afterAll(() => server?.close())

interface Entry {
  kind: string
  recordId: number
  action: string
  login: string
  open: boolean
  title: string | null
  fields: { en: string }[]
  changes: Record<string, unknown[]>
}
const trail = async (login: string, query = 'kind=account') => {
  const answer = await server.call(login, 'GET', `/api/v1/audit?${query}`)
  return { status: answer.status, items: ((await answer.json()) as { items?: Entry[] }).items ?? [] }
}

describe('The trail', () => {
  test('tells the administrator who did what and when, and nothing of what was written', async () => {
    const { items } = await trail('adm')
    expect(items[0]).toMatchObject({
      kind: 'account',
      recordId: account.id,
      action: 'update',
      login: 'sup',
      open: false,
      title: null,
      changes: {},
    })
    expect(items[0]?.fields.map((field) => field.en)).toEqual(['Switchboard'])
    const all = JSON.stringify((await trail('adm', 'limit=200')).items)
    for (const value of ['010-55550001', account.name, account.code]) expect(all).not.toContain(value)
  })

  test('is not searched for values by whoever may not read them', async () => {
    expect((await trail('aud', 'q=55550001')).items).toHaveLength(1)
    expect((await trail('adm', 'q=55550001')).items).toHaveLength(0)
    expect((await trail('adm', 'q=sup&kind=account')).items.length).toBeGreaterThan(0)
  })

  test('shows internal audit, which reads every record, what was written, of gone records too', async () => {
    const [newest] = (await trail('aud')).items
    expect(newest).toMatchObject({
      open: true,
      title: account.name,
      changes: { phone: [null, '010-55550001'] },
    })
    const made = await server.call('sup', 'POST', '/api/v1/records/account', {
      code: 'GONE-1',
      name: '示例过客',
    })
    const { id } = (await made.json()) as { id: number }
    const gone = await server.call('sup', 'DELETE', `/api/v1/records/account/${id}`, undefined, {
      'if-match': '"1"',
    })
    expect(gone.status).toBe(204)
    expect((await trail('aud')).items[0]).toMatchObject({ action: 'delete', open: true, title: null })
    expect(JSON.stringify((await trail('aud')).items[0]?.changes)).toContain('示例过客')
    expect((await trail('adm')).items[0]).toMatchObject({ action: 'delete', open: false, changes: {} })
  })

  test('goes out as a file without titles that its reader may not see', async () => {
    const file = await server.call('aud', 'GET', '/api/v1/audit/export?kind=account')
    expect(await file.text()).toContain(account.name)
    expect((await server.call('adm', 'GET', '/api/v1/audit/export?kind=account')).status).toBe(403)
  })

  test('is held back by the database itself, whatever statement the program’s connection is given', async () => {
    const { rows: people } = await sql<{ login: string; user: number; person: number; edition: number }>`
      select u.login, u.id as user, u.person_id as person, (select id from edition where status = 'effective') as edition
      from app_user u where u.login in ('adm', 'aud', 'brm01', 'sup')`.execute(server.db.kysely)
    const written = `select count(*)::int as n from audit_told where changes::text like '%55550001%'`
    const asks = async (login: string, statement: string) => {
      const who = people.find((one) => one.login === login)
      const client = await server.db.pool.connect()
      try {
        await client.query('begin; set local role kambook_program')
        await client.query(`select app_act($1, $2, $3, '2018-01-02T02:00:00Z', 'zh')`, [
          who?.user,
          who?.person,
          who?.edition,
        ])
        await client.query('set local role kambook_app')
        const answer = await client.query(statement)
        return answer.rows[0].n as number
      } finally {
        await client.query('rollback')
        client.release()
      }
    }
    const refused = { code: '42501' }
    for (const role of ['kambook_program', 'kambook_app'])
      await expect(
        server.db.pool.query(`begin; set local role ${role}; select changes from audit; rollback`),
      ).rejects.toMatchObject(refused)
    await expect(
      server.db.pool.query('begin; set local role kambook_program; select changes from audit_told'),
    ).rejects.toMatchObject(refused)
    expect(await asks('adm', written)).toBe(0)
    expect(await asks('brm01', written)).toBe(0)
    expect(await asks('aud', written)).toBe(1)
    expect(await asks('sup', written)).toBe(1)
    await expect(asks('sup', 'select changes from audit')).rejects.toMatchObject(refused)
  })
})
