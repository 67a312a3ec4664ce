import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../test/database.ts'
import { plannedAnew } from './prepared.ts'
import { asOwner } from './transaction.ts'

let own: TestDatabase
beforeAll(async () => {
  own = await freshDatabase()
  await sql`create table sample (id int primary key, name text)`.execute(own.db.heavy.kysely)
  await sql`insert into sample values (1, '示例')`.execute(own.db.heavy.kysely)
  await sql`grant select on sample to kambook_program`.execute(own.db.heavy.kysely)
})
afterAll(() => own?.drop())

const names = () =>
  asOwner(
    own.db,
    async (tx) =>
      (
        await sql<{
          n: number
        }>`select count(*)::int as n from pg_prepared_statements where statement like '%sample%'`.execute(tx)
      ).rows[0]?.n,
  )

describe('Statements that come again', () => {
  test('are prepared from the second time on; what depends on its values is not', async () => {
    const read = (id: number) =>
      asOwner(own.db, (tx) => sql`select name from sample where id = ${id}`.execute(tx))
    for (const id of [1, 1, 1]) expect((await read(id)).rows).toEqual([{ name: '示例' }])
    const planned = () =>
      asOwner(own.db, (tx) =>
        sql`select ${sql.raw(plannedAnew)} name from sample where id > ${0}`.execute(tx),
      )
    for (let time = 0; time < 3; time += 1) await planned()
    expect(await names()).toBeGreaterThan(0)
    const { rows } = await asOwner(own.db, (tx) =>
      sql<{ statement: string }>`select statement from pg_prepared_statements`.execute(tx),
    )
    expect(rows.filter((row) => row.statement.includes('planned anew'))).toEqual([])
  })

  test('run once more when the tables changed under their plan', async () => {
    const read = () => asOwner(own.db, (tx) => sql`select * from sample where id = ${1}`.execute(tx))
    for (let time = 0; time < 4; time += 1) await read()
    await sql`alter table sample add column city text`.execute(own.db.heavy.kysely)
    expect((await read()).rows).toEqual([{ id: 1, name: '示例', city: null }])
    await sql`alter table sample drop column name`.execute(own.db.heavy.kysely)
    expect((await Promise.all([read(), read(), read()])).map(({ rows }) => rows)).toEqual(
      [1, 2, 3].map(() => [{ id: 1, city: null }]),
    )
  })

  test('leave nothing begun when a transaction comes to an end before its first statement', async () => {
    await own.db.kysely.transaction().execute(() => Promise.resolve())
    const { rows } = await asOwner(own.db, (tx) =>
      sql<{ n: number }>`select count(*)::int as n from sample`.execute(tx),
    )
    expect(rows).toEqual([{ n: 1 }])
  })
})
