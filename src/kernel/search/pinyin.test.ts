import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestDatabase } from '../../../test/database.ts'
import { acting, actorOf, sampleKernel } from '../../../test/people.ts'
import { sampleDatabase } from '../../../test/sample-database.ts'
import { initialsOf } from '../../handbook/words/initials.ts'
import { standingClock } from '../clock.ts'
import type { Ctx, Kernel } from '../context.ts'
import type { Kind } from '../records/kind.ts'
import { lookup } from '../records/lookup.ts'
import { listRecords } from '../records/read.ts'
import { search } from './search.ts'

let base: TestDatabase
let kernel: Kernel

beforeAll(async () => {
  base = await sampleDatabase()
  kernel = sampleKernel(base.db, standingClock('2018-01-02T02:00:00Z'))
  const { personId } = await actorOf(base.db, 'rep01')
  await sql`insert into account (code, name, owner_id) values ('P-1', '丁君', ${personId}), ('P-2', '重庆示例（长江）行', null),
    ('P-3', '吕 KPI 2 号店', null), ('P-4', '示例商行', null)`.execute(base.db.kysely)
}, 120_000)
afterAll(() => base?.drop())

const listed = (q: string, login = 'sup') =>
  acting(kernel, login, async (ctx) => {
    const { items } = await listRecords(ctx, kernel.registry.kinds.get('account') as Kind, { q })
    return items.map((item) => item.name)
  })

test('An account is found as its name is typed, in full, half of it, by initials, from any character on', async () => {
  for (const q of ['dj', 'dingjun', 'dingj', 'Ding Jun', 'jun', 'd'])
    expect(await listed(q), q).toContain('丁君')
  for (const q of ['jd', 'jundin', 'ingjun', 'xyz']) expect(await listed(q), q).not.toContain('丁君')
})

test('A character that is read in several ways is found by each of them', async () => {
  for (const q of ['cqsl', 'chongqing', 'zhongqing', 'changjianghang', 'cjh', 'xing'])
    expect(await listed(q), q).toContain('重庆示例（长江）行')
})

test('Letters and digits in a name count as themselves, ü as v', async () => {
  for (const q of ['lvkpi', 'lkpi2hd', 'kpi2haodian', 'lü'])
    expect(await listed(q), q).toEqual(['吕 KPI 2 号店'])
})

test('Pinyin opens nothing that the reader may not see', async () => {
  expect(await listed('slsh')).toEqual(['示例商行'])
  expect(await listed('slsh', 'rep01')).toEqual([])
  expect(await listed('dj', 'rep01')).toEqual(['丁君'])
})

test('A new name is found at once and the old one no more', async () => {
  await sql`update account set name = '甘棠' where code = 'P-4'`.execute(base.db.kysely)
  expect([await listed('gantang'), await listed('slsh')]).toEqual([['甘棠'], []])
  await sql`delete from account where code = 'P-4'`.execute(base.db.kysely)
  const { rows } = await sql`select from search_key k where kind = 'account'
    and not exists (select from account a where a.id = k.record_id)`.execute(base.db.kysely)
  expect(rows).toEqual([])
})

const all = (ctx: Ctx, q: string) => search(ctx, { q, in: 'all', edition: 'effective' })

test('The palette and the choice of a person know pinyin as well', async () => {
  const { rows } = await sql<{ id: number; name: string }>`select p.id, p.name from person p
    join app_user u on u.person_id = p.id where u.login = 'rep02'`.execute(base.db.kysely)
  const [rep] = rows as [{ id: number; name: string }]
  const typed = initialsOf(rep.name)
  await acting(kernel, 'sup', async (ctx) => {
    expect((await all(ctx, 'dj')).find((one) => one.kind === 'account')?.title).toBe('丁君')
    expect((await all(ctx, typed)).map((one) => one.title)).toContain(rep.name)
    expect((await lookup(ctx, 'person', typed)).map((one) => one.title)).toContain(rep.name)
    expect((await lookup(ctx, 'account', 'dingj')).map((one) => one.title)).toEqual(['丁君'])
    expect((await all(ctx, 'nddkhxs')).some((one) => one.kind === 'handbook')).toBe(true)
  })
})

test('The readings the database keeps begin as the reader’s do', async () => {
  const gb = new TextDecoder('gbk')
  // The common characters, as the first level of GB 2312 has them.
  const common = Array.from({ length: 0xd7 - 0xb0 + 1 }, (_, row) =>
    Array.from({ length: 94 }, (_, cell) => gb.decode(new Uint8Array([0xb0 + row, 0xa1 + cell]))),
  )
    .flat()
    .filter((one) => /^\p{Script=Han}$/u.test(one))
  expect(common.length).toBe(3755)
  const { rows } = await sql<{
    han: string
    letters: string[]
  }>`select han, array_agg(left(syllable, 1)) as letters
    from unnest(${common}::text[]) han left join han_reading using (han) group by 1`.execute(base.db.kysely)
  // A few are read in several ways, and two dictionaries begin with another one each.
  expect(rows.filter(({ han, letters }) => !letters.includes(initialsOf(han))).length).toBeLessThan(10)
})
