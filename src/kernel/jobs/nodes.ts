import { hostname } from 'node:os'
import { sql } from 'kysely'
import type { Lane } from '../db/database.ts'
import type { Reason } from './heavy.ts'

/** Silent for so long, a node is dead: it tells every ten seconds that it lives, and every second while it works. */
const silence = 30

const given: Reason = {
  status: 500,
  code: 'died',
  text: {
    zh: '没有完成：执行它的程序几次中途结束。稍后再试，仍不行就告知管理员',
    en: 'Not done: the program doing it ended in the middle several times. Try again later; if it stays so, tell the administrator',
  },
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/**
 * Frees what dead nodes hold, of both queues: jobs wait again, or fail with their reason after three tries. A node of this very machine whose
 * process is gone is dead at once, another one after half a minute of silence.
 */
export async function freeDead(lane: Lane, me: string): Promise<void> {
  const here = await sql<{ id: string; pid: number }>`select id, pid from job_node
    where host = ${hostname()} and id <> ${me}`.execute(lane.kysely)
  // A program that was started again in a container may bear the number of the one before it.
  const dead = here.rows.filter(({ pid }) => pid !== process.pid && !lives(pid)).map(({ id }) => id)
  await lane.kysely.transaction().execute(async (tx) => {
    const { rows } = await sql<{ id: string; workers: string[] }>`delete from job_node
      where id = any(${dead}::text[]) or heartbeat < now() - ${silence} * interval '1 second' returning id, workers`.execute(
      tx,
    )
    const workers = rows.flatMap((one) => one.workers)
    if (workers.length > 0)
      await sql`select graphile_worker.force_unlock_workers(${workers}::text[])`.execute(tx)
    await sql`update heavy_job set node = null, progress = null,
        state = case when cancelling then 'cancelled' when attempts >= 3 then 'failed' else 'waiting' end,
        reason = case when not cancelling and attempts >= 3 then ${JSON.stringify(given)}::jsonb end,
        ended_at = case when cancelling or attempts >= 3 then now() end,
        upload = case when cancelling or attempts >= 3 then null else upload end
      where state = 'running' and not exists (select from job_node n where n.id = node)`.execute(tx)
  })
}
