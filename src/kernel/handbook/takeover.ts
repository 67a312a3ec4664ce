import { sql } from 'kysely'
import type { Tx } from '../db/database.ts'
import { binds } from './judge.ts'
import { editionInside, shelfOf } from './stored.ts'
import type { House } from './take.ts'

/**
 * Lets every published edition whose day has come take over, in the order of their days; the last one holds, the others are superseded.
 * One that no longer binds to this program is left waiting, so that the department goes on by the edition it has.
 * The caller holds the lock on editions: whichever node asks first does it, the others find it done.
 * @returns ids of those that were left waiting
 */
export async function takeOver(tx: Tx, house: House): Promise<number[]> {
  const due = await sql<{ id: number; day: string }>`select id, effective_from as day from edition
    where status = 'published' and effective_from <= ${house.clock.today()} order by effective_from, id`.execute(
    tx,
  )
  const left: number[] = []
  for (const { id, day } of due.rows) {
    const edition = await editionInside({ tx, house: { shelf: shelfOf(house.db) } }, id)
    if (!edition || !binds(house.registry, edition)) {
      left.push(id)
      continue
    }
    await sql`update edition set status = 'superseded', effective_until = greatest(effective_from, ${day}::date - 1)
      where status = 'effective'`.execute(tx)
    await sql`update edition set status = 'effective', took_effect_at = app_now() where id = ${id}`.execute(
      tx,
    )
  }
  return left
}
