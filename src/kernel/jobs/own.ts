import { sql } from 'kysely'
import type { Kernel } from '../context.ts'
import { asOwner } from '../db/transaction.ts'
import { askHeavy } from './ask.ts'
import type { Asked } from './heavy.ts'
import { runnerOf } from './runner.ts'

/** How long the program itself waits for a job before it goes on without, in milliseconds. */
const patienceMs = 60_000

/** Has a job done for the program itself, outside of any transaction. Answers what came of it, `null` when it was not done in time. */
export async function answerForProgram(kernel: Kernel, asked: Asked): Promise<unknown> {
  const { heavy } = kernel.db
  const job = await asOwner(heavy, (tx) => askHeavy({ tx, lang: 'zh' }, asked))
  const read = async () => {
    const { rows } = await sql<{
      answer: unknown
      open: boolean
    }>`select answer, ended_at is null as open from heavy_job
      where id = ${job}`.execute(heavy.kysely)
    return rows[0]
  }
  const found = await read()
  if (!found?.open) return found?.answer ?? null
  const runner = runnerOf(kernel)
  const ended = runner.ended(job, patienceMs)
  runner.wake()
  await ended
  return (await read())?.answer ?? null
}
