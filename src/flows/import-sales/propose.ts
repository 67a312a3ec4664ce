import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../kernel/db/database.ts'

export interface Proposed {
  readonly code: string
  readonly name: string
  readonly amount: string
  readonly unit_id: number
  readonly owner_id: number | null
  readonly backup_id: number | null
  readonly manager_id: number | null
}

/**
 * Who should own an account that has no owner yet: its home region is the one with most sales (tie: the latest order); the region's
 * reps take the accounts in turn, by falling sales, then code; the next rep stands behind; the manager covers the region.
 */
const proposal: RawBuilder<Proposed> = sql`with wanting as (
    select s.n, s.id, coalesce(a.code, s.code) as code, s.name from said_account s left join account a on a.id = s.id where a.owner_id is null
  ), sold as (
    select n, unit_id, sum(amount) as amount, max(ordered_on) as latest from (
      select c.n, l.unit_id, l.amount, l.ordered_on from said_line l join said_code c using (account_code) where l.counts
      union all
      select w.n, l.unit_id, l.amount, l.ordered_on from order_line l join wanting w on w.id = l.account_id
      where l.counts and not exists (select from said_line s where s.line_id = l.id)) every
    group by 1, 2
  ), home as (
    -- Not called amount: the order would go by it, and no longer by what was sold in the region.
    select distinct on (n) n, unit_id, sum(amount) over (partition by n) as total
    from sold order by n, amount desc, latest desc, unit_id
  ), open as (
    select w.code, h.unit_id, h.total as amount, w.name,
      row_number() over (partition by h.unit_id order by h.total desc, w.code) - 1 as place
    from home h join wanting w using (n)
  ), rep as (
    select unit_id, person_id, row_number() over (partition by unit_id order by seat_id) - 1 as place, count(*) over (partition by unit_id) as many
    from holder where post = 'REP'
  ) select o.code, o.name, o.amount::text, o.unit_id, own.person_id as owner_id, back.person_id as backup_id,
    (select k.person_id from holder k where k.post = 'KAM' and o.unit_id = any(k.covers) order by k.seat_id limit 1) as manager_id
  from open o left join rep own on own.unit_id = o.unit_id and own.place = o.place % own.many
    left join rep back on back.unit_id = o.unit_id and back.many > 1 and back.place = (o.place + 1) % back.many
  order by o.unit_id, o.place`

export async function propose(tx: Tx): Promise<Proposed[]> {
  const { rows } = await sql<Proposed>`${proposal}`.execute(tx)
  return rows
}
