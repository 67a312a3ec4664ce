import { sql } from 'kysely'
import type { Tx } from '../../kernel/db/database.ts'

/** The order that a staged line `s` of the account `a` belongs to. */
const ofLine = (source: string) =>
  sql`o.source = ${source} and o.code = s.order_code and o.account_id = a.id and o.ordered_on = s.ordered_on`

/** New lines, and lines that say something else than before. */
const news = sql`(l.id is null or l.digest <> s.digest)`

const staged = sql`said_line s join said_code c on c.account_code = s.account_code join said_account a on a.n = c.n
  left join order_line l on l.id = s.line_id`

/** Makes orders and brings them up to date. An order all of whose lines move to another day moves with them, and keeps its record. */
export async function writeOrders(tx: Tx, source: string): Promise<void> {
  await sql`update sales_order o set ordered_on = m.day, rev = o.rev + 1, updated_at = app_now() from (
      select distinct on (x.code, x.account_id, m.day) x.id, m.day from (
        select l.order_id, min(s.ordered_on) as day from order_line l left join said_line s on s.line_id = l.id
        where l.order_id in (select l.order_id from said_line s join order_line l on l.id = s.line_id where l.ordered_on <> s.ordered_on)
        group by 1 having bool_and(coalesce(s.ordered_on <> l.ordered_on, false)) and min(s.ordered_on) = max(s.ordered_on)
      ) m join sales_order x on x.id = m.order_id
      where not exists (select from sales_order y where y.source = x.source and y.code = x.code and y.account_id = x.account_id
        and y.ordered_on = m.day)
      order by x.code, x.account_id, m.day, x.id) m where m.id = o.id`.execute(tx)
  await sql`insert into sales_order (source, code, account_id, ordered_on, shipped_on, ship_mode, unit_id, province, city, amount)
    select distinct on (s.order_code, a.id, s.ordered_on) ${source}, s.order_code, a.id, s.ordered_on, s.shipped_on, s.ship_mode, s.unit_id,
      s.province, s.city, coalesce(sum(s.amount) filter (where s.counts) over (partition by s.order_code, a.id, s.ordered_on), 0)
    from ${staged} where ${news} order by s.order_code, a.id, s.ordered_on, s.line_no
    on conflict (code, account_id, ordered_on, source) do update set shipped_on = excluded.shipped_on, ship_mode = excluded.ship_mode,
      unit_id = excluded.unit_id, province = excluded.province, city = excluded.city, rev = sales_order.rev + 1, updated_at = app_now()
    where (sales_order.shipped_on, sales_order.ship_mode, sales_order.unit_id, sales_order.province, sales_order.city)
      is distinct from (excluded.shipped_on, excluded.ship_mode, excluded.unit_id, excluded.province, excluded.city)`.execute(
    tx,
  )
}

/** Orders that came back, and those of which the file says that they did not; the lines that stand here follow. */
export async function writeReturns(tx: Tx, source: string): Promise<void> {
  await sql`insert into order_return (source, order_code) select ${source}, order_code from said_return where returned
    on conflict (order_code, source) do nothing`.execute(tx)
  await sql`delete from order_return r using said_return s where r.source = ${source} and r.order_code = s.order_code and not s.returned`.execute(
    tx,
  )
  await sql`update order_line l set returned = r.returned, rev = l.rev + 1, updated_at = app_now()
    from sales_order o, said_return r where o.id = l.order_id and o.source = ${source} and r.order_code = o.code
      and l.returned <> r.returned`.execute(tx)
}

/** Lines, and what they come to in their orders. */
export async function writeLines(tx: Tx, source: string): Promise<void> {
  // Orders that lose a line are looked at again as well: their sum changes.
  await sql`create temporary table touched on commit drop as
    select l.order_id from said_line s join order_line l on l.id = s.line_id where l.digest <> s.digest`.execute(
    tx,
  )
  await sql`with written as (
      update order_line t set order_id = o.id, unit_id = s.unit_id, ordered_on = s.ordered_on, shipped_on = s.shipped_on,
        accepted_on = s.accepted_on, product_code = s.product_code, product_name = s.product_name, category = s.category,
        subcategory = s.subcategory, quantity = s.quantity, discount = s.discount, amount = s.amount, profit = s.profit,
        counts = s.counts, digest = s.digest, rev = t.rev + 1, updated_at = app_now()
      from ${staged}, sales_order o where t.id = l.id and l.digest <> s.digest and ${ofLine(source)}
      returning t.order_id
    ) insert into touched select distinct order_id from written`.execute(tx)
  await sql`with written as (
      insert into order_line (source, order_code, line_no, order_id, account_id, unit_id, ordered_on, shipped_on, accepted_on, product_code,
        product_name, category, subcategory, quantity, discount, amount, profit, returned, counts, digest)
      select ${source}, s.order_code, s.line_no, o.id, a.id, s.unit_id, s.ordered_on, s.shipped_on, s.accepted_on, s.product_code,
        s.product_name, s.category, s.subcategory, s.quantity, s.discount, s.amount, s.profit,
        exists (select from order_return r where r.source = ${source} and r.order_code = s.order_code), s.counts, s.digest
      from said_line s join said_code c on c.account_code = s.account_code join said_account a on a.n = c.n
        join sales_order o on ${ofLine(source)}
      where s.line_id is null
      returning order_id
    ) insert into touched select distinct order_id from written`.execute(tx)
  await sql`update sales_order o set amount = s.amount, rev = o.rev + 1 from (
      select order_id, coalesce(sum(amount) filter (where counts), 0) as amount from order_line
      where order_id in (select order_id from touched) group by 1
    ) s where s.order_id = o.id and o.amount <> s.amount`.execute(tx)
  await sql`delete from sales_order o where o.id in (select order_id from touched)
    and not exists (select from order_line l where l.order_id = o.id)`.execute(tx)
}
