import { sql } from 'kysely'
import { securityEvent } from '../audit/security.ts'
import type { Acting } from '../context.ts'
import type { Lane, Tx } from '../db/database.ts'
import { asOwner } from '../db/transaction.ts'
import { Refusal } from '../refusal.ts'
import { requirePassword } from './password-rules.ts'
import { digestOf, hashPassword, readablePassword } from './secrets.ts'
import { type From, forgetTries, type Sought, tryPassword } from './tries.ts'

/**
 * Makes sure that whoever sits at an open session is the person it belongs to.
 * @param path the field that the password was typed in
 * @throws Refusal 422 `wrong-password` at the field, 429 `too-many-tries`: a session left open is no place to guess the password at
 */
export async function provePassword(
  { actor, kernel }: Acting,
  password: string,
  from: From,
  wrong: {
    readonly text: { zh: string; en: string }
    readonly path: string
    readonly at: { zh: string; en: string }
  },
): Promise<void> {
  const right = await tryPassword(
    kernel.db.door,
    { login: actor.login, password, from: { address: from.address } },
    async (tx) => {
      const { rows } = await sql<Sought>`select id as "userId", person_id as "personId", password_hash as hash
        from app_user where id = ${actor.userId}`.execute(tx)
      return rows[0] ?? null
    },
    () => Promise.resolve(true),
  )
  if (!right)
    throw new Refusal(422, 'wrong-password', wrong.text, { faults: [{ path: wrong.path, text: wrong.at }] })
}

/**
 * Changes the asker's own password; every other session and token of his ends, so that whoever had the old one is out.
 * @param at the secret of the session that goes on, and where it is
 * @throws Refusal 422 `wrong-password`, `weak-password`; 429 `too-many-tries`
 */
export async function changePassword(
  acting: Acting,
  at: { secret: string; from: From },
  old: string,
  next: string,
): Promise<void> {
  const { actor, kernel } = acting
  const { userId, personId, login } = actor
  await asOwner(kernel.db.door, (tx) => requirePassword(tx, next, { userId }, 'new'))
  await provePassword(acting, old, at.from, {
    text: { zh: '密码没有修改', en: 'The password is not changed' },
    path: 'old',
    at: { zh: '原密码不对', en: 'The old password is wrong' },
  })
  const hash = await hashPassword(next)
  await asOwner(
    kernel.db.door,
    async (tx) => {
      await sql`update app_user set password_hash = ${hash}, once_until = null where id = ${userId}`.execute(
        tx,
      )
      await sql`delete from auth_session where user_id = ${userId} and digest <> ${digestOf(at.secret)}`.execute(
        tx,
      )
      await sql`delete from auth_device where user_id = ${userId}`.execute(tx)
      await securityEvent(tx, 'password-changed', { login, address: at.from.address })
    },
    { userId, personId },
  )
}

/** Hours within which a password that somebody else has set must be used. */
export const onceHours = 7 * 24

/**
 * Sets a password in the caller's transaction: sessions, tokens and known devices end, counted failures are forgotten.
 * @param once it lets in once, to set an own one
 */
export async function setPassword(
  tx: Tx,
  user: { readonly id: number; readonly login: string },
  hash: string,
  once: boolean,
): Promise<void> {
  await sql`update app_user set password_hash = ${hash},
    once_until = case when ${once} then now() + make_interval(hours => ${onceHours}) end where id = ${user.id}`.execute(
    tx,
  )
  await sql`delete from auth_session where user_id = ${user.id}`.execute(tx)
  await sql`delete from auth_device where user_id = ${user.id}`.execute(tx)
  await forgetTries(tx, user.login)
}

/**
 * Sets the password of a login; for whoever is at the server's own terminal.
 * @param given left out, one is made up
 * @returns the password
 * @throws Refusal 404 `no-login`, 422 `weak-password`
 */
export async function resetPassword(lane: Lane, login: string, given?: string): Promise<string> {
  const password = given ?? readablePassword()
  const user = await asOwner(lane, async (tx) => {
    const found = await userNamed(tx, login)
    if (given !== undefined) await requirePassword(tx, given, { userId: found.id }, 'password')
    return found
  })
  const hash = await hashPassword(password)
  await asOwner(lane, async (tx) => {
    await setPassword(tx, user, hash, false)
    await securityEvent(tx, 'password-reset', { login: user.login, detail: { at: 'terminal' } })
  })
  return password
}

/** @throws Refusal 404 `no-login` for one that is not there or is disabled */
export async function userNamed(tx: Tx, login: string): Promise<{ id: number; login: string }> {
  const name = login.trim().toLowerCase()
  const { rows } = await sql<{
    id: number
  }>`select id from app_user where login = ${name} and disabled_at is null`.execute(tx)
  if (rows[0]) return { id: rows[0].id, login: name }
  throw new Refusal(404, 'no-login', {
    zh: `没有登录名 ${login}，或者它已停用`,
    en: `There is no login ${login}, or it is disabled`,
  })
}
