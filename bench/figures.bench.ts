import { sql } from 'kysely'
import { readKpi } from '../src/kernel/figures/read.ts'
import { as, inHouse, overHttp, settle } from './house.ts'
import { type Line, workTimes } from './line.ts'
import { someLines, someOrders } from './sales.ts'

const asked = { kpi: 'K01', period: '2017', scope: 'company' }

/** K01 of a year over a million order lines, with the year before and the count that tells a part from the whole. */
export async function lines(): Promise<Line[]> {
  return inHouse(async (house) => {
    await someOrders(house, 2_000, 100_000)
    await someLines(house, 10)
    await settle(house)
    const summary = () =>
      sql`select sum(amount), sum(returned), sum(lines) from sales_month
        where basis = 'order' and month between '2017-01-01' and '2017-12-31'`.execute(house.base.db.kysely)
    const all = await as(house, 'sup')
    const part = await as(house, 'kam1')
    const [head, manager, bare] = (await workTimes(
      house.base.url,
      [() => all((ctx) => readKpi(ctx, asked)), () => part((ctx) => readKpi(ctx, asked)), summary],
      8,
      5,
    )) as [number, number, number]
    const [http] = (await overHttp(house, 'sup', (call) =>
      workTimes(house.base.url, [() => call('GET', `/api/v1/kpis?${new URLSearchParams(asked)}`)], 8, 5),
    )) as [number]
    const floor = { unit: 'ms', floor: bare, floorWhat: 'reading the year from its monthly summary' }
    return [
      { what: 'K01 of a year, 1,000,000 lines, sees all', value: head, bar: 3, ...floor },
      { what: 'K01 of a year, 1,000,000 lines, sees a part', value: manager, bar: 3, ...floor },
      { what: 'K01 of a year over HTTP', value: http, ...floor },
    ]
  })
}
