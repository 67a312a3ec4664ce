import { sql } from 'kysely'
import type { Edition, Problem } from '../../handbook/model.ts'
import type { Kernel } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { asOwner } from '../db/transaction.ts'
import { judge, refuseProblems } from './judge.ts'
import { keepAtHand } from './stored.ts'

/** Who acts on an edition; `null` is the program itself. */
export interface By {
  readonly userId: number | null
  readonly personId?: number | null
  readonly editionId?: number | null
}
export type House = Pick<Kernel, 'db' | 'registry' | 'clock'>
export type EditionStatus = 'draft' | 'published' | 'effective' | 'superseded' | 'withdrawn'

/** One edition at a time changes its state, over all nodes. */
export const lockEditions = (tx: Tx) => sql`select pg_advisory_xact_lock(7103)`.execute(tx)

export const stampOf = (house: House, by: By) => ({
  userId: by.userId,
  personId: by.personId ?? null,
  editionId: by.editionId ?? null,
  now: house.clock.now(),
})

export interface Taken {
  /** `null` when it was only tried. */
  readonly id: number | null
  readonly status: EditionStatus | null
  /** Whether these files were new; the same files again are the same edition. */
  readonly fresh: boolean
  readonly edition: Edition
  readonly problems: readonly Problem[]
}

/**
 * Takes an edition in from its files, as a draft. Equal files are one edition: taken again they change nothing, and a withdrawn one
 * becomes a draft again.
 * @throws Refusal 422 `edition-faulty` with the place of each error; nothing is kept then
 */
export async function takeEdition(
  house: House,
  files: Readonly<Record<string, string>>,
  by: By,
  options: { dryRun?: boolean } = {},
): Promise<Taken> {
  const { edition, problems } = await judge(house.registry, files)
  refuseProblems(problems)
  if (!edition) throw new Error('an edition without errors did not load')
  const kept = await asOwner(
    house.db,
    async (tx) => {
      await lockEditions(tx)
      return keep(tx, edition, by, options.dryRun ?? false)
    },
    stampOf(house, by),
  )
  if (kept.fresh && kept.id !== null) await keepAtHand(house.db, kept.id, edition)
  return { ...kept, edition, problems }
}

/** Stores a draft in the caller's transaction. */
export async function keep(
  tx: Tx,
  edition: Edition,
  by: By,
  dryRun = false,
): Promise<{ id: number | null; status: EditionStatus | null; fresh: boolean }> {
  const there = await sql<{ id: number; status: EditionStatus }>`
    select id, status from edition where hash = ${edition.hash}`.execute(tx)
  const known = there.rows[0]
  if (known && (known.status !== 'withdrawn' || dryRun)) return { ...known, fresh: false }
  if (dryRun) return { id: null, status: null, fresh: true }
  if (known) {
    await sql`update edition set status = 'draft', effective_from = null, effective_until = null, withdrawn_at = null,
      withdrawn_why = null where id = ${known.id}`.execute(tx)
    return { id: known.id, status: 'draft', fresh: false }
  }
  const { rows } = await sql<{ id: number }>`insert into edition
    (number, title_zh, title_en, hash, status, files, imported_by, published_at)
    values (${edition.number}, ${edition.title.zh}, ${edition.title.en}, ${edition.hash}, 'draft',
      ${JSON.stringify(edition.files)}::jsonb, ${by.userId}, null) returning id`.execute(tx)
  return { id: rows[0]?.id as number, status: 'draft', fresh: true }
}
