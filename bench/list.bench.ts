import { sql } from 'kysely'
import type { Ctx } from '../src/kernel/context.ts'
import { asOwner } from '../src/kernel/db/transaction.ts'
import type { Query } from '../src/kernel/records/filter.ts'
import type { Kind } from '../src/kernel/records/kind.ts'
import { listRecords } from '../src/kernel/records/read.ts'
import { as, type House, inHouse, overHttp, settle } from './house.ts'
import { type Line, workTimes } from './line.ts'
import { someLines, someOrders } from './sales.ts'

/** Pages under row security beside the same page and predicate asked by the owner of the tables, who sees all. */
export async function lines(): Promise<Line[]> {
  return [...(await orders()), ...(await accounts()), ...(await accountsBySales())]
}

async function orders(): Promise<Line[]> {
  const small = await inHouse(async (house) => {
    await someOrders(house, 100, 1_000)
    await settle(house)
    return workTimes(house.base.url, await Promise.all(readers.map((reader) => page(house, reader.login))))
  })
  return inHouse(async (house) => {
    await someOrders(house, 2_000, 100_000)
    await settle(house)
    const found: Line[] = []
    for (const [at, reader] of readers.entries()) {
      const [secured, bare] = (await workTimes(house.base.url, [
        await page(house, reader.login),
        await barePage(house, reader.login),
      ])) as [number, number]
      found.push({
        what: `list page, 100,000 orders, ${reader.what}`,
        value: secured,
        unit: 'ms',
        floor: bare,
        floorWhat: 'the same page and predicate without row security',
        bar: 2,
      })
      found.push({
        what: `list page, 1,000 -> 100,000 orders, ${reader.what}`,
        value: secured,
        unit: 'ms',
        floor: small[at] as number,
        floorWhat: 'with a hundredth of the rows',
        bar: 4,
      })
    }
    const [http, bare] = await overHttp(house, 'sup', async (call) =>
      workTimes(house.base.url, [() => call('GET', '/api/v1/records/order'), await barePage(house, 'sup')]),
    )
    found.push({
      what: 'list page over HTTP, sees all',
      value: http as number,
      unit: 'ms',
      floor: bare as number,
      floorWhat: 'the same page without row security, without HTTP',
    })
    return found
  })
}

const readers = [
  { login: 'sup', what: 'sees all' },
  { login: 'rgm1', what: 'head of a region' },
  { login: 'kam1', what: 'manager' },
  { login: 'rep01', what: 'rep' },
]

/** The list of accounts with what each bought beside it, from the monthly sums. */
async function accounts(): Promise<Line[]> {
  return inHouse(async (house) => {
    await someOrders(house, 2_000, 100_000)
    await someLines(house, 2)
    await settle(house)
    const found: Line[] = []
    for (const reader of readers) {
      const [secured, bare] = (await workTimes(house.base.url, [
        await page(house, reader.login, 'account'),
        await bareAccounts(house, reader.login),
      ])) as [number, number]
      found.push({
        what: `accounts with their sales, ${reader.what}`,
        value: secured,
        unit: 'ms',
        floor: bare,
        floorWhat: 'the same page, predicate and figures without row security',
        bar: 2,
      })
    }
    return found
  })
}

/** The accounts with the largest sales first: every account's months are summed before the first page is known. */
async function accountsBySales(): Promise<Line[]> {
  return inHouse(async (house) => {
    await someOrders(house, 20_000, 100_000)
    await someLines(house, 1)
    await settle(house)
    const found: Line[] = []
    for (const reader of readers) {
      const [secured, bare] = (await workTimes(house.base.url, [
        await page(house, reader.login, 'account', { sort: '-sales_last_year' }),
        await bareBySales(house, reader.login),
      ])) as [number, number]
      found.push({
        what: `20,000 accounts by their sales, 100,000 orders, ${reader.what}`,
        value: secured,
        unit: 'ms',
        floor: bare,
        floorWhat: 'the same page from the same monthly sums without row security',
        bar: 3,
      })
    }
    return found
  })
}

async function page(house: House, login: string, kind = 'order', query: Query = {}) {
  const act = await as(house, login)
  return () => act((ctx) => listRecords(ctx, ctx.house.registry.kinds.get(kind) as Kind, query))
}

/** What one would write by hand: the months within the reach, summed, and of the page alone all that is shown. */
async function bareBySales(house: House, login: string) {
  const { all, units, personId } = await accountReach(house, login)
  const unit = units.length > 0
  const sales = all
    ? sql``
    : unit
      ? sql`and unit_id = any(${units}::int[])`
      : sql`and account_id in (select id from account where owner_id = ${personId} or backup_id = ${personId} or manager_id = ${personId})`
  const reach = accountsWithin(all, units, personId)
  return () =>
    asOwner(house.base.db, (tx) =>
      sql`with sold as (select account_id, sum(amount) as amount from sales_month
            where basis = 'order' and month between '2017-01-01' and '2017-12-31' ${sales} group by 1),
          page as materialized (select r.*, s.amount from account r left join sold s on s.account_id = r.id ${reach}
            order by s.amount desc nulls last, r.id desc limit 51)
        select r.*, u.name_zh, o.name as owner, b.name as backup, m.name as manager,
          (select max(x.ordered_on) from sales_order x where x.account_id = r.id) as last_order_on
        from page r left join unit u on u.id = r.home_unit_id left join person o on o.id = r.owner_id
          left join person b on b.id = r.backup_id left join person m on m.id = r.manager_id
        order by r.amount desc nulls last, r.id desc`.execute(tx),
    )
}

async function accountReach(house: House, login: string) {
  return (await as(house, login))(async (ctx) => {
    const { rows } = await sql<{ all: boolean; units: number[] }>`select app_all('account', 'read') as all,
      app_units('account', 'read') as units`.execute(ctx.tx)
    return { ...(rows[0] as { all: boolean; units: number[] }), personId: ctx.actor.personId }
  })
}

const accountsWithin = (all: boolean, units: number[], personId: number) =>
  all
    ? sql``
    : units.length > 0
      ? sql`where home_unit_id = any(${units}::int[])`
      : sql`where owner_id = ${personId} or backup_id = ${personId} or manager_id = ${personId}`

async function bareAccounts(house: House, login: string) {
  const { all, units, personId } = await accountReach(house, login)
  const reach = accountsWithin(all, units, personId)
  return () =>
    asOwner(house.base.db, (tx) =>
      sql`with page as materialized (select * from account ${reach} order by code, id limit 51)
        select r.*, u.name_zh, o.name as owner, b.name as backup, m.name as manager, s.*,
          (select max(x.ordered_on) from sales_order x where x.account_id = r.id) as last_order_on
        from page r left join unit u on u.id = r.home_unit_id left join person o on o.id = r.owner_id
          left join person b on b.id = r.backup_id left join person m on m.id = r.manager_id left join (
            select account_id, sum(amount) filter (where month < '2018-01-01')::text as sales_last_year,
              sum(amount) filter (where month >= '2018-01-01')::text as sales_this_year
            from sales_month where basis = (select sales_basis('order', '2017-01-01', '2017-12-31')) and month between '2017-01-01' and '2018-12-31'
              and account_id = any(array(select id from page)) group by 1) s on s.account_id = r.id
        order by r.code, r.id`.execute(tx),
    )
}

/** What the reader's rights come to, found once, outside the measured part: accounts of his own, units below his. */
async function reachOf(ctx: Ctx) {
  const { rows } = await sql<{
    all: boolean
    units: number[]
    accounts: number[]
  }>`select app_all('order', 'read') as all,
    app_units('order', 'read') as units, array(select reached_account('order', 'read')) as accounts`.execute(
    ctx.tx,
  )
  return rows[0] as { all: boolean; units: number[]; accounts: number[] }
}

async function barePage(house: House, login: string) {
  const { all, units, accounts } = await (await as(house, login))(reachOf)
  const reach = all
    ? sql``
    : units.length > 0 && accounts.length > 0
      ? sql`where unit_id = any(${units}::int[]) or account_id = any(${accounts}::int[])`
      : units.length > 0
        ? sql`where unit_id = any(${units}::int[])`
        : sql`where account_id = any(${accounts}::int[])`
  return () =>
    asOwner(house.base.db, (tx) =>
      sql`select r.*, r.amount::text, a.name, u.name_zh
        from (select * from sales_order r ${reach} order by ordered_on desc, id desc limit 51) r
        left join account a on a.id = r.account_id left join unit u on u.id = r.unit_id
        order by r.ordered_on desc, r.id desc`.execute(tx),
    )
}
