import { sql } from 'kysely'
import type { Text } from '../../handbook/model.ts'
import type { Tx } from '../../kernel/db/database.ts'
import type { Importer, Result } from '../../kernel/exchange/importer.ts'
import { propose } from './propose.ts'
import { stage } from './stage.ts'
import { countsOf } from './trial.ts'

/** Accounts first, then orders, returns, lines and facts; an equal file finds everything there and changes nothing. */
export const write: Importer['write'] = async (
  tx,
  taken,
  mapping,
  choices,
  tell,
  fileName,
): Promise<Result> => {
  await tell(0.1, { zh: '核对每一行', en: 'Checking every row' })
  await stage(tx, taken, mapping)
  const counts = await countsOf(tx)
  await tell(0.25, { zh: '写入客户', en: 'Writing accounts' })
  const owners = (choices.owners ?? {}) as Readonly<Record<string, number>>
  const proposed = (await propose(tx)).map((one) => {
    const owner_id = owners[one.code] ?? one.owner_id
    // Whoever was chosen as owner cannot stand behind himself.
    return { ...one, owner_id, backup_id: one.backup_id === owner_id ? one.owner_id : one.backup_id }
  })
  await sql`insert into account (code, name, industry, source)
    select distinct on (account_code) account_code, account_name, industry, left(${fileName}, 60) from said_line order by account_code, ordered_on desc
    on conflict (code) do update set name = excluded.name, industry = coalesce(excluded.industry, account.industry),
      rev = account.rev + 1, updated_at = app_now()
    where account.name <> excluded.name or account.industry is distinct from coalesce(excluded.industry, account.industry)`.execute(
    tx,
  )
  await sql`update account a set home_unit_id = coalesce(a.home_unit_id, p.unit_id), owner_id = p.owner_id,
      backup_id = coalesce(a.backup_id, nullif(p.backup_id, p.owner_id)), manager_id = coalesce(a.manager_id, p.manager_id),
      rev = a.rev + 1, updated_at = app_now()
    from jsonb_to_recordset(${JSON.stringify(proposed)}::jsonb) as p(code text, unit_id int, owner_id int, backup_id int, manager_id int)
    where a.code = p.code and a.owner_id is null
      and (a.home_unit_id is null or p.owner_id is not null or a.manager_id is null)`.execute(tx)
  await tell(0.4, { zh: '写入订单', en: 'Writing orders' })
  await sql`insert into sales_order (code, account_id, ordered_on, shipped_on, ship_mode, unit_id, province, city, amount)
    select distinct on (s.order_code, a.id, s.ordered_on) s.order_code, a.id, s.ordered_on, s.shipped_on, s.ship_mode, s.unit_id, s.province, s.city,
      sum(s.amount) over (partition by s.order_code, a.id, s.ordered_on)
    from said_line s join account a on a.code = s.account_code left join order_line l on l.line_no = s.line_no
    where l.id is null or l.digest <> s.digest order by s.order_code, a.id, s.ordered_on, s.line_no
    on conflict (code, account_id, ordered_on) do update set shipped_on = excluded.shipped_on, ship_mode = excluded.ship_mode,
      unit_id = excluded.unit_id, province = excluded.province, city = excluded.city, rev = sales_order.rev + 1, updated_at = app_now()
    where (sales_order.shipped_on, sales_order.ship_mode, sales_order.unit_id, sales_order.province, sales_order.city)
      is distinct from (excluded.shipped_on, excluded.ship_mode, excluded.unit_id, excluded.province, excluded.city)`.execute(
    tx,
  )
  await tell(0.5, { zh: '登记退货', en: 'Recording returns' })
  await sql`insert into order_return (order_code) select order_code from said_return on conflict (order_code) do nothing`.execute(
    tx,
  )
  await tell(0.55, { zh: '写入订单行', en: 'Writing order lines' })
  // Orders that lose a line are looked at again as well: their sum changes.
  await sql`create temporary table touched on commit drop as select l.order_id from said_line s join order_line l using (line_no) where l.digest <> s.digest`.execute(
    tx,
  )
  await sql`with written as (
      insert into order_line (line_no, order_id, account_id, unit_id, ordered_on, shipped_on, product_code, product_name, category,
        subcategory, quantity, discount, amount, profit, returned, digest)
      select s.line_no, o.id, a.id, s.unit_id, s.ordered_on, s.shipped_on, s.product_code, s.product_name, s.category, s.subcategory,
        s.quantity, s.discount, s.amount, s.profit, exists (select from order_return r where r.order_code = s.order_code), s.digest
      from said_line s join account a on a.code = s.account_code
        join sales_order o on o.code = s.order_code and o.account_id = a.id and o.ordered_on = s.ordered_on
        left join order_line l on l.line_no = s.line_no where l.id is null or l.digest <> s.digest
      on conflict (line_no) do update set order_id = excluded.order_id, account_id = excluded.account_id, unit_id = excluded.unit_id,
        ordered_on = excluded.ordered_on, shipped_on = excluded.shipped_on, product_code = excluded.product_code,
        product_name = excluded.product_name, category = excluded.category, subcategory = excluded.subcategory,
        quantity = excluded.quantity, discount = excluded.discount, amount = excluded.amount, profit = excluded.profit,
        returned = excluded.returned, digest = excluded.digest, rev = order_line.rev + 1, updated_at = app_now()
      returning order_id
    ) insert into touched select distinct order_id from written`.execute(tx)
  // Lines that were there before their order came back.
  await sql`update order_line l set returned = true, rev = l.rev + 1, updated_at = app_now()
    from sales_order o, said_return r where o.id = l.order_id and r.order_code = o.code and not l.returned`.execute(
    tx,
  )
  await sql`update sales_order o set amount = s.amount, rev = o.rev + 1 from (
      select order_id, sum(amount) as amount from order_line where order_id in (select order_id from touched) group by 1
    ) s where s.order_id = o.id and o.amount <> s.amount`.execute(tx)
  await sql`delete from sales_order o where o.id in (select order_id from touched)
    and not exists (select from order_line l where l.order_id = o.id)`.execute(tx)
  await tell(0.85, { zh: '记入销售事实与月汇总', en: 'Booking the facts of sales' })
  const basis = String(choices.basis ?? 'order')
  const before = await sql<{ id: string }>`select coalesce(max(id), 0)::text as id from sales_fact`.execute(
    tx,
  )
  const booked = await sql<{ n: number }>`select book_sales(${basis}, array(
      select l.order_id from said_line s join order_line l on l.line_no = s.line_no
      union select o.id from said_return r join sales_order o on o.code = r.order_code)) as n`.execute(tx)
  return { counts, booked: booked.rows[0]?.n ?? 0, ...(await told(tx, basis, before.rows[0]?.id ?? '0')) }
}

/** What the bookings after `after` come to, as people would say it, and the figures of the last year they reach. */
async function told(tx: Tx, basis: string, after: string): Promise<Pick<Result, 'said' | 'links'>> {
  const { rows } = await sql<{ sold: number; returned: number; reversed: number; year: number | null }>`select
      count(*) filter (where kind = 'sale' and reverses is null)::int as sold,
      count(*) filter (where kind = 'returned' and reverses is null)::int as returned,
      count(*) filter (where reverses is not null)::int as reversed,
      extract(year from max(happened_on))::int as year
    from sales_fact where id > ${after}::bigint`.execute(tx)
  const { sold, returned, reversed, year } = rows[0] as (typeof rows)[number]
  if (year === null) return {}
  const by = bases[basis] ?? { zh: '', en: '' }
  const count = (n: number) => n.toLocaleString('en')
  return {
    said: {
      zh: `${by.zh}计入指标 K01：${count(sold)} 行订单各记一笔销售${returned > 0 ? `，其中 ${count(returned)} 行已退货，另记一笔退货` : ''}${reversed > 0 ? `；${count(reversed)} 笔旧记录先冲销再重记` : ''}`,
      en: `Booked for K01 ${by.en}: one sale for each of ${count(sold)} order lines${returned > 0 ? `, and one return for each of the ${count(returned)} that came back` : ''}${reversed > 0 ? `; ${count(reversed)} earlier bookings were reversed first` : ''}`,
    },
    links: [
      {
        href: `/figures?period=${year}`,
        label: { zh: `看 ${year} 年的指标`, en: `See the figures of ${year}` },
      },
    ],
  }
}

const bases: Record<string, Text> = {
  order: { zh: '按下单日期', en: 'by order date' },
  shipment: { zh: '按发货日期', en: 'by ship date' },
}
