import { sql } from 'kysely'
import { loadEdition } from '../../handbook/load.ts'
import type { Edition } from '../../handbook/model.ts'
import type { Ctx } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { asOwner } from '../db/transaction.ts'
import { publishEdition } from './publish.ts'
import { type House, takeEdition } from './take.ts'

/**
 * Makes the reference edition the company's first one, effective at once, and remembers it: what the program brings later is merged
 * against the files the company started from.
 */
export async function adoptReference(
  house: House,
  files: Readonly<Record<string, string>>,
): Promise<{ id: number; edition: Edition }> {
  const { id, status, edition } = await takeEdition(house, files, { userId: null })
  if (id === null) throw new Error('the reference edition was not kept')
  // Remembered first: a program that dies in between adopts again at its next start, but only while nothing is effective.
  await asOwner(
    house.db,
    (tx) =>
      sql`insert into reference_edition (number, hash, files)
        values (${edition.number}, ${edition.hash}, ${JSON.stringify(files)}::jsonb) on conflict (hash) do nothing`.execute(
        tx,
      ),
    { now: house.clock.now() },
  )
  if (status === 'draft') await publishEdition(house, id, house.clock.today(), { userId: null })
  return { id, edition }
}

/** The reference edition that the company's own one goes back to. */
export async function referenceOf(tx: Tx): Promise<{ number: string; hash: string; adoptedAt: Date } | null> {
  const { rows } = await sql<{ number: string; hash: string; adoptedAt: Date }>`
    select number, hash, adopted_at as "adoptedAt" from reference_edition order by id desc limit 1`.execute(
    tx,
  )
  return rows[0] ?? null
}

/** The same, read. */
export async function referenceEdition({ tx, house }: Pick<Ctx, 'tx' | 'house'>): Promise<Edition | null> {
  const reference = await referenceOf(tx)
  if (!reference) return null
  if (house.shelf.reference?.hash !== reference.hash) {
    const { rows } = await sql<{ files: Record<string, string> }>`
      select files from reference_edition where hash = ${reference.hash}`.execute(tx)
    house.shelf.reference = rows[0] ? (await loadEdition(rows[0].files)).edition : null
  }
  return house.shelf.reference
}
