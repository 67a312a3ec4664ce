import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestDatabase } from '../../../test/database.ts'
import { acting, actorOf, sampleKernel } from '../../../test/people.ts'
import { someSales } from '../../../test/sales.ts'
import { sampleDatabase } from '../../../test/sample-database.ts'
import { standingClock } from '../clock.ts'
import type { Kernel } from '../context.ts'
import { readKpiParts } from './parts.ts'
import { readKpi } from './read.ts'
import { readKpiScopes } from './scopes.ts'

let base: TestDatabase
let kernel: Kernel

beforeAll(async () => {
  base = await sampleDatabase()
  kernel = sampleKernel(base.db, standingClock('2018-01-02T02:00:00Z'))
  await someSales(base.db)
}, 120_000)
afterAll(() => base?.drop())

const k01 = (login: string, period: string, scope = 'company', basis?: string) =>
  acting(kernel, login, (ctx) => readKpi(ctx, { kpi: 'K01', period, scope, ...(basis ? { basis } : {}) }))

describe('A period that has no sales yet', () => {
  test('stands beside the year before on the basis that year was measured on', async () => {
    const before = await k01('sup', '2017')
    expect(before.basis).toBe('order')
    for (const period of ['2018', '2018-Q1', '2018-03']) {
      const then = await k01('sup', period.replace('2018', '2017'))
      const now = await k01('sup', period)
      expect([now.value, now.basis, now.base]).toEqual([null, 'order', then.value])
    }
  })
  test('takes the basis it is asked on, even where that leaves nothing to compare', async () => {
    expect(await k01('sup', '2018', 'company', 'shipment')).toMatchObject({ basis: 'shipment', base: null })
  })
  test('and no year before either is measured as the edition says', async () => {
    expect(await k01('sup', '2025')).toMatchObject({ basis: 'acceptance', value: null, base: null })
  })
})

test('A year falls into its quarters', async () => {
  const parts = await acting(kernel, 'sup', (ctx) =>
    readKpiParts(ctx, { kpi: 'K01', period: '2017', scope: 'company', by: 'quarter' }),
  )
  expect(parts.map((one) => one.period)).toEqual(['2017-Q1', '2017-Q2', '2017-Q3', '2017-Q4'])
  const sum = parts.reduce((all, one) => all + Number(one.value?.amount), 0)
  expect(sum.toFixed(2)).toBe(Number((await k01('sup', '2017')).value?.amount).toFixed(2))
})

describe('Figures open in the reader’s own scope', () => {
  const scopes = (login: string) =>
    acting(kernel, login, async (ctx) => (await readKpiScopes(ctx, 'K01')).items)

  test.each(['gm', 'sdm', 'sup', 'fin', 'aud'])('%s sees all and begins with the company', async (login) => {
    const found = await scopes(login)
    expect(found[0]).toMatchObject({ scope: 'company', level: 'company' })
    const count = (level: string) => found.filter((one) => one.level === level).length
    expect([count('region'), count('manager'), count('rep')]).toEqual([6, 3, 18])
  })
  test('a manager begins with himself and finds the reps of his regions, no company', async () => {
    const { personId } = await actorOf(base.db, 'kam1')
    const [own, ...others] = await scopes('kam1')
    expect(own).toMatchObject({ scope: `person:${personId}`, level: 'manager' })
    expect(others.length).toBeGreaterThan(0)
    expect(new Set(others.map((one) => one.level))).toEqual(new Set(['rep']))
  })
  test('a rep has himself alone, and his figure is the whole of his own', async () => {
    const { personId } = await actorOf(base.db, 'rep01')
    expect(await scopes('rep01')).toMatchObject([{ scope: `person:${personId}`, level: 'rep' }])
    expect((await k01('rep01', '2017', `person:${personId}`)).partial).toBeNull()
    expect((await k01('rep01', '2017')).partial).not.toBeNull()
  })
  test('a region’s head begins with the region', async () => {
    const [own, ...others] = await scopes('rgm1')
    expect(own?.level).toBe('region')
    expect((await k01('rgm1', '2017', own?.scope)).partial).toBeNull()
    expect(new Set(others.map((one) => one.level))).toEqual(new Set(['rep']))
  })
  test('the administrator has none', async () => {
    expect(await scopes('adm')).toEqual([])
  })
})
