import { sql } from 'kysely'
import type { Text } from '../../handbook/model.ts'
import { securityEvent } from '../audit/security.ts'
import type { Kernel } from '../context.ts'
import { beside } from '../db/database.ts'
import { asOwner } from '../db/transaction.ts'
import { storedEdition } from '../handbook/stored.ts'
import { refusalOfDatabase } from '../http/problem.ts'
import type { HeavyKind } from '../jobs/heavy.ts'
import { Refusal } from '../refusal.ts'
import type { Result } from './importer.ts'
import { importerOf, runById, takenOf } from './runs.ts'
import { forgetBook } from './sheet/kept.ts'

interface Asked {
  readonly runId: number
  readonly editionId: number
  readonly userId: number
  readonly personId: number
}

/**
 * Writes a tried run: all sheets in one transaction, progress on a connection of its own. A killed program leaves the run at
 * `writing` and the records untouched; the queue takes it up again. A run that is done is not written twice.
 */
export async function writeImport(
  kernel: Kernel,
  asked: Asked,
  also: (part: number, doing: Text) => Promise<void> = async () => {},
): Promise<Result | null> {
  const begun = Date.now()
  const { heavy } = kernel.db
  const tell = (part: number, doing: Text) =>
    beside(async () => {
      await also(part, doing)
      await sql`update import_run set progress = ${JSON.stringify({ part, doing })}::jsonb where id = ${asked.runId}`.execute(
        heavy.kysely,
      )
    })
  // Read before the transaction: nothing in it asks for a second connection.
  const edition = (await storedEdition(kernel.db, asked.editionId)) ?? (await kernel.edition()).edition
  try {
    // The owner of the schema writes: rows of every unit, facts that no request may write. The right was asked for when the run began.
    return await asOwner(
      heavy,
      async (tx) => {
        // Two writers of one run, a worker and a command line, come one after the other; not by the run's row, which tells the progress meanwhile.
        await sql`select pg_advisory_xact_lock(7106, ${asked.runId})`.execute(tx)
        const run = await runById(tx, asked.runId)
        if (run.state !== 'writing') return null
        const importer = importerOf({ house: kernel }, run.importer)
        await tell(0.05, { zh: '读取文件', en: 'Reading the file' })
        const { taken } = await takenOf(tx, run, importer, run.mapping)
        const result = await importer.write(tx, taken, run.mapping, run.choices, tell, run.file_name, edition)
        await tell(1, { zh: '完成', en: 'Done' })
        forgetBook(run.digest)
        const kept = { ...result, seconds: Math.round((Date.now() - begun) / 100) / 10 }
        await sql`update import_run set state = 'done', rev = rev + 1, updated_at = app_now(), result = ${JSON.stringify(kept)}::jsonb
          where id = ${asked.runId}`.execute(tx)
        await securityEvent(tx, 'import-written', {
          detail: { run: asked.runId, importer: run.importer, file: run.file_name },
        })
        return result
      },
      { userId: asked.userId, personId: asked.personId, editionId: asked.editionId, now: kernel.clock.now() },
    )
  } catch (error) {
    // What the file itself says wrong is told at once; a database that is away, or busy, is tried again.
    const refusal = error instanceof Refusal ? error : refusalOfDatabase(error)
    if (!refusal || refusal.status >= 500 || refusal.code === 'busy') throw error
    await sql`update import_run set state = 'failed', rev = rev + 1, result = ${JSON.stringify({ failure: refusal.text })}::jsonb
      where id = ${asked.runId} and state = 'writing'`.execute(heavy.kysely)
    return null
  }
}

/** The writing as a job; how it ends without having written, the run says by itself (`import_follows_job`). */
export const importJob: HeavyKind = {
  id: 'import',
  label: { zh: '写入导入的文件', en: 'Writing an import' },
  lane: 'import',
  bounds: { memoryMb: 2000, seconds: 3600 },
  async run({ kernel, input, tell }) {
    await writeImport(kernel, input as Asked, tell)
    return {}
  },
}
