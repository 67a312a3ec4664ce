import { sql } from 'kysely'
import type { Acting } from '../context.ts'
import type { Lane } from '../db/database.ts'
import { asOwner } from '../db/transaction.ts'
import { Refusal } from '../refusal.ts'
import { digestOf, hashPassword, passwordFits, readablePassword } from './secrets.ts'
import { countTry, forgetTries } from './session.ts'

/**
 * Changes the asker's own password; every other session and token of his ends, so that whoever had the old one is out.
 * @param at the secret of the session that goes on, and the address that tries are counted for
 * @throws Refusal 422 `wrong-password`, 429 `too-many-tries`
 */
export async function changePassword(
  { actor, kernel }: Acting,
  at: { secret: string; address: string },
  old: string,
  next: string,
): Promise<void> {
  const { userId, login } = actor
  const db = kernel.db.door
  // A session left open is no place to guess the password at.
  await asOwner(db, (tx) => countTry(tx, login, at.address))
  const stored = await asOwner(db, async (tx) => {
    const { rows } = await sql<{
      hash: string | null
    }>`select password_hash as hash from app_user where id = ${userId}`.execute(tx)
    return rows[0]?.hash ?? null
  })
  if (!(await passwordFits(stored, old)))
    throw new Refusal(
      422,
      'wrong-password',
      { zh: '密码没有修改', en: 'The password is not changed' },
      { faults: [{ path: 'old', text: { zh: '原密码不对', en: 'The old password is wrong' } }] },
    )
  const hash = await hashPassword(next)
  await asOwner(db, async (tx) => {
    await forgetTries(tx, login)
    await sql`update app_user set password_hash = ${hash} where id = ${userId}`.execute(tx)
    await sql`delete from auth_session where user_id = ${userId} and digest <> ${digestOf(at.secret)}`.execute(
      tx,
    )
  })
}

/**
 * Sets the password of a login; for whoever is at the server's own terminal. Its sessions and tokens end, counted failures are forgotten.
 * @param given left out, one is made up
 * @returns the password
 * @throws Refusal 404 `no-login`, 422 `short-password`
 */
export async function resetPassword(db: Lane, login: string, given?: string): Promise<string> {
  const password = given ?? readablePassword()
  if (password.length < 10)
    throw new Refusal(422, 'short-password', {
      zh: '没有修改：密码至少 10 位',
      en: 'Not changed: a password has 10 characters or more',
    })
  const name = login.trim().toLowerCase()
  const hash = await hashPassword(password)
  await asOwner(db, async (tx) => {
    const { rows } = await sql<{ id: number }>`update app_user set password_hash = ${hash}
      where login = ${name} and disabled_at is null returning id`.execute(tx)
    if (!rows[0])
      throw new Refusal(404, 'no-login', {
        zh: `没有登录名 ${login}，或者它已停用`,
        en: `There is no login ${login}, or it is disabled`,
      })
    await sql`delete from auth_session where user_id = ${rows[0].id}`.execute(tx)
    await forgetTries(tx, name)
  })
  return password
}
