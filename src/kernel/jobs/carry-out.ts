import { sql } from 'kysely'
import type { Lang, Text } from '../../handbook/model.ts'
import type { Kernel } from '../context.ts'
import { beside } from '../db/database.ts'
import { asOwner } from '../db/transaction.ts'
import { refusalOfDatabase } from '../http/problem.ts'
import { Refusal } from '../refusal.ts'
import type { Done, Reason } from './heavy.ts'

/** One try of a job: the number of the try keeps an earlier one, thought dead, from writing its end. */
export interface Try {
  readonly id: number
  readonly attempt: number
}
/** How a try went. `again`: the cause may pass by itself. `defect`: what the log needs to know. */
export type Verdict =
  | { readonly done: true }
  | { readonly done: false; readonly reason: Reason; readonly again: boolean; readonly defect?: string }

/**
 * Does a job that this node has taken, and lays down what comes of it: its file, its answer and that it is done, in one transaction.
 * Does not throw: why it was not done is told as a value, which comes through from another process as it is.
 */
export async function carryOut(kernel: Kernel, { id, attempt }: Try): Promise<Verdict> {
  try {
    const { rows } = await sql<{
      kind: string
      user_id: number | null
      lang: Lang
      input: unknown
      upload: Buffer | null
    }>`select kind, user_id, lang, input, upload from heavy_job where id = ${id} and attempts = ${attempt} and state = 'running'`.execute(
      kernel.db.heavy.kysely,
    )
    const job = rows[0]
    const kind = job && kernel.registry.jobs.get(job.kind)
    if (!kind) throw new Error(`job ${id} is not to be done, or of no known kind`)
    const tell = (part: number, doing: Text) =>
      beside(async () => {
        await sql`update heavy_job set progress = ${JSON.stringify({ part, doing })}::jsonb
          where id = ${id} and attempts = ${attempt}`.execute(kernel.db.heavy.kysely)
      })
    const { lang, input, upload } = job
    const done = await kind.run({
      kernel,
      userId: job.user_id,
      lang,
      input,
      upload: upload && new Uint8Array(upload),
      tell,
    })
    await layDown(kernel, { id, attempt }, done)
    return { done: true }
  } catch (error) {
    return verdictOf(error)
  }
}

const partSize = 1_000_000

function layDown(kernel: Kernel, { id, attempt }: Try, { answer, file }: Done): Promise<void> {
  return asOwner(kernel.db.heavy, async (tx) => {
    const { rows } =
      await sql`update heavy_job set state = 'done', ended_at = now(), used_at = now(), upload = null, progress = null,
        answer = ${answer === undefined ? null : JSON.stringify(answer)}::jsonb, file_name = ${file?.name ?? null}, mime = ${file?.mime ?? null},
        size = ${file?.bytes.length ?? null}
      where id = ${id} and attempts = ${attempt} and state = 'running' returning id`.execute(tx)
    if (rows.length === 0 || !file) return
    for (let part = 0; part * partSize < file.bytes.length; part += 1)
      await sql`insert into heavy_file (job_id, part, bytes)
        values (${id}, ${part}, ${Buffer.from(file.bytes.subarray(part * partSize, (part + 1) * partSize))})`.execute(
        tx,
      )
  })
}

const failed: Reason = {
  status: 500,
  code: 'defect',
  text: {
    zh: '没有完成：程序出错，已记入日志，告知管理员即可查到',
    en: 'Not done: the program failed. It is in the log; tell the administrator',
  },
}

/** What the work says wrong itself is told at once and for good; a database that is away, or busy, is tried again. */
export function verdictOf(error: unknown): Verdict {
  const refusal = error instanceof Refusal ? error : refusalOfDatabase(error)
  if (!refusal)
    return {
      done: false,
      again: false,
      reason: failed,
      defect: error instanceof Error ? (error.stack ?? error.message) : String(error),
    }
  const { status, code, text, faults, detail } = refusal
  return {
    done: false,
    again: status >= 500 || code === 'busy',
    reason: { status, code, text, faults, detail },
  }
}
