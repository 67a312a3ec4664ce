import { sql } from 'kysely'
import type { Ctx } from '../context.ts'
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

/** The same of whoever acts in a request. */
export const actorTold = (
  ctx: Ctx,
  event: string,
  detail: Readonly<Record<string, unknown>>,
): Promise<void> => securityEvent(ctx.tx, event, { login: ctx.actor.login, address: ctx.address, detail })

/** Records that go out as a file: which kind, in which form. */
export const exportTold = (
  ctx: Ctx,
  what: { readonly kind: string; readonly format: unknown; readonly at?: 'terminal' },
): Promise<void> => actorTold(ctx, 'export', { ...what })
