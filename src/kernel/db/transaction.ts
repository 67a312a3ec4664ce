import { sql } from 'kysely'
import type { Lang } from '../../handbook/model.ts'
import { holding, type Lane, type Tx } from './database.ts'

/** Who acts, as the database sees it: row security and the audit trail read these settings. */
export interface DatabaseActor {
  readonly userId: number | null
  readonly personId: number | null
}

/**
 * Runs `work` in one transaction under the narrow role `kambook_app`, as the given actor. Row security applies to every statement.
 * The settings are local to the transaction, so a pooled connection never carries one actor's scope to the next.
 */
export function asActor<T>(
  db: Lane,
  actor: DatabaseActor,
  stamp: { editionId: number | null; now: Date; lang: Lang },
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  return db.kysely.transaction().execute(async (tx) => {
    await sql`select set_config('role', 'kambook_app', true), set_config('app.user_id', ${String(actor.userId ?? '')}, true),
      set_config('app.person_id', ${String(actor.personId ?? '')}, true),
      set_config('app.edition_id', ${String(stamp.editionId ?? '')}, true),
      set_config('app.lang', ${stamp.lang}, true), set_config('app.now', ${stamp.now.toISOString()}, true)`.execute(
      tx,
    )
    return holding(() => work(tx))
  })
}

/**
 * Runs `work` in one transaction as the program itself (`kambook_program`): sign-in, jobs, the life of editions. It reads and writes every
 * row but the trail's; never with input of a request that is not yet authorised.
 */
export function asOwner<T>(
  db: Lane,
  work: (tx: Tx) => Promise<T>,
  stamp: {
    userId?: number | null
    personId?: number | null
    editionId?: number | null
    now?: Date
  } = {},
): Promise<T> {
  return db.kysely.transaction().execute(async (tx) => {
    await sql`select set_config('role', 'kambook_program', true), set_config('app.user_id', ${String(stamp.userId ?? '')}, true),
      set_config('app.person_id', ${String(stamp.personId ?? '')}, true),
      set_config('app.edition_id', ${String(stamp.editionId ?? '')}, true),
      set_config('app.now', ${stamp.now?.toISOString() ?? ''}, true)`.execute(tx)
    return holding(() => work(tx))
  })
}
