import { sql } from 'kysely'
import type pg from 'pg'
import { as, asAdministrator, type House } from './house.ts'

/** Who asks, with what the floor needs to know of his reach, found once and outside what is measured. */
export interface Reader {
  readonly personId: number
  readonly all: boolean
  readonly manages: boolean
  readonly edits: boolean
  readonly accountId: number
  readonly orderId: number
  readonly unitId: number
}

export async function readerOf(house: House, login: string): Promise<Reader> {
  return (await as(house, login))(async (ctx) => {
    const { rows } = await sql<Omit<Reader, 'personId'>>`select app_all('order', 'read') as all,
      app_managed('order', 'read') is not null as manages,
      app_all('account', 'update') or app_managed('account', 'update') is not null or app_own('account', 'update') is not null as edits,
      (select min(id) from account) as "accountId", (select max(id) from sales_order) as "orderId",
      (select home_unit_id from account order by id limit 1) as "unitId"`.execute(ctx.tx)
    return { personId: ctx.actor.personId, ...(rows[0] as Omit<Reader, 'personId'>) }
  })
}

/** The same rows in tables of their own, with the best index for each question and nothing else upon them. */
export async function floorTables(house: House): Promise<void> {
  const statements = [
    'create schema floor',
    `create table floor.orders as select o.id, o.rev, o.code, o.account_id, o.ordered_on, o.shipped_on, o.ship_mode, o.unit_id, o.province,
      o.city, o.amount, a.owner_id, a.backup_id, a.manager_id from sales_order o join account a on a.id = o.account_id`,
    'create table floor.accounts as select * from account',
    `create table floor.months as select m.month, m.owner_id, m.manager_id, m.unit_id, m.amount, m.returned, m.lines, a.backup_id, a.manager_id as managed_by
      from sales_month m join account a on a.id = m.account_id where m.basis = 'order'`,
    ...['', 'managed_by, ', 'owner_id, ', 'backup_id, '].map(
      (by) =>
        `create index on floor.months (${by}month) include (owner_id, manager_id, unit_id, amount, returned, lines)`,
    ),
    'alter table floor.orders add primary key (id)',
    'alter table floor.accounts add primary key (id)',
    'create unique index on floor.orders (code, account_id, ordered_on)',
    'create unique index on floor.accounts (code)',
    'create index on floor.orders using gin (grams(code))',
    'create index on floor.accounts using gin (grams(code))',
    ...['', 'manager_id, ', 'owner_id, ', 'backup_id, '].flatMap((by) => [
      `create index on floor.orders (${by}ordered_on desc, id desc) include (amount)`,
      `create index on floor.orders (${by}amount desc, id desc)`,
      ...(by ? [`create index on floor.accounts (${by}code)`] : []),
    ]),
  ]
  await asAdministrator(house, async (tx) => {
    for (const statement of statements) await sql.raw(statement).execute(tx)
  })
}

/** Prepared statements of a client that may see all and says the predicate itself. */
export function statements(
  reader: Reader,
): Record<
  | 'read'
  | 'byDate'
  | 'byAmount'
  | 'sums'
  | 'accounts'
  | 'create'
  | 'update'
  | 'search'
  | 'searched'
  | 'byRegion'
  | 'byRep'
  | 'byQuarter',
  (client: pg.Client) => Promise<unknown>
> {
  const { all, manages, personId } = reader
  const sees = all ? 'true' : manages ? 'r.manager_id = $1' : '(r.owner_id = $1 or r.backup_id = $1)'
  const who = all ? [] : [personId]
  const say =
    (name: string, text: string, values: unknown[] = []) =>
    (client: pg.Client) =>
      client.query({ name: `${name} ${sees}`, text, values })
  const titled = (from: string, order: string) =>
    `select r.*, r.amount::text as said, a.name, u.name_zh from ${from} r left join floor.accounts a on a.id = r.account_id left join unit u on u.id = r.unit_id ${order}`
  // Each way in by its own index, merged; a union of two short walks is what one would write by hand.
  const page = (order: string, also = 'true') => {
    const walk = (where: string) =>
      `(select * from floor.orders r where ${where} and ${also} order by ${order} limit 51)`
    const rows =
      all || manages
        ? walk(sees)
        : `(select * from (${walk('owner_id = $1')} union ${walk('backup_id = $1')}) r order by ${order} limit 51)`
    return titled(rows, `order by ${order}`)
  }
  const found = (table: string) =>
    `(select id, code from floor.${table} r where grams(code) @> qgrams('QU') and code ilike '%QU%' and ${sees} order by length(code), id limit 6)`
  const sold = all ? 'true' : manages ? 'managed_by = $1' : '(owner_id = $1 or backup_id = $1)'
  const grouped = (key: string, name: string, join: string) =>
    `select ${name}, s.* from (select ${key} as key, sum(amount) filter (where month >= '2017-01-01') as amount,
        sum(returned) filter (where month >= '2017-01-01') as returned, sum(lines) filter (where month >= '2017-01-01') as lines,
        sum(amount) filter (where month < '2017-01-01') as before, sum(lines) filter (where month < '2017-01-01') as lines_before
      from floor.months where ${sold} and month between '2016-01-01' and '2017-12-01' group by 1) s ${join}`
  let turn = 0
  return {
    byRegion: say('by region', grouped('unit_id', 'u.name_zh', 'join unit u on u.id = s.key'), who),
    byRep: say('by rep', grouped('owner_id', 'p.name', 'join person p on p.id = s.key'), who),
    byQuarter: say('by quarter', grouped('extract(quarter from month)', 's.key', ''), who),
    read: say('read', titled('(select * from floor.orders where id = $1)', ''), [reader.orderId]),
    byDate: say('by date', page('ordered_on desc, id desc'), who),
    byAmount: say('by amount', page('amount desc, id desc'), who),
    sums: say(
      'sums',
      `select count(*), sum(amount) from floor.orders r where ${sees} and ordered_on between '2017-10-01' and '2017-12-31'`,
      who,
    ),
    accounts: say(
      'accounts',
      `select r.*, u.name_zh, o.name as owner, b.name as backup, m.name as manager
        from (select * from floor.accounts r where ${sees} order by code limit 51) r left join unit u on u.id = r.home_unit_id
          left join person o on o.id = r.owner_id left join person b on b.id = r.backup_id left join person m on m.id = r.manager_id
        order by r.code`,
      who,
    ),
    create: (client) => {
      turn += 1
      return client.query({
        name: 'create',
        text: `insert into floor.orders (id, code, account_id, ordered_on, unit_id, amount) values (1000000 + $1::int, 'N' || $1, $2, '2015-05-05', $3, 0) returning *`,
        values: [turn, reader.accountId, reader.unitId],
      })
    },
    update: (client) => {
      turn += 1
      return client.query({
        name: 'update',
        text: 'update floor.accounts set city = $2, rev = rev + 1 where id = $1 returning *',
        values: [reader.accountId, `示例市 ${turn}`],
      })
    },
    searched: say('searched', page('ordered_on desc, id desc', "code ilike '%QU%'"), who),
    search: say('search', `${found('orders')} union all ${found('accounts')}`, who),
  }
}
