import { sql } from 'kysely'
import type { Tx } from '../src/kernel/db/database.ts'
import { asOwner } from '../src/kernel/db/transaction.ts'
import type { House } from './house.ts'

/** Triggers and indexes are set aside by whoever owns the tables, not by the program's own role. */
const asAdministrator = (tx: Tx) => sql`select set_config('role', 'none', true)`.execute(tx)

/** `accounts` invented accounts in turn to the reps of the sample, each with the same share of `orders` over 2016 and 2017. */
export async function someOrders({ base, kernel }: House, accounts: number, orders: number): Promise<void> {
  await asOwner(
    base.db,
    async (tx) => {
      await sql`set local statement_timeout = 0`.execute(tx)
      await asAdministrator(tx)
      await sql`alter table sales_order disable trigger audit_created`.execute(tx)
      await sql`insert into account (code, name, industry, home_unit_id, owner_id, backup_id, manager_id)
        select 'B-' || n, '示例客户 ' || n, '示例行业', r.unit_id, r.person_id, r.next, r.manager
        from generate_series(1, ${accounts}::int) n join (
          select h.*, row_number() over (order by seat_id) - 1 as turn, count(*) over () as all,
            coalesce(lead(person_id) over (order by seat_id), first_value(person_id) over (order by seat_id)) as next,
            (select k.person_id from holder k where k.post = 'KAM' and h.unit_id = any(k.covers) limit 1) as manager
          from holder h where post = 'REP'
        ) r on r.turn = n % r.all`.execute(tx)
      await sql`insert into sales_order (code, account_id, ordered_on, shipped_on, ship_mode, unit_id, province, city, amount)
        select 'O-' || n, a.id, date '2016-01-01' + (n * 7919 % 731), date '2016-01-03' + (n * 7919 % 731), '示例方式', a.home_unit_id,
          '示例省', '示例市', 1000 + n % 977
        from generate_series(1, ${orders}::int) n
          join (select *, row_number() over (order by id) - 1 as turn from account) a on a.turn = n % ${accounts}::int`.execute(
        tx,
      )
      await sql`alter table sales_order enable trigger audit_created`.execute(tx)
    },
    { now: kernel.clock.now() },
  )
}

/** `perOrder` lines for every order there is, booked by order date. */
export async function someLines({ base, kernel }: House, perOrder: number): Promise<void> {
  await asOwner(
    base.db,
    async (tx) => {
      await sql`set local statement_timeout = 0`.execute(tx)
      await asAdministrator(tx)
      // Trail, references and search of a million invented lines would take longer than all that is measured here.
      await sql`set local session_replication_role = replica`.execute(tx)
      await sql`drop index order_line_product_grams`.execute(tx)
      await sql`insert into order_line (line_no, order_code, order_id, account_id, unit_id, ordered_on, shipped_on, product_name, category,
          subcategory, quantity, amount, profit)
        select o.id || '-' || n, o.code, o.id, o.account_id, o.unit_id, o.ordered_on, o.shipped_on, '产品', '类别' || n % 3, '子类别', 1,
          (o.amount + n) / 10, 10
        from sales_order o cross join generate_series(1, ${perOrder}::int) n`.execute(tx)
      await sql`set local session_replication_role = origin`.execute(tx)
      await sql`analyze order_line`.execute(tx)
      await sql`select book_sales('order')`.execute(tx)
    },
    { now: kernel.clock.now() },
  )
}
