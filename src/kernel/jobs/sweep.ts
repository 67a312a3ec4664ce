import { sql } from 'kysely'
import type { Lane } from '../db/database.ts'

/** What is kept for the next asker, in bytes over all; the one that was used longest ago goes first. */
const mostKept = 300_000_000

/** Removes what nobody comes for: files of a person's own after a day, jobs after a week, and of what is kept the oldest beyond its bound. */
export async function sweep(lane: Lane): Promise<void> {
  await sql`delete from heavy_file f using heavy_job j where j.id = f.job_id and not j.keep
    and j.ended_at < now() - interval '1 day'`.execute(lane.kysely)
  await sql`delete from heavy_job where ended_at < now() - interval '7 days' and not (keep and state = 'done')`.execute(
    lane.kysely,
  )
  await sql`delete from heavy_job where id in (select id from (
      select id, used_at, sum(coalesce(size, 0) + coalesce(pg_column_size(answer), 0)) over (order by used_at desc, id desc) as upto
      from heavy_job where keep and state = 'done') kept where upto > ${mostKept} or used_at < now() - interval '90 days')`.execute(
    lane.kysely,
  )
}
