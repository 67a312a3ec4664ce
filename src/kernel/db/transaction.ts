import { sql } from 'kysely'
import type { Lang } from '../../handbook/model.ts'
import { holding, type Lane, type Tx } from './database.ts'
import { isStalePlan } from './prepared.ts'

/** Who acts, as the database sees it: row security and the audit trail read these settings. */
export interface DatabaseActor {
  readonly userId: number | null
  readonly personId: number | null
}

/** What a transaction is stamped with. `lang` of null: the user's own. */
export interface Stamp {
  readonly editionId: number | null
  readonly now: Date
  readonly lang: Lang | null
}

/** Who a bearer's secret stands for, with the posts of the business date. */
export interface Bearer {
  readonly userId: number
  readonly personId: number
  readonly login: string
  readonly name: string
  readonly lang: Lang
  readonly posts: readonly { readonly post: string; readonly seatId: number; readonly unitId: number }[]
  readonly can: Can
}

/** By `kind.verb`, what the posts of the day reach: `all|units|managed|own`, as row security has it in its settings. */
export type Can = Readonly<Record<string, string>>

/** One transaction; when only its plan was out of date, because the tables changed under it, it runs once more. */
async function transaction<T>(db: Lane, work: (tx: Tx) => Promise<T>): Promise<T> {
  const once = () => db.kysely.transaction().execute(work)
  try {
    return await once()
  } catch (error) {
    if (!isStalePlan(error)) throw error
    return once()
  }
}

/**
 * Runs `work` in one transaction under the narrow role `kambook_app`, as the given actor. Row security applies to every statement.
 * The settings are local to the transaction, so a pooled connection never carries one actor's scope to the next.
 */
export function asActor<T>(
  db: Lane,
  { userId, personId }: DatabaseActor,
  { editionId, now, lang }: Stamp & { readonly lang: Lang },
  work: (tx: Tx, can: Can) => Promise<T>,
): Promise<T> {
  return transaction(db, async (tx) => {
    const { rows } = await sql<{ can: Can }>`select a.can, set_config('role', 'kambook_app', true)
      from app_act(${userId}::int, ${personId}::int, ${editionId}::int, ${now.toISOString()}::timestamptz, ${lang}) a`.execute(
      tx,
    )
    return holding(() => work(tx, rows[0]?.can ?? {}))
  })
}

/**
 * The same for whoever bears a secret of this digest: the transaction's first statement finds out who it is, what he holds and what he
 * reaches, so that it is asked each time and costs no round trip of its own.
 * @returns what `work` returns; `refused()` when the secret is no longer good, before anything else is asked
 */
export function asBearer<T>(
  db: Lane,
  digest: string,
  { editionId, now, lang }: Stamp,
  work: (tx: Tx, bearer: Bearer) => Promise<T>,
  refused: () => Error,
): Promise<T> {
  return transaction(db, async (tx) => {
    const { rows } = await sql<{ who: Bearer | null }>`select
      app_begin(${digest}, ${editionId}::int, ${now.toISOString()}::timestamptz, ${lang}) as who, set_config('role', 'kambook_app', true)`.execute(
      tx,
    )
    const who = rows[0]?.who
    if (!who) throw refused()
    return holding(() => work(tx, who))
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
  return transaction(db, async (tx) => {
    await sql`select set_config('role', 'kambook_program', true), set_config('app.user_id', ${String(stamp.userId ?? '')}, true),
      set_config('app.person_id', ${String(stamp.personId ?? '')}, true),
      set_config('app.edition_id', ${String(stamp.editionId ?? '')}, true),
      set_config('app.now', ${stamp.now?.toISOString() ?? ''}, true)`.execute(tx)
    return holding(() => work(tx))
  })
}
