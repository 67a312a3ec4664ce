import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Tx } from '../db/database.ts'
import { Refusal } from '../refusal.ts'

/** A changing request that bears a key of its own: whoever sends it, to which route, and what all of it says. */
export interface Keyed {
  readonly key: string
  readonly route: string
  readonly digest: string
}

/** An answer as it is kept and given again. */
export interface Kept {
  readonly status: number
  /** Its JSON; `null` without content, and for an answer whose secret was shown once. */
  readonly body: string | null
}

const uuid = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i

/**
 * What a request's header `Idempotency-Key` makes of it; `null` without one.
 * @param said everything that the request says: path, query, body, revision
 * @throws Refusal 400 `bad-key` for one that is no UUID
 */
export function keyedBy(header: string | null, route: string, said: readonly unknown[]): Keyed | null {
  if (header === null) return null
  if (!uuid.test(header))
    throw new Refusal(400, 'bad-key', {
      zh: '没有办理：Idempotency-Key 要写成 UUID',
      en: 'Not carried out: Idempotency-Key is to be a UUID',
    })
  const digest = createHash('sha256')
  for (const one of said)
    digest.update(one instanceof Uint8Array ? one : (JSON.stringify(one) ?? '')).update('\0')
  return { key: header.toLowerCase(), route, digest: digest.digest('hex') }
}

/** How long a long request may be at work before its key may be taken as one that died on the way. */
const longestMinutes = 15

/**
 * The answer that the same request was given before, else `null`: then the caller carries it out and keeps the answer in the same
 * transaction. Until that ends, the key is held.
 * @throws Refusal 409 `still-running` while the same request is at work, 422 `key-used` for another request under the same key
 */
export async function answeredBefore(tx: Tx, { key, route, digest }: Keyed): Promise<Kept | null> {
  const held = await sql<{
    free: boolean
  }>`select pg_try_advisory_xact_lock(7110, hashtext(app_user() || ${` ${route} ${key}`})) as free`.execute(
    tx,
  )
  if (!held.rows[0]?.free) throw stillRunning()
  const { rows } = await sql<{
    digest: string
    status: number | null
    body: string | null
    late: boolean
  }>`select digest, status, body, at < now() - make_interval(mins => ${longestMinutes}) as late
    from idempotency where user_id = app_user() and route = ${route} and key = ${key}`.execute(tx)
  const [before] = rows
  if (!before) return null
  if (before.digest !== digest)
    throw new Refusal(422, 'key-used', {
      zh: '没有办理：这个 Idempotency-Key 已用于另一个请求，换一个',
      en: 'Not carried out: this Idempotency-Key was used for another request. Take a new one',
    })
  if (before.status !== null) return { status: before.status, body: before.body }
  if (!before.late) throw stillRunning()
  return null
}

/** Keeps an answer, or, with `null`, that the request is at work. */
export async function keepAnswer(tx: Tx, { key, route, digest }: Keyed, answer: Kept | null): Promise<void> {
  await sql`insert into idempotency (user_id, route, key, digest, status, body)
    values (app_user(), ${route}, ${key}, ${digest}, ${answer?.status ?? null}, ${answer?.body ?? null})
    on conflict (user_id, route, key) do update set status = excluded.status, body = excluded.body, at = now()`.execute(
    tx,
  )
}

/** Forgets a request that came to nothing: sent again, it is carried out. */
export async function forgetKey(tx: Tx, { key, route }: Keyed): Promise<void> {
  await sql`delete from idempotency where user_id = app_user() and route = ${route} and key = ${key} and status is null`.execute(
    tx,
  )
}

const stillRunning = () =>
  new Refusal(409, 'still-running', {
    zh: '同一个请求正在办理，稍等再看结果',
    en: 'The same request is being carried out. Wait a little for its result',
  })
