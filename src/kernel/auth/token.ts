import { sql } from 'kysely'
import type { Lane } from '../db/database.ts'
import { asOwner } from '../db/transaction.ts'
import { Refusal } from '../refusal.ts'
import { openSession } from './session.ts'

/**
 * Makes a bearer token for a login; for whoever is at the server's own terminal.
 * @returns the secret, of which only the digest is stored
 * @throws Refusal 404 `no-login`
 */
export async function issueToken(
  db: Lane,
  { login, days, label }: { login: string; days: number; label: string },
): Promise<string> {
  return asOwner(db, async (tx) => {
    const { rows } = await sql<{ id: number }>`
      select id from app_user where login = ${login.trim().toLowerCase()} and disabled_at is null`.execute(tx)
    if (!rows[0])
      throw new Refusal(404, 'no-login', {
        zh: `没有登录名 ${login}，或者它已停用`,
        en: `There is no login ${login}, or it is disabled`,
      })
    return openSession(tx, rows[0].id, 'token', days * 24, label)
  })
}
