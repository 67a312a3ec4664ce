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

/**
 * Upon `someSales`: every third account also bought in the next region in 2016 and 2017, 500 yuan each time, and the first account of each
 * representative moved to the next region since. Regions by booking and by home so tell two stories.
 */
export async function crossedSales(db: Database): Promise<void> {
  await asOwner(
    db,
    async (tx) => {
      const next = sql`(select coalesce((select min(u.id) from unit u where u.level = 'region' and u.id > a.home_unit_id),
        (select min(u.id) from unit u where u.level = 'region')))`
      await sql`insert into sales_order (code, account_id, ordered_on, shipped_on, unit_id)
        select 'X-' || a.id || '-' || y, a.id, make_date(y, 5, 20), make_date(y, 5, 22), ${next}
        from account a cross join generate_series(2016, 2017) y where a.id % 3 = 0`.execute(tx)
      await sql`insert into order_line (line_no, order_id, account_id, unit_id, ordered_on, shipped_on, product_name, category,
          subcategory, quantity, amount, profit)
        select 'X-' || o.id, o.id, o.account_id, o.unit_id, o.ordered_on, o.shipped_on, '示例产品', '类别甲', '子类别乙', 1, 500, 10
        from sales_order o where o.code like 'X-%'`.execute(tx)
      await sql`select book_sales('order')`.execute(tx)
      await sql`update account a set home_unit_id = ${next} where a.id in (select min(id) from account group by owner_id)`.execute(
        tx,
      )
    },
    { now: new Date('2018-01-02T01:00:00Z') },
  )
}

/**
 * A signed plan of a year with its targets by region, a million a quarter and the region's number in yuan; each manager was given his
 * regions and each representative ten thousand a month, and all accepted.
 */
export async function signedPlan(db: Database, year: number, regions: 'booked' | 'home'): Promise<void> {
  await asOwner(
    db,
    async (tx) => {
      const { rows } = await sql<{
        id: number
      }>`insert into plan (year, base_year, growth_year, status, version, regions, edition_id)
        values (${year}, ${year - 1}, ${year - 2}, 'final', '1.0', ${regions},
          (select max(id) from edition)) returning id`.execute(tx)
      const plan = rows[0]?.id as number
      await sql`insert into plan_target (plan_id, unit_id, quarter, amount)
        select ${plan}, id, q, 1000000 + id from unit cross join generate_series(1, 4) q where level = 'region'`.execute(
        tx,
      )
      await sql`with head as (select person_id from holder where post = 'SUP' limit 1),
        sheet as (insert into plan_sheet (plan_id, kind, holder_id, case_id, status)
          select ${plan}, k, person_id, 0, 'issued' from head cross join (values ('manager'), ('rep')) v(k) returning id, kind, holder_id),
        lines as (insert into plan_sheet_line (sheet_id, receiver_id, holder_id, unit_id, account_id, period, amount)
          select s.id, h.person_id, s.holder_id, t.unit_id, 0, t.quarter, t.amount from sheet s join holder h on h.post = 'KAM'
            join plan_target t on t.plan_id = ${plan} and t.unit_id = any(h.covers) where s.kind = 'manager'
          union all
          select s.id, h.person_id, s.holder_id, h.unit_id, min(a.id), m, 10000 from sheet s join holder h on h.post = 'REP'
            join account a on a.owner_id = h.person_id cross join generate_series(1, 12) m where s.kind = 'rep'
            group by 1, 2, 3, 4, m)
        insert into plan_letter (sheet_id, receiver_id, holder_id, status)
        select s.id, h.person_id, s.holder_id, 'accepted' from sheet s
          join (select distinct post, person_id from holder) h on h.post = case s.kind when 'manager' then 'KAM' else 'REP' end`.execute(
        tx,
      )
    },
    { now: new Date('2018-01-02T01:00:00Z') },
  )
}
