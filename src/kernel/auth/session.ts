import { sql } from 'kysely'
import { securityEvent } from '../audit/security.ts'
import type { Lane, Tx } from '../db/database.ts'
import { asOwner } from '../db/transaction.ts'
import { Refusal } from '../refusal.ts'
import { deviceOf } from './device.ts'
import { requirePassword } from './password-rules.ts'
import { digestOf, hashPassword, newSecret } from './secrets.ts'
import { type From, type Sought, tryPassword } from './tries.ts'

export const sessionHours = 12

const wrong = () =>
  new Refusal(401, 'wrong-login', {
    zh: '登录名或密码不对。忘记密码时由管理员重设',
    en: 'Login or password is wrong. The administrator can set a new password',
  })

interface Found extends Sought {
  /** The password was set by somebody else and lets in once, to set an own one. */
  readonly once: boolean
}

/** Secrets for the browser's cookies, of which only digests are stored. */
export interface Opened {
  readonly secret: string
  readonly device: string
}

/**
 * Checks login and password and opens a session.
 * @param fresh a new password, asked for after somebody else has set the old one
 * @throws Refusal 401 `wrong-login` (the same for unknown, disabled and wrong), 403 `password-to-change` when the password is right but was
 * set by somebody else, 422 for a new one that will not do, 429 `too-many-tries`
 */
export async function signIn(
  lane: Lane,
  { login, password, fresh }: { login: string; password: string; fresh?: string | undefined },
  from: From,
): Promise<Opened> {
  const name = login.trim().toLowerCase()
  const opened = await tryPassword<Opened | Found>(
    lane,
    { login: name, password, from },
    (tx) => seek(tx, name),
    // The new password is reckoned when this transaction is over: no connection waits for it.
    (tx, found) =>
      (found as Found).once ? Promise.resolve(found as Found) : open(tx, found.userId, name, from),
  )
  if (opened === null) throw wrong()
  if ('secret' in opened) return opened
  if (fresh === undefined) throw toChange()
  return setOwn(lane, opened, name, fresh, from)
}

/** Opens a session for who has shown the right password, and keeps the device as one of his. */
async function open(tx: Tx, userId: number, login: string, from: From): Promise<Opened> {
  const secret = await openSession(tx, userId, 'session', sessionHours, '', from)
  const device = await rememberDevice(tx, userId, from.device ?? null)
  const detail = { device: deviceOf(from.agent ?? null).en }
  await securityEvent(tx, 'sign-in', { login, address: from.address, detail })
  return { secret, device }
}

/** In place of a password that somebody else has set, the person's own; then the session. */
async function setOwn(lane: Lane, found: Found, login: string, fresh: string, from: From): Promise<Opened> {
  const stamp = { userId: found.userId, personId: found.personId }
  await asOwner(lane, (tx) => requirePassword(tx, fresh, { userId: found.userId }, 'fresh'))
  const hash = await hashPassword(fresh)
  return asOwner(
    lane,
    async (tx) => {
      const { rows } = await sql`update app_user set password_hash = ${hash}, once_until = null
        where id = ${found.userId} and password_hash = ${found.hash} and once_until > now() and disabled_at is null returning 1`.execute(
        tx,
      )
      if (rows.length === 0) throw wrong()
      await securityEvent(tx, 'password-changed', { login, address: from.address })
      return open(tx, found.userId, login, from)
    },
    stamp,
  )
}

const toChange = () =>
  new Refusal(
    403,
    'password-to-change',
    {
      zh: '这个密码是别人替您设的，只能用一次：设一个自己的密码再登录',
      en: 'This password was set for you and is good for once: set one of your own to sign in',
    },
    {
      faults: [{ path: 'fresh', text: { zh: '设一个自己的新密码', en: 'Set a new password of your own' } }],
    },
  )

async function seek(tx: Tx, login: string): Promise<Found | null> {
  const { rows } =
    await sql<Found>`select id as "userId", person_id as "personId", once_until is not null as once,
      case when once_until < now() then null else password_hash end as hash
    from app_user where login = ${login} and disabled_at is null`.execute(tx)
  return rows[0] ?? null
}

/**
 * Keeps a device as one of the login's own; at most twenty, the oldest goes.
 * @returns the secret for its cookie, empty when the browser has it already
 */
async function rememberDevice(tx: Tx, userId: number, known: string | null): Promise<string> {
  if (known !== null) {
    const { rows } = await sql`update auth_device set seen_at = now()
      where user_id = ${userId} and digest = ${known} returning 1`.execute(tx)
    if (rows.length > 0) return ''
  }
  const secret = newSecret()
  await sql`insert into auth_device (user_id, digest) values (${userId}, ${digestOf(secret)})`.execute(tx)
  await sql`delete from auth_device where user_id = ${userId} and digest in (
    select digest from auth_device where user_id = ${userId} order by seen_at desc offset 20)`.execute(tx)
  return secret
}

/** Opens a session or a bearer token for a user; the caller has made sure who it is. */
export async function openSession(
  tx: Tx,
  userId: number,
  kind: 'session' | 'token',
  hours: number,
  label: string,
  from: Partial<From> = {},
): Promise<string> {
  const secret = newSecret()
  await sql`insert into auth_session (digest, user_id, kind, label, expires_at, address, agent)
    values (${digestOf(secret)}, ${userId}, ${kind}, ${label}, now() + make_interval(hours => ${hours}),
      ${from.address ?? null}, ${from.agent?.slice(0, 300) ?? null})`.execute(tx)
  return secret
}

export async function closeSession(lane: Lane, secret: string, address: string): Promise<void> {
  await asOwner(lane, async (tx) => {
    const { rows } = await sql<{ login: string }>`with gone as (
        delete from auth_session where digest = ${digestOf(secret)} returning user_id
      ) select u.login, set_config('app.user_id', u.id::text, true), set_config('app.person_id', coalesce(u.person_id::text, ''), true)
      from gone join app_user u on u.id = gone.user_id`.execute(tx)
    const [who] = rows
    if (who) await securityEvent(tx, 'sign-out', { login: who.login, address })
  })
}
