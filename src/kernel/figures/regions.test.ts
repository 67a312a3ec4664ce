import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestDatabase } from '../../../test/database.ts'
import { acting, sampleKernel } from '../../../test/people.ts'
import { crossedSales, signedPlan, someSales } from '../../../test/sales.ts'
import { sampleDatabase } from '../../../test/sample-database.ts'
import { standingClock } from '../clock.ts'
import type { Kernel } from '../context.ts'
import type { Regions } from './measure.ts'
import { readKpiParts } from './parts.ts'
import { readKpi, readKpiCrossing } from './read.ts'
import { readKpiScopes } from './scopes.ts'
import { readKpiYears } from './years.ts'

// Orders stay with the region they were booked in; accounts move. Either tells a true story, and never half of one beside half of the other.

let base: TestDatabase
let kernel: Kernel
const clock = standingClock('2018-01-02T02:00:00Z')

beforeAll(async () => {
  base = await sampleDatabase()
  kernel = sampleKernel(base.db, clock)
  await someSales(base.db)
  await crossedSales(base.db)
}, 120_000)
afterAll(() => base?.drop())

const regionsOf = (login: string, period: string, regions?: Regions) =>
  acting(kernel, login, (ctx) =>
    readKpiParts(ctx, {
      kpi: 'K01',
      period,
      scope: 'company',
      by: 'region',
      ...(regions ? { regions } : {}),
    }),
  )
const figure = (login: string, period: string, scope: string, regions?: Regions) =>
  acting(kernel, login, (ctx) => readKpi(ctx, { kpi: 'K01', period, scope, ...(regions ? { regions } : {}) }))
const sold = async (column: string) =>
  (
    await sql<{
      scope: string
      amount: string
    }>`select 'unit:' || ${sql.raw(column)} as scope, trim_scale(sum(f.amount))::text as amount
      from sales_fact f join account a on a.id = f.account_id
      where f.kind = 'sale' and f.happened_on between '2017-01-01' and '2017-12-31' group by 1 order by 1`.execute(
      base.db.kysely,
    )
  ).rows
const years = (login: string) => acting(kernel, login, (ctx) => readKpiYears(ctx, 'K01'))

describe('Before anything is planned', () => {
  test('regions count by where orders were booked, and by the accounts’ home when that is asked for', async () => {
    for (const [regions, column] of [
      [undefined, 'f.unit_id'],
      ['home', 'a.home_unit_id'],
    ] as const) {
      const parts = await regionsOf('sup', '2017', regions)
      expect(
        parts
          .map(({ scope, value }) => ({ scope, amount: value?.amount }))
          .sort((a, b) => (a.scope < b.scope ? -1 : 1)),
      ).toEqual(await sold(column))
      expect(new Set(parts.map((one) => one.regionsName?.zh))).toEqual(
        new Set([regions === 'home' ? '按客户所属大区' : '按订单登记时的大区']),
      )
    }
    expect(await figure('sup', '2017', 'company', 'home')).toEqual(await figure('sup', '2017', 'company'))
  })
  test('figures open on the newest year with sales, and say why', async () => {
    const seen = await years('sup')
    expect([seen.open, seen.why?.zh]).toEqual([2017, expect.stringContaining('2017 年是最近有销售的一年')])
    expect(seen.items.map((one) => [one.year, one.targets, one.facts])).toEqual([
      [2017, false, true],
      [2016, false, true],
    ])
    // Who sees no sales opens on this year.
    expect(await years('adm')).toEqual({ items: [], open: 2018, why: null })
  })
})

describe('With a plan of 2017 by the regions of booking and one of 2018 by home regions', () => {
  beforeAll(async () => {
    await signedPlan(base.db, 2017, 'booked')
    await signedPlan(base.db, 2018, 'home')
  })

  test.each([
    ['2017', 'booked', 'home'],
    ['2018', 'home', 'booked'],
  ] as const)(
    'figures of %s go by the plan’s regions, and on the other ones no target stands beside them',
    async (period, own, other) => {
      for (const part of await regionsOf('sup', period))
        expect(part).toMatchObject({ regions: own, targetWhy: null, target: { currency: 'CNY' } })
      for (const part of await regionsOf('sup', period, other))
        expect(part).toMatchObject({
          regions: other,
          target: null,
          reached: null,
          targetWhy: { zh: expect.stringContaining('没有可比的目标') },
        })
      // The year before counts by the same regions as the year.
      const before = await regionsOf('sup', '2017', own)
      if (period === '2018')
        expect((await regionsOf('sup', '2018')).map((one) => one.base)).toEqual(
          before.map((one) => one.value),
        )
    },
  )

  test('a region’s head sees its target and no other region’s', async () => {
    const { items } = await acting(kernel, 'rgm1', (ctx) => readKpiScopes(ctx, 'K01'))
    const own = items[0]?.scope as string
    for (const part of await regionsOf('rgm1', '2017'))
      expect([part.scope, part.target !== null]).toEqual([part.scope, part.scope === own])
    expect((await figure('rgm1', '2017', own)).reached).toMatch(/^\d/)
    expect(await years('rgm1')).toMatchObject({ open: 2018, why: null })
  })

  test('each opens on the newest year that he has a target for; one set ahead of the year is said so', async () => {
    for (const login of ['sup', 'kam1', 'rep01', 'rgm1'])
      expect([login, (await years(login)).open]).toEqual([login, 2018])
    const last = await sampleAt('2017-12-01T02:00:00Z', () => years('sup'))
    expect([last.open, last.why?.zh]).toEqual([2018, '打开的是 2018 年：它的目标已经定好'])
    const later = await sampleAt('2019-03-01T02:00:00Z', () => years('sup'))
    expect([later.open, later.why?.zh]).toEqual([2018, '打开的是 2018 年：2019 年还没有目标'])
  })
})

/** The same house on another day. */
async function sampleAt<T>(day: string, work: () => Promise<T>): Promise<T> {
  const own = kernel
  kernel = { ...kernel, clock: standingClock(day) }
  try {
    return await work()
  } finally {
    kernel = own
  }
}

describe('What a reader is told of what he does not see', () => {
  test('accounts that moved are counted with what they bought, on either basis', async () => {
    const { rows } = await sql<{
      accounts: number
      value: string
    }>`select count(distinct f.account_id)::int as accounts,
        trim_scale(sum(f.amount))::text as value from sales_fact f join account a on a.id = f.account_id
      where f.kind = 'sale' and f.happened_on between '2017-01-01' and '2017-12-31' and f.unit_id <> a.home_unit_id`.execute(
      base.db.kysely,
    )
    const told = (login: string, scope: string, regions: Regions) =>
      acting(kernel, login, (ctx) => readKpiCrossing(ctx, { kpi: 'K01', period: '2017', scope, regions }))
    expect(await told('sup', 'company', 'booked')).toMatchObject({
      accounts: rows[0]?.accounts,
      value: { amount: rows[0]?.value },
    })
    let [inside, outside] = [0, 0]
    for (const { scope } of await regionsOf('sup', '2017')) {
      inside += Number((await told('sup', scope, 'booked')).value.amount)
      outside += Number((await told('sup', scope, 'home')).value.amount)
    }
    expect([inside.toFixed(2), outside.toFixed(2)]).toEqual([
      Number(rows[0]?.value).toFixed(2),
      Number(rows[0]?.value).toFixed(2),
    ])
  })

  test('a part is told by accounts; of a region where he sees nothing he is told what he is told of one without sales', async () => {
    const parts = await regionsOf('rep01', '2017')
    const seen = parts.filter((one) => one.value !== null)
    expect(seen.length).toBeGreaterThan(0)
    for (const { partial } of seen) expect(partial && partial.seen < partial.all).toBe(true)
    const [hidden] = parts.filter((one) => one.value === null)
    const empty = await figure('rep01', '2025', hidden?.scope as string)
    const told = ({ value, base: before, why, partial, state }: typeof empty) => ({
      value,
      before,
      why,
      partial,
      state,
    })
    expect(hidden && told(hidden)).toEqual(told(empty))
  })

  test('a region’s head sees the whole of what was booked there, and by home region the part that was', async () => {
    const own = (await acting(kernel, 'rgm1', (ctx) => readKpiScopes(ctx, 'K01'))).items[0]?.scope as string
    expect((await figure('rgm1', '2017', own, 'booked')).partial).toBeNull()
    const { partial } = await figure('rgm1', '2017', own, 'home')
    expect(partial && partial.seen < partial.all && partial.seen > 0).toBe(true)
  })
})
