import { sql } from 'kysely'
import type { Lane, Tx } from '../db/database.ts'
import { asOwner } from '../db/transaction.ts'
import { Refusal } from '../refusal.ts'
import { digestOf, newSecret, passwordFits } from './secrets.ts'

export const sessionHours = 12
const failuresAllowed = 5
const windowMinutes = 15

/**
 * Counts a try before the password is looked at, so that tries at the same moment are counted as well; a right password takes it back.
 * Refuses after five failures in a quarter of an hour for the login, and after four times as many for the address.
 */
export async function countTry(tx: Tx, login: string, address: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(7104, hashtext(${login})), pg_advisory_xact_lock(7105, hashtext(${address}))`.execute(
    tx,
  )
  await sql`delete from auth_attempt where at < now() - make_interval(mins => ${windowMinutes})`.execute(tx)
  const { rows } = await sql<{
    until: Date
  }>`select max(f.fifth) + make_interval(mins => ${windowMinutes}) as until from (
      (select at as fifth from auth_attempt where login = ${login} order by at desc offset ${failuresAllowed - 1} limit 1)
      union all (select at from auth_attempt where address = ${address} order by at desc offset ${failuresAllowed * 4 - 1} limit 1)
    ) f`.execute(tx)
  const until = rows[0]?.until
  if (!until) {
    await sql`insert into auth_attempt (login, address) values (${login}, ${address})`.execute(tx)
    return
  }
  const minutes = Math.max(1, Math.ceil((until.getTime() - Date.now()) / 60_000))
  throw new Refusal(429, 'too-many-tries', {
    zh: `登录失败次数过多，${minutes} 分钟后再试`,
    en: `Too many failed sign-ins. Try again in ${minutes} minutes`,
  })
}

export async function forgetTries(tx: Tx, login: string): Promise<void> {
  await sql`delete from auth_attempt where login = ${login}`.execute(tx)
}

const wrong = () =>
  new Refusal(401, 'wrong-login', {
    zh: '登录名或密码不对。忘记密码时由管理员重设',
    en: 'Login or password is wrong. The administrator can set a new password',
  })

/**
 * Checks login and password and opens a session.
 * @returns the secret for the cookie; only its digest is stored
 * @throws Refusal 401 `wrong-login` (the same for unknown, disabled and wrong), 429 `too-many-tries`
 */
export async function signIn(db: Lane, login: string, password: string, address: string): Promise<string> {
  const name = login.trim().toLowerCase()
  await asOwner(db, (tx) => countTry(tx, name, address))
  const user = await asOwner(db, async (tx) => {
    const { rows } = await sql<{ id: number; password_hash: string | null }>`
      select id, password_hash from app_user where login = ${name} and disabled_at is null`.execute(tx)
    return rows[0] ?? null
  })
  if (!(await passwordFits(user?.password_hash ?? null, password)) || !user) throw wrong()
  return asOwner(db, async (tx) => {
    await forgetTries(tx, name)
    return openSession(tx, user.id, 'session', sessionHours, '')
  })
}

/** Opens a session or a bearer token for a user; the caller has made sure who it is. */
export async function openSession(
  tx: Tx,
  userId: number,
  kind: 'session' | 'token',
  hours: number,
  label: string,
): Promise<string> {
  const secret = newSecret()
  await sql`insert into auth_session (digest, user_id, kind, label, expires_at)
    values (${digestOf(secret)}, ${userId}, ${kind}, ${label}, now() + make_interval(hours => ${hours}))`.execute(
    tx,
  )
  return secret
}

export async function closeSession(db: Lane, secret: string): Promise<void> {
  await asOwner(db, (tx) => sql`delete from auth_session where digest = ${digestOf(secret)}`.execute(tx))
}
