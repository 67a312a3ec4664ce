import { sql } from 'kysely'
import { securityEvent } from '../audit/security.ts'
import type { Tx } from '../db/database.ts'
import { notFound } from '../refusal.ts'
import { deviceOf } from './device.ts'
import { digestOf } from './secrets.ts'
import type { SessionRow } from './wire.ts'

/**
 * Sessions and tokens of a user that still hold, the last used first.
 * @param here secret of the session that asks, which is marked
 */
export async function sessionsOf(tx: Tx, userId: number, here: string | null = null): Promise<SessionRow[]> {
  const { rows } = await sql<
    Omit<SessionRow, 'device' | 'since' | 'seen' | 'until'> & {
      agent: string | null
      since: Date
      seen: Date
      until: Date
    }
  >`select id, kind, label, address, agent, created_at as since, last_seen_at as seen, expires_at as until,
      digest = ${here === null ? '' : digestOf(here)} as here
    from auth_session where user_id = ${userId} and expires_at > now() order by last_seen_at desc, id desc`.execute(
    tx,
  )
  return rows.map(({ agent, since, seen, until, ...row }) => ({
    ...row,
    device: row.kind === 'token' ? null : deviceOf(agent),
    since: since.toISOString(),
    seen: seen.toISOString(),
    until: until.toISOString(),
  }))
}

/** Whose sessions end, and who is told of it in the security log. */
export interface Whose {
  readonly id: number
  readonly login: string
}

/** @throws Refusal 404 for one that is not there or is another’s */
export async function endSession(tx: Tx, whose: Whose, id: number, address: string | null): Promise<void> {
  const { rows } = await sql<{ kind: string; label: string }>`delete from auth_session
    where id = ${id} and user_id = ${whose.id} returning kind, label`.execute(tx)
  const [gone] = rows
  if (!gone) throw notFound()
  await securityEvent(tx, gone.kind === 'token' ? 'token-ended' : 'session-ended', {
    login: whose.login,
    address,
    detail: gone.kind === 'token' ? { label: gone.label } : {},
  })
}

/**
 * Ends all sessions and tokens of a user but the one that asks.
 * @returns how many ended
 */
export async function endSessions(
  tx: Tx,
  whose: Whose,
  address: string | null,
  but: string | null = null,
): Promise<number> {
  const { rows } = await sql<{ n: number }>`with gone as (
      delete from auth_session where user_id = ${whose.id} and digest <> ${but === null ? '' : digestOf(but)} returning 1
    ) select count(*)::int as n from gone`.execute(tx)
  const n = rows[0]?.n ?? 0
  if (n > 0)
    await securityEvent(tx, 'sessions-ended', { login: whose.login, address, detail: { sessions: n } })
  return n
}
