import { sql } from 'kysely'
import pg from 'pg'
import { afterEach, describe, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../test/database.ts'
import { asOwner } from '../db/transaction.ts'
import { chainRows } from './chain.ts'
import { securityEvent } from './security.ts'
import { type Anchor, anchorsOf, verifyLogs } from './verify.ts'

const made: TestDatabase[] = []
afterEach(async () => {
  for (const one of made.splice(0)) await one.drop()
})

const register = (base: TestDatabase, code: string) =>
  asOwner(base.db, (tx) =>
    sql`insert into account (code, name) values (${code}, ${`示例客户 ${code}`})`.execute(tx),
  )

/** Chains until so many rows are linked: transactions of other databases on the server hold rows back for a moment. */
async function link(base: TestDatabase, rows: number): Promise<void> {
  for (let linked = 0; linked < rows; ) {
    linked += await chainRows(base.db.heavy)
    expect(linked).toBeLessThanOrEqual(rows)
  }
}

/** A department at work: twelve accounts registered one by one, ten sign-ins, all of it chained. */
async function history(): Promise<TestDatabase> {
  const base = await freshDatabase()
  made.push(base)
  for (let n = 1; n <= 12; n += 1) await register(base, `A-${n}`)
  for (let n = 1; n <= 10; n += 1)
    await asOwner(base.db, (tx) =>
      securityEvent(tx, 'sign-in', { login: 'wanglili', address: '10.0.0.7', detail: { n } }),
    )
  await link(base, 22)
  return base
}

async function asRoot<T>(base: TestDatabase, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: base.url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** Whoever is root of the machine goes past every trigger. */
const tamper = (base: TestDatabase, ...statements: string[]) =>
  asRoot(base, async (client) => {
    await client.query("set session_replication_role = 'replica'")
    for (const statement of statements) await client.query(statement)
  })

const faults = (base: TestDatabase, anchors: readonly Anchor[] = []) =>
  asRoot(base, async (client) =>
    (await verifyLogs(client, { whole: true, anchors })).flatMap((state) => state.faults.map(({ zh }) => zh)),
  )
const anchors = (base: TestDatabase) => asRoot(base, anchorsOf)

describe('What happened stays what happened', () => {
  test('rows are linked once, in the order of their transactions, and agree', async () => {
    const base = await history()
    expect(await chainRows(base.db.heavy)).toBe(0)
    await register(base, 'A-13')
    await link(base, 1)
    const states = await asRoot(base, (client) => verifyLogs(client, { whole: true }))
    expect(states).toMatchObject([
      { log: 'audit', links: 13, waiting: 0, faults: [], last: { seq: 13 } },
      { log: 'security', links: 10, waiting: 0, faults: [], last: { seq: 10 } },
    ])
  })

  test('a row waits while an older transaction runs, and none is passed over', async () => {
    const base = await history()
    await asRoot(base, async (slow) => {
      await slow.query("begin; insert into account (code, name) values ('A-SLOW', '示例慢客户')")
      await register(base, 'A-QUICK')
      expect(await chainRows(base.db.heavy)).toBe(0)
      await slow.query('commit')
    })
    await link(base, 2)
    const { rows } = await sql<{
      code: string
    }>`select changes #>> '{code,1}' as code from audit a join log_link l
      on l.log = 'audit' and l.row_id = a.id order by l.seq desc limit 2`.execute(base.db.kysely)
    expect(rows.map((row) => row.code)).toEqual(['A-QUICK', 'A-SLOW'])
    expect(await faults(base)).toEqual([])
  })

  test('two nodes at once make one chain', async () => {
    const base = await history()
    for (let n = 20; n < 40; n += 1) await register(base, `A-${n}`)
    for (let linked = 0; linked < 20; ) {
      const each = await Promise.all([1, 2, 3, 4].map(() => chainRows(base.db.heavy)))
      linked += each.reduce((all, one) => all + one, 0)
      expect(linked).toBeLessThanOrEqual(20)
    }
    expect(await faults(base)).toEqual([])
  })

  test.each([
    [
      'who did it',
      'update audit set person_id = 7 where id = 5',
      /操作记录：第 5 环（记录号 5）与校验值不符/,
    ],
    [
      'when it was',
      "update security_log set at = at - interval '1 hour' where id = 3",
      /安全日志：第 3 环（记录号 3）与校验值不符/,
    ],
    [
      'what was written',
      `update audit set changes = '{"name":[null,"别的客户"]}' where id = 6`,
      /操作记录：第 6 环（记录号 6）的内容被改动/,
    ],
    [
      'from where',
      "update security_log set address = '10.9.9.9' where id = 4",
      /安全日志：第 4 环（记录号 4）的内容被改动/,
    ],
    ['a row taken out', 'delete from audit where id = 7', /操作记录：第 7 环（记录号 7）的记录不见了/],
    [
      'a row and its link taken out',
      "delete from audit where id = 7; delete from log_link where log = 'audit' and seq = 7",
      /第 7 环到第 7 环不见了/,
    ],
    [
      'its salt thrown away',
      "delete from log_salt where log = 'audit' and seq = 8",
      /第 8 环（记录号 8）的内容被抹去，却没有抹去的记录/,
    ],
    [
      'two rows exchanged',
      "update log_link set row_id = row_id + 100 where log = 'security' and seq in (2, 3); update log_link set row_id = case row_id when 102 then 3 else 2 end where log = 'security' and seq in (2, 3)",
      /安全日志：第 2 环（记录号 3）与校验值不符/,
    ],
    [
      'a row put in between, past the chain',
      "insert into audit (id, kind, record_id, action, changes, xact) overriding system value values (-4, 'account', 1, 'update', '{}', '3')",
      /记录号 -4 不在链上/,
    ],
  ])('%s: found, with its place', async (_, statement, told) => {
    const base = await history()
    await tamper(base, ...statement.split('; '))
    expect(await faults(base)).toEqual(expect.arrayContaining([expect.stringMatching(told)]))
  })

  test('a row put in between that the program itself links is found by its number', async () => {
    const base = await history()
    // What stands was written with a gap, and linked two days ago: the forger knows how to reckon a chain, too.
    await tamper(
      base,
      'delete from audit where id = 6',
      'delete from log_link',
      'delete from log_salt',
      "update log_floor set xact = '0', row_id = 0",
    )
    await link(base, 21)
    await tamper(base, "update log_link set made_at = made_at - interval '2 days'")
    await tamper(
      base,
      "insert into audit (id, kind, record_id, action, changes) overriding system value values (6, 'account', 1, 'update', '{}')",
    )
    await link(base, 1)
    expect(await faults(base)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/第 12 环（记录号 6）的编号早于一天前已入链的记录，是后来插入的/),
      ]),
    )
  })

  test('an end cut off, and an end written anew, are found against what a backup knew', async () => {
    const base = await history()
    const known = await anchors(base)
    expect(known).toMatchObject([
      { log: 'audit', seq: 12 },
      { log: 'security', seq: 10 },
    ])
    await tamper(
      base,
      "delete from log_salt where log = 'audit' and seq > 9",
      "delete from log_link where log = 'audit' and seq > 9",
      'delete from audit where id > 9',
    )
    expect(await faults(base)).toEqual([])
    expect(await faults(base, known)).toEqual([
      expect.stringMatching(/操作记录：备份时到第 12 环，现在只到第 9 环，末尾被截去/),
    ])
    for (let n = 50; n < 54; n += 1) await register(base, `A-${n}`)
    await link(base, 4)
    expect(await faults(base)).toEqual([])
    expect(await faults(base, known)).toEqual([
      expect.stringMatching(/操作记录：第 12 环与备份时不同，此前的内容被改写/),
    ])
  })

  test('what a row says of a person is erased under a word of it; that it was there still agrees', async () => {
    const base = await history()
    await asRoot(base, (client) => client.query("select log_erase('audit', 5, '示例：本人要求删除')"))
    await link(base, 1)
    expect(await faults(base)).toEqual([])
    const { rows } = await sql<{ changes: object; events: number }>`select changes,
      (select count(*)::int from security_log where event = 'values-erased' and detail ->> 'row' = '5') as events
      from audit where id = 5`.execute(base.db.kysely)
    expect(rows).toEqual([{ changes: {}, events: 1 }])
    await tamper(base, 'update audit set record_id = 99 where id = 5')
    expect(await faults(base)).toEqual([expect.stringMatching(/第 5 环（记录号 5）与校验值不符/)])
  })

  test('whole closed months go when their time is over, leave their digest, and are told of', async () => {
    const base = await history()
    // Four years pass.
    await tamper(base, "update log_segment set began_at = began_at - interval '4 years'")
    await register(base, 'A-LATER')
    await link(base, 1)
    const remove = (kept: string) =>
      asOwner(base.db, (tx) =>
        sql<{ gone: object | null }>`select log_remove('audit', ${kept}::interval) as gone`.execute(tx),
      )
    // Just closed: kept, whatever is asked for.
    expect((await remove('0 days')).rows).toEqual([{ gone: null }])
    await tamper(
      base,
      "update log_segment set closed_at = closed_at - interval '40 months' where to_seq is not null",
    )
    expect((await remove('10 years')).rows).toEqual([{ gone: null }])
    expect((await remove('0 days')).rows).toMatchObject([{ gone: { log: 'audit', from: 1, to: 12 } }])
    await link(base, 1)
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from audit`.execute(base.db.kysely)
    expect(rows).toEqual([{ n: 1 }])
    expect(await faults(base)).toEqual([])
    // A month that vanished otherwise has nobody who tells of it.
    await tamper(base, "delete from security_log where event = 'log-removed'")
    expect(await faults(base)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/操作记录：第 1 段已不在，安全日志里却没有清除它的记录/),
      ]),
    )
  })
})
