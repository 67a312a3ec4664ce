import { sql } from 'kysely'
import type { Lane } from '../db/database.ts'
import type { Try } from './carry-out.ts'

/**
 * Takes the next job of these kinds for a node: the oldest of whoever was served least within ten minutes, so that one who asks for
 * twenty prints does not keep the others waiting behind all of them. Of several askers the least served one counts.
 */
export async function claimNext(
  lane: Lane,
  kinds: readonly string[],
  node: string,
): Promise<(Try & { readonly kind: string }) | undefined> {
  const { rows } = await sql<Try & { kind: string }>`
    with served as (select a.person_id, count(*) as times from heavy_job j join heavy_asker a on a.job_id = j.id
      where j.started_at > now() - interval '10 minutes' group by a.person_id)
    update heavy_job set state = 'running', attempts = attempts + 1, node = ${node}, started_at = coalesce(started_at, now())
    where id = (select j.id from heavy_job j
      where j.state = 'waiting' and j.run_at <= now() and j.kind = any(${kinds}::text[])
      order by (select coalesce(min(coalesce(s.times, 0)), 0) from heavy_asker a left join served s using (person_id)
        where a.job_id = j.id), j.id
      for update of j skip locked limit 1) returning id, kind, attempts as attempt`.execute(lane.kysely)
  return rows[0]
}
