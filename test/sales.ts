import { sql } from 'kysely'
import type { Database } from '../src/kernel/db/database.ts'
import { asOwner } from '../src/kernel/db/transaction.ts'

/**
 * Two invented accounts per rep, each with an order in every month of 2016 and 2017, booked by order date.
 * A line of 2017 is 1,000 yuan times the month plus the account's number in cents; of 2016 half of it.
 */
export async function someSales(db: Database): Promise<void> {
  await asOwner(
    db,
    async (tx) => {
      await sql`insert into account (code, name, industry, home_unit_id, owner_id, backup_id, manager_id)
        select 'T-' || h.seat_id || '-' || n, '示例客户 ' || h.seat_id || '-' || n, '示例行业', h.unit_id, h.person_id, h.person_id,
          (select k.person_id from holder k where k.post = 'KAM' and h.unit_id = any(k.covers) limit 1)
        from holder h cross join generate_series(1, 2) n where h.post = 'REP' order by h.seat_id, n`.execute(
        tx,
      )
      await sql`insert into sales_order (code, account_id, ordered_on, shipped_on, unit_id)
        select 'O-' || a.id || '-' || y || '-' || m, a.id, make_date(y, m, 10), make_date(y, m, 12), a.home_unit_id
        from account a cross join generate_series(2016, 2017) y cross join generate_series(1, 12) m`.execute(
        tx,
      )
      await sql`insert into order_line (line_no, order_id, account_id, unit_id, ordered_on, shipped_on, product_name, category,
          subcategory, quantity, amount, profit, returned)
        select 'L-' || o.id, o.id, o.account_id, o.unit_id, o.ordered_on, o.shipped_on, '示例产品', '类别甲', '子类别乙', 1,
          (1000 * extract(month from o.ordered_on) + o.account_id / 100.0) / case when o.ordered_on < '2017-01-01' then 2 else 1 end, 10,
          extract(month from o.ordered_on) = 6
        from sales_order o`.execute(tx)
      await sql`update sales_order o set amount = (select sum(amount) from order_line where order_id = o.id)`.execute(
        tx,
      )
      await sql`select book_sales('order')`.execute(tx)
    },
    { now: new Date('2018-01-02T01:00:00Z') },
  )
}
