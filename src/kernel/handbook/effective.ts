import { sql } from 'kysely'
import type { EffectiveEdition, Kernel } from '../context.ts'
import { asOwner } from '../db/transaction.ts'
import { notFound, Refusal } from '../refusal.ts'
import { judgeBeside } from './edition-jobs.ts'
import { type Shelf, shelfOf, storedEdition } from './stored.ts'
import { type House, lockEditions } from './take.ts'
import { takeOver } from './takeover.ts'

/** How long an answer to "which edition is effective" may be taken again: publishing elsewhere holds within this time. */
const freshMs = 500

/**
 * Reads the effective edition; asked for again after half a second. Whoever asks first on the day of a published edition lets it take
 * over, so that it needs no clock of its own: it holds over several nodes, and after a program that was off that day.
 */
export function effectiveEditions(house: House): { current(): Promise<EffectiveEdition> } {
  const { db, clock } = house
  const editions = {
    async current(): Promise<EffectiveEdition> {
      const shelf = shelfOf(db)
      const now = clock.now().getTime()
      // By its distance: a clock that is set back must not keep an answer for the time it was ahead.
      if (Math.abs(now - shelf.asked.at) > freshMs) {
        let found = await stateOf(house)
        if (found.due.some((id) => !shelf.left.has(id))) {
          await changeOver({ ...house, edition: () => editions.current() }, shelf, found.due)
          found = await stateOf(house)
        }
        if (found.id === null)
          throw new Refusal(503, 'no-edition', {
            zh: '还没有生效的手册。发布一版后部门才能工作',
            en: 'No edition is effective yet. Publish one so that the department can work',
          })
        shelf.asked = { at: now, id: found.id }
      }
      const { id } = shelf.asked
      const edition = await storedEdition(db, id)
      if (!edition) throw notFound()
      return { id, edition }
    },
  }
  return editions
}

async function stateOf({ db, clock }: House): Promise<{ id: number | null; due: number[] }> {
  const { rows } = await sql<{ id: number | null; due: number[] }>`select
    (select id from edition where status = 'effective') as id,
    array(select id from edition where status = 'published' and effective_from <= ${clock.today()}) as due`.execute(
    db.kysely,
  )
  return rows[0] ?? { id: null, due: [] }
}

async function changeOver(house: Kernel, shelf: Shelf, due: readonly number[]): Promise<void> {
  // Others wait for the lock on editions: what takes time is done before it.
  for (const id of due) {
    const edition = await storedEdition(house.db, id)
    if (edition) await judgeBeside(house, id, edition)
  }
  const left = await asOwner(
    house.db,
    async (tx) => {
      await lockEditions(tx)
      return takeOver(tx, house)
    },
    { now: house.clock.now() },
  )
  for (const id of left) {
    shelf.left.add(id)
    console.error(
      `edition ${id} was to take effect but does not bind to this program; npx kambook doctor tells where`,
    )
  }
}
