import { sql } from 'kysely'
import type { Tx } from '../db/database.ts'

/** What an event of the security log tells beyond who acted, which the transaction knows itself. */
export interface SecurityFacts {
  /** As it was typed; for tries of people whom nobody knows. */
  readonly login?: string | null
  readonly address?: string | null
  readonly detail?: Readonly<Record<string, unknown>>
}

/**
 * Writes one event into the security log, in the caller's transaction: it is there exactly when what it tells of is. What must be told
 * even when the transaction fails is written in one of its own.
 */
export async function securityEvent(tx: Tx, event: string, facts: SecurityFacts = {}): Promise<void> {
  await sql`select security_event(${event}, ${facts.login ?? null}, ${facts.address ?? null}, ${JSON.stringify(facts.detail ?? {})}::jsonb)`.execute(
    tx,
  )
}
