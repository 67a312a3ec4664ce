import { sql } from 'kysely'
import type { Ctx } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { Refusal } from '../refusal.ts'
import type { Asked } from './heavy.ts'

/** Open jobs that one person may have; more than anybody reads, fewer than keep the others waiting for an hour. */
const mostOpen = 20

/**
 * Asks for a job in the asker's transaction: it exists exactly when the transaction commits.
 * @returns id of the kept one, of the one that is open already, or of a new one
 * @throws Refusal 429 when the asker has too many open
 */
export async function askHeavy(ctx: Pick<Ctx, 'tx' | 'lang'>, asked: Asked): Promise<number> {
  const { rows } = await sql<{
    id: number | null
  }>`select ask_heavy(${asked.kind}, ${asked.key}, ${asked.keep ?? false}, ${ctx.lang},
    ${JSON.stringify(asked.input)}::json, ${asked.upload ? Buffer.from(asked.upload) : null}::bytea, ${mostOpen}::int) as id`.execute(
    ctx.tx,
  )
  const id = rows[0]?.id
  if (id) return id
  throw new Refusal(429, 'too-many-jobs', {
    zh: `您已有 ${mostOpen} 项工作在排队，等其中一项完成或取消后再来`,
    en: `You have ${mostOpen} pieces of work waiting already. Come again when one is done, or cancel one`,
  })
}

/** Takes an asker's wish back; the job stops when nobody else wants it. Answers whether it was still open. */
export async function cancelHeavy(tx: Tx, id: number): Promise<boolean> {
  const { rows } = await sql<{ open: boolean }>`select cancel_heavy(${id}) as open`.execute(tx)
  return rows[0]?.open ?? false
}
