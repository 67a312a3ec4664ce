import { sql } from 'kysely'
import { asOwner } from '../src/kernel/db/transaction.ts'
import { readKpi, readKpiRows } from '../src/kernel/figures/read.ts'
import { as, type House, inHouse, overHttp, settle } from './house.ts'
import { type Line, workTimes } from './line.ts'
import { someLines, someOrders } from './sales.ts'

const asked = { kpi: 'K01', period: '2017', scope: 'company' }

/** K01 of a year over a million order lines, with the year before and the count that tells a part from the whole; then its rows. */
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
      ...(await rows(house)),
    ]
  })
}

const readers = [
  { login: 'sup', what: 'sees all', scope: () => 'company', mine: () => sql`true` },
  {
    login: 'rgm1',
    what: 'head of a region',
    scope: ({ unit }: Place) => `unit:${unit}`,
    mine: ({ unit }: Place) => sql`unit_id = ${unit}`,
  },
  {
    login: 'rep01',
    what: 'rep',
    scope: ({ person }: Place) => `person:${person}`,
    mine: ({ person }: Place) => sql`owner_id = ${person}`,
  },
]
interface Place {
  readonly unit: number
  readonly person: number
}

/** The first page of the rows behind it, with their count and sums. */
async function rows(house: House): Promise<Line[]> {
  const found: Line[] = []
  for (const { login, what, scope, mine } of readers) {
    const { rows: held } = await sql<Place>`select h.unit_id as unit, h.person_id as person from holder h
      join app_user u on u.person_id = h.person_id where u.login = ${login}`.execute(house.base.db.kysely)
    const place = held[0] as Place
    const act = await as(house, login)
    const page = () => act((ctx) => readKpiRows(ctx, { ...asked, scope: scope(place), limit: 100 }))
    // The page is read as if its accounts were known, the rest from the month's sums.
    const { items } = await page()
    const accounts = [...new Set(items.map((one) => one.account?.id as number))]
    const bare = () =>
      asOwner(house.base.db, async (tx) => {
        await sql`select sum(facts), sum(amount), sum(returned) from sales_month
          where basis = 'order' and month between '2017-01-01' and '2017-12-31' and ${mine(place)}`.execute(
          tx,
        )
        await sql`select f.*, l.product_name, a.name, u.name_zh, p.name as owner
          from (select * from sales_fact where basis = 'order' and happened_on between '2017-01-01' and '2017-12-31'
            and account_id = any(${accounts}::int[]) and ${mine(place)} order by account_id, happened_on, id limit 101) f
          left join order_line l on l.id = f.line_id left join account a on a.id = f.account_id
          left join unit u on u.id = f.unit_id left join person p on p.id = f.owner_id order by f.account_id, f.happened_on, f.id`.execute(
          tx,
        )
      })
    const [value, floor] = (await workTimes(house.base.url, [page, bare], 8, 5)) as [number, number]
    found.push({
      what: `first rows behind K01 and their count, ${what}`,
      value,
      unit: 'ms',
      floor,
      floorWhat: 'the same page and the sums of the months without row security',
      bar: 3,
    })
  }
  return found
}
