import type { Kernel } from '../src/kernel/context.ts'
import { writeImport } from '../src/kernel/exchange/jobs.ts'
import { openRun, type RunRow, runById, tryRun, writeRun } from '../src/kernel/exchange/runs.ts'
import { acting } from './people.ts'

/** Opens a file and tries it with the guessed mapping, as the head of key accounts would. */
export async function tried(
  kernel: Kernel,
  importer: string,
  fileName: string,
  bytes: Uint8Array,
  choices: Record<string, unknown> = {},
): Promise<RunRow> {
  const id = await acting(kernel, 'sup', (ctx) => openRun(ctx, importer, fileName, bytes))
  return acting(kernel, 'sup', async (ctx) => {
    const { rev, mapping } = await runById(ctx.tx, id)
    await tryRun(ctx, id, { rev, mapping, choices })
    return runById(ctx.tx, id)
  })
}

/** Writes a tried file, faulty rows left out, with the owners chosen by key; `asked` is the job, to be done once more. */
export async function written(
  kernel: Kernel,
  run: { id: number; rev: number },
  owners: Record<string, number> = {},
) {
  const asked = await acting(kernel, 'sup', async (ctx) => {
    await writeRun(ctx, run.id, { rev: run.rev, leaveOutFaulty: true, owners })
    return {
      runId: run.id,
      editionId: ctx.edition.id,
      userId: ctx.actor.userId,
      personId: ctx.actor.personId,
    }
  })
  return { asked, result: await writeImport(kernel, asked) }
}
