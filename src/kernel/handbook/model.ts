import { sql } from 'kysely'
import { freeze } from '../../handbook/load/freeze.ts'
import { loadEdition } from '../../handbook/load.ts'
import type { Edition } from '../../handbook/model.ts'
import type { Database } from '../db/database.ts'

declare const KAMBOOK_BUILD: string | undefined
/** The build of this program; `null` when it runs from its sources, which may change under it. */
const thisProgram = typeof KAMBOOK_BUILD === 'string' ? KAMBOOK_BUILD : null

/**
 * An edition by its id, as this program reads it: from what the same build has read before, else from the files.
 * @returns `null` when it is not there or can no longer be read
 */
export async function readStored(
  db: Database,
  id: number,
  program: string | null = thisProgram,
): Promise<Edition | null> {
  const { rows } = await sql<{
    files: Record<string, string>
    hash: string
    model: Omit<Edition, 'files'> | null
  }>`
    select e.files, e.hash, m.model from edition e left join edition_model m on m.hash = e.hash and m.program = ${program}
    where e.id = ${id}`.execute(db.kysely)
  const [row] = rows
  if (!row) return null
  if (row.model) return freeze({ ...row.model, files: row.files })
  const { edition } = await loadEdition(row.files)
  if (edition) await keepModel(db, edition, program)
  return edition
}

/** Keeps what was read from an edition's files for the next start of the same build. */
export async function keepModel(
  db: Database,
  { files: _, ...model }: Edition,
  program: string | null = thisProgram,
): Promise<void> {
  if (!program) return
  try {
    await sql`insert into edition_model (hash, program, model) values (${model.hash}, ${program}, ${JSON.stringify(model)}::json)
      on conflict (hash) do update set program = excluded.program, model = excluded.model`.execute(db.kysely)
  } catch (error) {
    // A database that takes no more rows (read-only, full) still gives what it has; the next start reads the files again.
    if (!/^(25006|53)/.test((error as { code?: string }).code ?? '')) throw error
  }
}
