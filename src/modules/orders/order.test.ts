import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { someSales } from '../../../test/sales.ts'
import { sampleServer, type TestServer } from '../../../test/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await sampleServer()
  await someSales(server.db)
}, 120_000)
afterAll(() => server?.close())

const path = '/api/v1/records/order'
const change = (row: { id: number; rev: number }, said: object) =>
  server.call('sup', 'PATCH', `${path}/${row.id}`, said, { 'if-match': `"${row.rev}"` })

test('An order that has lines keeps what they say, so that list and figures tell one story', async () => {
  const list = (await (await server.call('sup', 'GET', `${path}?limit=1`)).json()) as {
    items: { id: number; rev: number; account_id: { id: number } }[]
  }
  const [row] = list.items as [(typeof list.items)[number]]
  const { rows } = await sql<{
    id: number
  }>`select id from account where id <> ${row.account_id.id} limit 1`.execute(server.db.kysely)
  const other = { account_id: rows[0]?.id, ordered_on: '2015-01-01' }
  const refused = await change(row, other)
  expect([refused.status, await refused.json()]).toMatchObject([
    422,
    { code: 'said-by-lines', faults: [{ path: 'account_id' }, { path: 'ordered_on' }] },
  ])
  expect((await change(row, { city: '示例市' })).status).toBe(200)
})

test('An order without lines is corrected by hand', async () => {
  const { rows } = await sql<{ account: number; unit: number }>`select id as account, home_unit_id as unit
    from account limit 1`.execute(server.db.kysely)
  const made = await server.call('sup', 'POST', path, {
    code: 'HAND-1',
    account_id: rows[0]?.account,
    ordered_on: '2017-02-03',
    unit_id: rows[0]?.unit,
  })
  expect(made.status).toBe(201)
  const row = (await made.json()) as { id: number; rev: number }
  expect((await change(row, { ordered_on: '2017-02-04' })).status).toBe(200)
})
