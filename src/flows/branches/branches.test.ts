import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sampleServer, type TestServer } from '../../../test/server.ts'
import type { Area, BranchAreas, BranchesGiven, BranchPreview } from './wire.ts'

// After an import nobody at a branch sees an account. The head of the department gives them out by where most was sold.

let server: TestServer
let areas: BranchAreas
const unit = new Map<string, number>()

/** An account with orders: `place amount`. */
async function sold(
  code: string,
  orders: readonly (readonly [province: string, city: string, amount: number])[],
) {
  await sql`insert into account (code, name, province, city) values (${code}, ${`示例 ${code}`}, '甘肃', '兰州')`.execute(
    server.db.kysely,
  )
  for (const [index, [province, city, amount]] of orders.entries())
    await sql`insert into sales_order (code, account_id, ordered_on, unit_id, province, city, amount)
      select ${`${code}-${index}`}, a.id, '2017-05-02', u.id, ${province}, ${city}, ${amount} from account a, unit u
      where a.code = ${code} and u.code = 'NE'`.execute(server.db.kysely)
}

beforeAll(async () => {
  server = await sampleServer()
  const { rows } = await sql<{ id: number; name: string }>`select id, name_zh as name from unit`.execute(
    server.db.kysely,
  )
  for (const { id, name } of rows) unit.set(name, id)
  await sold('CLEAR', [
    ['辽宁', '沈阳', 900],
    ['江苏', '苏州', 100],
  ])
  await sold('TIED', [
    ['辽宁', '沈阳', 500],
    ['江苏', '苏州', 500],
  ])
  await sold('SPREAD', [
    ['江苏', '苏州', 400],
    ['辽宁', '大连', 350],
    ['安徽', '合肥', 300],
  ])
  await sold('NOWHERE', [['海南', '海口', 10]])
  await sold('ADDRESS', [])
}, 120_000)
afterAll(() => server?.close())

const call = async <T>(login: string, method: string, path: string, body?: unknown) => {
  const answer = await server.call(login, method, `/api/v1/branches/${path}`, body)
  return { status: answer.status, body: (await answer.json()) as T }
}
const said = (): Area[] => areas.items.map(({ province, city, unitId }) => ({ province, city, unitId }))
const branchOf = async (code: string) =>
  (
    await sql<{
      name: string | null
    }>`select u.name_zh as name from account a left join unit u on u.id = a.branch_id
      where a.code = ${code}`.execute(server.db.kysely)
  ).rows[0]?.name ?? null
const seenBy = async (login: string, kind: string) =>
  (
    (await (await server.call(login, 'GET', `/api/v1/records/${kind}`)).json()) as {
      items: { code: string }[]
    }
  ).items.map(({ code }) => code)

describe('Accounts are given to branches', () => {
  test('by the head alone; to a branch head the page says who may', async () => {
    expect((await call('brm01', 'GET', 'areas')).status).toBe(403)
    expect((await call('kam1', 'POST', 'assignment', { areas: [] })).status).toBe(403)
    const meta = (await (await server.call('brm01', 'GET', '/api/v1/meta')).json()) as {
      kinds: { id: string; may: Record<string, { allowed: boolean; why: { zh: string } }> }[]
    }
    const may = meta.kinds.find((one) => one.id === 'account')?.may.assign
    expect(may?.allowed).toBe(false)
    expect(may?.why.zh).toMatch(/没有分配权，有分配权的是.+/)
  })

  test('with areas proposed from the branches’ names', async () => {
    areas = (await call<BranchAreas>('sup', 'GET', 'areas')).body
    const at = (province: string) => areas.items.find((one) => one.province === province && one.city === '')
    expect(at('辽宁')).toMatchObject({ unitId: unit.get('沈阳分公司'), proposed: true, accounts: 1 })
    expect(at('海南')).toMatchObject({ unitId: null, proposed: false })
    expect(at('甘肃')).toMatchObject({ unitId: unit.get('兰州分公司') })
  })

  test('after a preview that counts who gets what, who is in doubt and who stays', async () => {
    const { body } = await call<BranchPreview>('sup', 'POST', 'preview', { areas: said() })
    expect(body.counts).toMatchObject({ clear: 2, tied: 1, spread: 1, 'no-branch': 1, same: 0, other: 0 })
    expect(body.doubts.map(({ code, verdict }) => [code, verdict])).toEqual([
      ['SPREAD', 'spread'],
      ['TIED', 'tied'],
    ])
    expect(await branchOf('CLEAR')).toBeNull()
  })

  test('in one act: the clear ones; their heads see them and what was sold to them', async () => {
    expect(await seenBy('brm01', 'account')).toEqual([])
    const { status, body } = await call<BranchesGiven>('sup', 'POST', 'assignment', { areas: said() })
    expect([status, body]).toEqual([200, { given: 2, branches: 2 }])
    expect(await branchOf('CLEAR')).toBe('沈阳分公司')
    expect(await branchOf('ADDRESS')).toBe('兰州分公司')
    expect(await branchOf('TIED')).toBeNull()
    expect(await seenBy('brm01', 'account')).toEqual(['CLEAR'])
    expect((await seenBy('brm01', 'order')).sort()).toEqual(['CLEAR-0', 'CLEAR-1'])
    const { rows } = await sql<{
      who: string
      n: number
    }>`select u.login as who, count(*)::int as n from audit a
      join app_user u on u.id = a.user_id where a.kind = 'account' and a.changes ? 'branch_id' group by 1`.execute(
      server.db.kysely,
    )
    expect(rows).toEqual([{ who: 'sup', n: 2 }])
  })

  test('those in doubt when it is said so; whoever has a branch keeps it unless it is replaced; areas are remembered', async () => {
    await call('sup', 'POST', 'assignment', { areas: said(), doubtful: true })
    expect(await branchOf('SPREAD')).toBe('苏州分公司')
    const moved = said().map((one) =>
      one.province === '辽宁' ? { ...one, unitId: unit.get('哈尔滨分公司') ?? null } : one,
    )
    expect((await call<BranchesGiven>('sup', 'POST', 'assignment', { areas: moved })).body.given).toBe(0)
    expect(await branchOf('CLEAR')).toBe('沈阳分公司')
    await call('sup', 'POST', 'assignment', { areas: moved, replace: true })
    expect(await branchOf('CLEAR')).toBe('哈尔滨分公司')
    expect(await seenBy('brm01', 'account')).not.toContain('CLEAR')
    const again = (await call<BranchAreas>('sup', 'GET', 'areas')).body.items.find(
      (one) => one.province === '辽宁',
    )
    expect(again).toMatchObject({ unitId: unit.get('哈尔滨分公司'), proposed: false })
  })

  test('never to what is no branch', async () => {
    const wrong = [{ province: '辽宁', city: '', unitId: unit.get('东北') }]
    expect((await call('sup', 'POST', 'preview', { areas: wrong })).status).toBe(422)
  })

  test('twenty thousand of them in seconds', async () => {
    await sql`insert into account (code, name) select 'M-' || n, '示例 ' || n from generate_series(1, 20000) n`.execute(
      server.db.heavy.kysely,
    )
    await sql`insert into sales_order (code, account_id, ordered_on, unit_id, province, city, amount)
      select a.code || '-' || n, a.id, '2017-06-01', u.id, case when a.id % 2 = 0 then '江苏' else '甘肃' end, '', n
      from account a, unit u, generate_series(1, 1) n where a.code like 'M-%' and u.code = 'NE'`.execute(
      server.db.heavy.kysely,
    )
    const began = Date.now()
    const { body } = await call<BranchesGiven>('sup', 'POST', 'assignment', { areas: said() })
    expect(body.given).toBe(20_000)
    console.log(`20,000 accounts: ${Date.now() - began} ms`)
    expect(Date.now() - began).toBeLessThan(60_000)
  }, 240_000)
})
