import { sql } from 'kysely'
import type { Edition } from '../../../handbook/model.ts'
import type { Tx } from '../../db/database.ts'
import { notFound } from '../../refusal.ts'
import type { SeatRow, User } from './wire.ts'

interface Row extends Omit<User, 'seats' | 'disabledAt' | 'onceUntil' | 'seen'> {
  seats: Omit<User['seats'][number], 'title'>[]
  disabled: Date | null
  once: Date | null
  seen: Date | null
}

const titleOf = (edition: Edition, post: string) =>
  edition.posts.find((one) => one.id === post)?.name ?? { zh: post, en: post }

/** Users by login, with what each holds today or later. */
export async function usersOf(
  tx: Tx,
  edition: Edition,
  asked: {
    readonly id?: number
    readonly q?: string | undefined
    readonly after?: string | undefined
    readonly limit?: number
  } = {},
): Promise<User[]> {
  const like = sql`'%' || escape_like(${asked.q ?? ''}) || '%'`
  const { rows } =
    await sql<Row>`select u.id, u.login, jsonb_build_object('id', p.id, 'name', called(p)) as person,
      u.disabled_at as disabled, u.once_until as once,
      (select max(last_seen_at) from auth_session s where s.user_id = u.id) as seen,
      (select coalesce(jsonb_agg(jsonb_build_object('seat', s.id, 'post', s.post, 'number', s.number,
          'unit', jsonb_build_object('zh', n.name_zh, 'en', n.name_en), 'from', a.from_date, 'until', a.to_date) order by a.from_date, a.id), '[]')
        from assignment a join seat s on s.id = a.seat_id join unit n on n.id = s.unit_id
        where a.person_id = p.id and (a.to_date is null or a.to_date >= app_today())) as seats
    from app_user u join person p on p.id = u.person_id
    where true ${asked.id === undefined ? sql`` : sql`and u.id = ${asked.id}`}
      ${asked.q ? sql`and (u.login ilike ${like} or p.name ilike ${like} or p.name_en ilike ${like})` : sql``}
      ${asked.after === undefined ? sql`` : sql`and u.login > ${asked.after}`}
    order by u.login limit ${asked.limit ?? 1000}`.execute(tx)
  return rows.map(({ seats, disabled, once, seen, ...row }) => ({
    ...row,
    seats: seats.map((one) => ({ ...one, title: titleOf(edition, one.post) })),
    disabledAt: disabled?.toISOString() ?? null,
    onceUntil: once?.toISOString() ?? null,
    seen: seen?.toISOString() ?? null,
  }))
}

/** @throws Refusal 404 */
export async function userOf(tx: Tx, edition: Edition, id: number): Promise<User> {
  const [user] = await usersOf(tx, edition, { id })
  if (!user) throw notFound()
  return user
}

/** Seats that stand today, with who holds them. */
export async function seatsOf(tx: Tx, edition: Edition): Promise<SeatRow[]> {
  const { rows } = await sql<Omit<SeatRow, 'title'>>`select s.id, s.post, s.number, n.code as "unitCode",
      jsonb_build_object('zh', n.name_zh, 'en', n.name_en) as unit,
      (select jsonb_build_object('id', p.id, 'name', called(p)) from holder h join person p on p.id = h.person_id
        where h.seat_id = s.id order by h.from_date desc limit 1) as holder
    from seat s join unit n on n.id = s.unit_id
    where s.valid_from <= app_today() and (s.valid_to is null or s.valid_to >= app_today())
    order by s.id limit 5000`.execute(tx)
  return rows.map((row) => ({ ...row, title: titleOf(edition, row.post) }))
}
