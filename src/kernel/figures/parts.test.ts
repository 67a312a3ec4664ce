import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestDatabase } from '../../../test/database.ts'
import { acting, sampleKernel } from '../../../test/people.ts'
import { crossedSales, signedPlan, someSales } from '../../../test/sales.ts'
import { sampleDatabase } from '../../../test/sample-database.ts'
import { standingClock } from '../clock.ts'
import type { Ctx, Kernel } from '../context.ts'
import { readKpiParts } from './parts.ts'
import { readKpi } from './read.ts'

// A part of a figure is a figure of its own: whatever it is cut by and whoever looks, it says what that scope and period say when they
// are asked for alone.

let base: TestDatabase
let kernel: Kernel

beforeAll(async () => {
  base = await sampleDatabase()
  kernel = sampleKernel(base.db, standingClock('2018-01-02T02:00:00Z'))
  await someSales(base.db)
  await crossedSales(base.db)
  await signedPlan(base.db, 2017, 'booked')
  await signedPlan(base.db, 2018, 'home')
  // One person leads a region and looks after accounts of another one.
  await sql`insert into assignment (person_id, seat_id, from_date)
    select (select person_id from app_user where login = 'rep05'), s.id, '2017-01-01' from seat s
    where s.post = 'RGM' order by s.id desc limit 1`.execute(base.db.kysely)
}, 120_000)
afterAll(() => base?.drop())

const cuts = ['region', 'manager', 'rep', 'quarter', 'month'] as const
type Said = Omit<Parameters<typeof readKpiParts>[1], 'by' | 'kpi'>

/** Every part beside the same asked alone. */
async function bothWays(ctx: Ctx, by: (typeof cuts)[number], said: Said) {
  const kpis = ctx.edition.edition.kpis.filter(
    (kpi) => kpi.measure && ctx.house.registry.measures.has(kpi.measure),
  )
  expect(kpis.length).toBeGreaterThan(0)
  const together = []
  const alone = []
  for (const { id: kpi } of kpis) {
    const parts = await readKpiParts(ctx, { kpi, ...said, by })
    together.push(...parts)
    for (const { period, scope } of parts) alone.push(await readKpi(ctx, { ...said, kpi, period, scope }))
  }
  return { together, alone }
}

describe.each(['sup', 'fin', 'kam1', 'rgm1', 'rep01', 'rep05', 'adm'])('What %s sees', (login) => {
  test.each(cuts)(
    'by %s is the same together and alone',
    async (by) => {
      const seen = []
      const asked = [
        ...['2017', '2018', '2016-Q2', '2017-06', '2025'].map((period) => ({ period })),
        { period: '2017', basis: 'shipment' as const },
        ...(by === 'region'
          ? (['booked', 'home'] as const).map((regions) => ({ period: '2017', regions }))
          : []),
      ]
      for (const said of asked)
        await acting(kernel, login, async (ctx) => {
          const { together, alone } = await bothWays(ctx, by, { ...said, scope: 'company' })
          expect(together).toEqual(alone)
          seen.push(...together.filter((one) => one.value !== null))
        })
      if (login !== 'adm') expect(seen.length).toBeGreaterThan(0)
    },
    60_000,
  )
})

test('a scope falls into the quarters and months of its own, too', async () => {
  const { rows } = await sql<{ scope: string }>`select 'unit:' || id as scope from unit where level = 'region'
    union all select 'person:' || min(person_id) from holder where post in ('REP', 'KAM', 'SUP') group by post`.execute(
    base.db.kysely,
  )
  for (const login of ['sup', 'rep01'])
    for (const { scope } of rows)
      for (const by of ['quarter', 'month'] as const)
        await acting(kernel, login, async (ctx) => {
          const { together, alone } = await bothWays(ctx, by, { period: '2017', scope, regions: 'home' })
          expect(together).toEqual(alone)
        })
}, 60_000)

test('parts with nothing sold are there with their targets and the year before', async () => {
  const parts = await acting(kernel, 'sup', (ctx) =>
    readKpiParts(ctx, { kpi: 'K01', period: '2018', scope: 'company', by: 'region' }),
  )
  expect(parts).toHaveLength(6)
  for (const part of parts)
    expect(part).toMatchObject({
      value: null,
      target: { currency: 'CNY' },
      base: { currency: 'CNY' },
      state: 'n/a',
    })
})
