import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestDatabase } from '../../../test/database.ts'
import { acting, actorOf, sampleKernel } from '../../../test/people.ts'
import { sampleDatabase } from '../../../test/sample-database.ts'
import { standingClock } from '../clock.ts'
import type { Kernel } from '../context.ts'
import type { Kind } from '../records/kind.ts'
import { listRecords } from '../records/read.ts'
import { search } from './search.ts'

let base: TestDatabase
let kernel: Kernel

beforeAll(async () => {
  base = await sampleDatabase()
  kernel = sampleKernel(base.db, standingClock('2018-01-02T02:00:00Z'))
  const [first, second] = await Promise.all(['rep01', 'rep02'].map((login) => actorOf(base.db, login)))
  await sql`insert into account (code, name, city, owner_id)
    select 'W-' || n, case when n % 10 <> 5 then '常见 ' || n else '少见 ' || n end, case when n % 3 = 0 then '示例市' end,
      case when n % 10 = 0 then ${second?.personId}::int else ${first?.personId}::int end
    from generate_series(1, 2600) n`.execute(base.db.kysely)
}, 120_000)
afterAll(() => base?.drop())

const kind = () => kernel.registry.kinds.get('account') as Kind

// The head finds more than are looked up one by one, so does the first representative; the second finds few of his own.
test.each(
  ['sup', 'rep01', 'rep02'].flatMap((login) =>
    ['常见', 'changjian', 'cj', 'W-1', '见 1'].map((q) => ({ login, q })),
  ),
)(
  '$login searches for $q: the same rows as without an index, page by page, with their count',
  async ({ login, q }) => {
    const { personId } = await actorOf(base.db, login)
    const holds = /^c/.test(q)
      ? sql`name like '常见%'`
      : sql`(name like ${`%${q}%`} or code like ${`%${q}%`})`
    const mine = login === 'sup' ? sql`true` : sql`owner_id = ${personId}`
    const { rows } = await sql<{
      id: number
    }>`select id from account where ${holds} and ${mine} and city = '示例市'
    order by name desc, id desc`.execute(base.db.kysely)
    const seen: number[] = []
    let total: number | undefined
    await acting(kernel, login, async (ctx) => {
      let cursor: string | null = null
      do {
        const query = {
          q,
          city: '示例市',
          sort: '-name',
          limit: 200,
          total: '1',
          ...(cursor ? { cursor } : {}),
        }
        const page = await listRecords(ctx, kind(), query)
        seen.push(...page.items.map((item) => item.id as number))
        total ??= page.total
        cursor = page.next
      } while (cursor)
    })
    expect(rows.length).toBeGreaterThan(0)
    expect(seen).toEqual(rows.map((row) => row.id))
    expect(total).toBe(rows.length)
  },
)

test('The palette gives each the shortest of his own', async () => {
  for (const [login, name] of [
    ['sup', '常见 1'],
    ['rep01', '常见 1'],
    ['rep02', '常见 10'],
  ] as const) {
    const found = await acting(kernel, login, (ctx) =>
      search(ctx, { q: '常见', in: 'all', edition: 'effective' }),
    )
    expect(found.find((one) => one.kind === 'account')?.title, login).toBe(name)
  }
  const nobody = await acting(kernel, 'rep03', (ctx) =>
    search(ctx, { q: '常见', in: 'all', edition: 'effective' }),
  )
  expect(nobody.filter((one) => one.kind === 'account')).toEqual([])
})

test('A column with a value in one row of thousands is not called empty', async () => {
  await sql`update account set grade = 'A' where code = 'W-2600'`.execute(base.db.kysely)
  const { total, empty } = await acting(kernel, 'sup', (ctx) => listRecords(ctx, kind(), { total: '1' }))
  expect({ total, grade: empty?.includes('grade'), since: empty?.includes('since') }).toEqual({
    total: 2600,
    grade: false,
    since: true,
  })
})
