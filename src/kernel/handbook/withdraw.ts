import { sql } from 'kysely'
import type { Edition } from '../../handbook/model.ts'
import type { Tx } from '../db/database.ts'
import { asOwner } from '../db/transaction.ts'
import { invalid, notFound, Refusal } from '../refusal.ts'
import { binds } from './judge.ts'
import { editionInside, forget, shelfOf } from './stored.ts'
import { type By, type EditionStatus, type House, lockEditions, stampOf } from './take.ts'

/** A draft is given up by whoever may import it; what others go by already, by whoever may publish. */
export const verbToWithdraw = (status: EditionStatus): 'import' | 'publish' =>
  status === 'draft' ? 'import' : 'publish'

/**
 * Withdraws an edition: a draft is given up, a waiting one does not take effect, and in place of an effective one the edition before it
 * holds again. Cases that began under it keep it.
 * @throws Refusal 409 `edition-past` for one that is over, 409 `no-earlier-edition` when nothing could hold in its place,
 * 422 for one that others go by without a reason
 */
export async function withdrawEdition(
  house: House,
  id: number,
  why: string,
  by: By,
  also: (tx: Tx) => Promise<void> = async () => undefined,
): Promise<{ holds: string | null }> {
  const holds = await asOwner(
    house.db,
    async (tx) => {
      await lockEditions(tx)
      await also(tx)
      const { rows } = await sql<{ number: string; status: EditionStatus }>`
        select number, status from edition where id = ${id}`.execute(tx)
      const mine = rows[0]
      if (!mine) throw notFound()
      if (mine.status === 'superseded' || mine.status === 'withdrawn')
        throw new Refusal(409, 'edition-past', {
          zh: `第 ${mine.number} 版已经不在用，不用撤回`,
          en: `Edition ${mine.number} is no longer in use; there is nothing to withdraw`,
        })
      if (mine.status !== 'draft') requireWhy(why)
      const before = mine.status === 'effective' ? await earlier(mine.number) : null
      await sql`update edition set status = 'withdrawn', withdrawn_at = app_now(), withdrawn_why = ${why || null},
        effective_until = case when status = 'effective' then ${house.clock.today()}::date end where id = ${id}`.execute(
        tx,
      )
      if (before)
        await sql`update edition set status = 'effective', effective_until = null where id = ${before.id}`.execute(
          tx,
        )
      return before?.number ?? null

      async function earlier(gone: string): Promise<{ id: number; number: string }> {
        const one = await earlierOf(tx, house)
        if (one) return one
        throw new Refusal(409, 'no-earlier-edition', {
          zh: `第 ${gone} 版之前没有能再用的版次；先发布另一版，再撤回它`,
          en: `No edition before ${gone} could hold in its place. Publish another one instead`,
        })
      }
    },
    stampOf(house, by),
  )
  forget(house.db)
  return { holds }
}

/** The edition that held before and can still hold. */
export async function earlierOf(
  tx: Tx,
  house: House,
): Promise<{ id: number; number: string; edition: Edition } | null> {
  const past = await sql<{ id: number; number: string }>`select id, number from edition
    where status = 'superseded' and took_effect_at is not null order by took_effect_at desc, id desc`.execute(
    tx,
  )
  for (const one of past.rows) {
    const edition = await editionInside({ tx, house: { shelf: shelfOf(house.db) } }, one.id)
    if (edition && binds(house.registry, edition)) return { ...one, edition }
  }
  return null
}

/** @throws Refusal 422 at `why` */
export function requireWhy(why: string): void {
  if (why.trim() === '')
    throw invalid(
      {
        zh: '没有撤回：写明原因，别人已按这一版工作',
        en: 'Not withdrawn: say why, others go by this edition already',
      },
      [{ path: 'why', text: { zh: '写明原因', en: 'Say why' } }],
    )
}
