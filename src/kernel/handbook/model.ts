import { sql } from 'kysely'
import { freeze } from '../../handbook/load/freeze.ts'
import { loadEdition } from '../../handbook/load.ts'
import type { Edition } from '../../handbook/model.ts'
import type { Database, Tx } from '../db/database.ts'

declare const KAMBOOK_BUILD: string | undefined
/** The build of this program; `null` when it runs from its sources, which may change under it. */
const thisProgram = typeof KAMBOOK_BUILD === 'string' ? KAMBOOK_BUILD : null

interface Source {
  readonly files: Record<string, string>
  readonly model: Omit<Edition, 'files'> | null
}

const modelled = ({ model, files }: Source): Edition | null => model && freeze({ ...model, files })

/**
 * An edition by its id, as this program reads it: from what the same build has read before, else from the files.
 * @returns `null` when it is not there or can no longer be read
 */
export async function readStored(
  db: Database,
  id: number,
  program: string | null = thisProgram,
): Promise<Edition | null> {
  const { rows } = await sql<Source>`
    select e.files, m.model from edition e left join edition_model m on m.hash = e.hash and m.program = ${program}
    where e.id = ${id}`.execute(db.kysely)
  const [row] = rows
  if (!row) return null
  const known = modelled(row)
  if (known) return known
  const { edition } = await loadEdition(row.files)
  if (edition) await keepModel(db, edition, program)
  return edition
}

/** The same in a request's transaction. Whether the asker may know of the edition is asked before. */
export async function readInside(
  tx: Tx,
  id: number,
  program: string | null = thisProgram,
): Promise<Edition | null> {
  const { rows } = await sql<Source>`select files, model from edition_source(${id}, ${program})`.execute(tx)
  const [row] = rows
  if (!row) return null
  return modelled(row) ?? (await loadEdition(row.files)).edition
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
