import { sql } from 'kysely'
import { securityEvent } from '../../audit/security.ts'
import { setPassword } from '../../auth/password.ts'
import type { EffectiveEdition } from '../../context.ts'
import type { Tx } from '../../db/database.ts'
import { invalid, notFound, Refusal } from '../../refusal.ts'
import type { Move, NewUser } from './wire.ts'

/** Who changes users: a person, or whoever sits at the server's own terminal (`userId` null). */
export interface Hand {
  readonly userId: number | null
  readonly address: string | null
  readonly edition: EffectiveEdition
}
interface Found {
  readonly id: number
  readonly login: string
  readonly personId: number
  readonly disabled: boolean
}

/** One change of users at a time, over all nodes: who is the last administrator must be true when it is asked. */
export const lockUsers = (tx: Tx) => sql`select pg_advisory_xact_lock(7106)`.execute(tx)

async function found(tx: Tx, id: number): Promise<Found> {
  const { rows } =
    await sql<Found>`select id, login, person_id as "personId", disabled_at is not null as disabled
    from app_user where id = ${id} and person_id is not null for update`.execute(tx)
  if (!rows[0]) throw notFound()
  return rows[0]
}

const tell = (tx: Tx, event: string, user: { login: string }, hand: Hand, detail: object = {}) =>
  securityEvent(tx, event, {
    login: user.login,
    address: hand.address,
    detail: hand.userId === null ? { ...detail, at: 'terminal' } : { ...detail },
  })

/**
 * Adds a login for somebody, with a password that lets him in once.
 * @param hash of that password
 * @returns id of the user
 * @throws Refusal 409 `login-taken`, `person-has-login`, `seat-taken`; 422 for a person or a seat that is not there
 */
export async function addUser(tx: Tx, input: NewUser, hash: string, hand: Hand): Promise<number> {
  await lockUsers(tx)
  const twin = await sql`select from app_user where login = ${input.login}`.execute(tx)
  if (twin.rows.length > 0)
    throw new Refusal(
      409,
      'login-taken',
      {
        zh: `没有新建：登录名 ${input.login} 已经有人用`,
        en: `Not added: the login ${input.login} is taken`,
      },
      { faults: [{ path: 'login', text: { zh: '已经有人用', en: 'Taken' } }] },
    )
  const personId = await personFor(tx, input)
  const { rows } = await sql<{ id: number }>`insert into app_user (login, person_id)
    values (${input.login}, ${personId}) returning id`.execute(tx)
  const id = rows[0]?.id as number
  await setPassword(tx, { id, login: input.login }, hash, true)
  await tell(tx, 'user-added', input, hand)
  if (input.seat !== undefined)
    await take(
      tx,
      { id, login: input.login, personId, disabled: false },
      { seat: input.seat, from: input.from, leaves: [] },
      hand,
    )
  return id
}

async function personFor(tx: Tx, { person }: NewUser): Promise<number> {
  if ('name' in person) {
    const { rows } = await sql<{ id: number }>`insert into person (name, name_en, joined_on)
      values (${person.name}, ${person.nameEn}, app_today()) returning id`.execute(tx)
    return rows[0]?.id as number
  }
  const { rows } = await sql<{
    login: string | null
  }>`select u.login from person p left join app_user u on u.person_id = p.id
    where p.id = ${person.id}`.execute(tx)
  const [there] = rows
  const at = (zh: string, en: string) => [{ path: 'person.id', text: { zh, en } }]
  if (!there)
    throw invalid(
      { zh: '没有新建：没有这个人', en: 'Not added: there is no such person' },
      at('没有这个人', 'No such person'),
    )
  if (there.login)
    throw new Refusal(
      409,
      'person-has-login',
      {
        zh: `没有新建：这个人已有登录名 ${there.login}`,
        en: `Not added: this person has the login ${there.login} already`,
      },
      { faults: at(`已有登录名 ${there.login}`, `Has the login ${there.login}`) },
    )
  return person.id
}

/**
 * A disabled user's sessions and tokens end at once; disabled again he stays so.
 * @throws Refusal 409 `own-login` for oneself, `last-administrator`
 */
export async function disableUser(tx: Tx, id: number, hand: Hand): Promise<void> {
  await lockUsers(tx)
  const user = await found(tx, id)
  if (id === hand.userId)
    throw new Refusal(409, 'own-login', {
      zh: '没有停用：不能停用自己，由另一位管理员来做',
      en: 'Not disabled: nobody disables himself. Another administrator can',
    })
  if (user.disabled) return
  await sql`update app_user set disabled_at = app_now() where id = ${id}`.execute(tx)
  await sql`delete from auth_session where user_id = ${id}`.execute(tx)
  await sql`delete from auth_device where user_id = ${id}`.execute(tx)
  await requireAdministrator(tx, hand, null)
  await tell(tx, 'user-disabled', user, hand)
}

export async function enableUser(tx: Tx, id: number, hand: Hand): Promise<void> {
  await lockUsers(tx)
  const user = await found(tx, id)
  if (!user.disabled) return
  await sql`update app_user set disabled_at = null where id = ${id}`.execute(tx)
  await tell(tx, 'user-enabled', user, hand)
}

/** Sets a password that lets in once; sessions, tokens and counted failures end. */
export async function resetUser(tx: Tx, id: number, hash: string, hand: Hand): Promise<void> {
  const user = await found(tx, id)
  if (user.disabled)
    throw new Refusal(409, 'user-disabled', {
      zh: '没有重设：这个登录名已停用，先启用',
      en: 'Not reset: this login is disabled. Enable it first',
    })
  await setPassword(tx, user, hash, true)
  await tell(tx, 'password-reset', user, hand)
}

/**
 * Gives a person another seat from a day on; what he leaves ends the day before. His rights follow at once.
 * @throws Refusal 422 for a seat that is not there or a day that is gone, 409 `seat-taken`, `last-administrator`
 */
export async function moveUser(tx: Tx, id: number, move: Move, hand: Hand): Promise<void> {
  await lockUsers(tx)
  await take(tx, await found(tx, id), move, hand)
}

interface Taking {
  readonly seat: number
  readonly from?: string | undefined
  readonly leaves?: readonly number[] | undefined
}

async function take(tx: Tx, user: Found, move: Taking, hand: Hand): Promise<void> {
  const { rows: days } = await sql<{ today: string }>`select app_today() as today`.execute(tx)
  const today = days[0]?.today as string
  const from = move.from ?? today
  if (from < today)
    throw invalid(
      {
        zh: `没有调动：${from} 已经过去，最早是今天 ${today}`,
        en: `Not moved: ${from} has passed; the earliest day is today, ${today}`,
      },
      [{ path: 'from', text: { zh: `最早是今天 ${today}`, en: `The earliest day is today, ${today}` } }],
    )
  const { rows: seats } = await sql<{ post: string }>`select post from seat where id = ${move.seat}
    and valid_from <= ${from} and (valid_to is null or valid_to >= ${from}) for update`.execute(tx)
  const [seat] = seats
  if (!seat)
    throw invalid(
      { zh: '没有调动：那一天没有这个席位', en: 'Not moved: there is no such seat on that day' },
      [{ path: 'seat', text: { zh: '没有这个席位', en: 'No such seat' } }],
    )
  const { rows: held } = await sql<{
    person: number
    name: string
  }>`select a.person_id as person, called(p) as name
    from assignment a join person p on p.id = a.person_id join app_user u on u.person_id = p.id
    where a.seat_id = ${move.seat} and (a.to_date is null or a.to_date >= ${from})`.execute(tx)
  if (held.some((one) => one.person === user.personId))
    throw new Refusal(409, 'seat-held', {
      zh: '没有调动：这个人已经在这个席位上',
      en: 'Not moved: this person holds this seat already',
    })
  if (held[0])
    throw new Refusal(
      409,
      'seat-taken',
      {
        zh: `没有调动：这个席位由${held[0].name}担任，先把${held[0].name}调走`,
        en: `Not moved: ${held[0].name} holds this seat. Move ${held[0].name} first`,
      },
      { faults: [{ path: 'seat', text: { zh: `由${held[0].name}担任`, en: `Held by ${held[0].name}` } }] },
    )
  const mine = sql`person_id = ${user.personId} and (to_date is null or to_date >= ${from}::date)
    ${move.leaves === undefined ? sql`` : sql`and seat_id = any(${move.leaves}::int[])`}`
  // What was to begin on that day or later does not begin at all.
  await sql`delete from assignment where ${mine} and from_date >= ${from}::date`.execute(tx)
  await sql`update assignment set to_date = ${from}::date - 1 where ${mine}`.execute(tx)
  await sql`insert into assignment (seat_id, person_id, from_date) values (${move.seat}, ${user.personId}, ${from})`.execute(
    tx,
  )
  await requireAdministrator(tx, hand, from)
  await tell(tx, 'user-moved', user, hand, { seat: move.seat, post: seat.post, from })
}

/** Somebody must be left who may change users, today and on the day of a change. */
async function requireAdministrator(tx: Tx, hand: Hand, day: string | null): Promise<void> {
  const { rows } = await sql<{
    n: number
  }>`select count(*)::int as n from (select app_today() as day union select ${day}::date) d
    where d.day is not null and not exists (
      select from assignment a join seat s on s.id = a.seat_id
        join right_grant g on g.post = s.post and g.edition_id = ${hand.edition.id} and g.kind = 'system.users' and g.verb = 'update'
        join app_user u on u.person_id = a.person_id and u.disabled_at is null
        join person p on p.id = a.person_id and (p.left_on is null or p.left_on >= d.day)
      where a.from_date <= d.day and (a.to_date is null or a.to_date >= d.day))`.execute(tx)
  if ((rows[0]?.n ?? 0) > 0)
    throw new Refusal(409, 'last-administrator', {
      zh: '没有改动：这是最后一位能管理登录账号的人，先让另一人担任',
      en: 'Not changed: this is the last person who may manage logins. Give that post to somebody else first',
    })
}
