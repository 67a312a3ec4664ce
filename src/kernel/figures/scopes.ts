import { sql } from 'kysely'
import type { Ctx } from '../context.ts'
import { measureOf } from './read.ts'
import type { KpiScopes } from './wire.ts'

/**
 * What the reader may ask a KPI of by the reach of his posts: the company for who sees all rows, the regions of his units, the
 * managers and representatives within, himself. His own scope comes first; nobody is shown a part under the name of the whole.
 * @throws Refusal 404 for an unknown KPI; 422 for one that is only described
 */
export async function readKpiScopes(ctx: Ctx, id: string): Promise<KpiScopes> {
  const { kind } = measureOf(ctx, id)
  const { rows } = await sql<{
    scope: string
    zh: string
    en: string
    level: KpiScopes['items'][number]['level']
  }>`with mine as materialized (
      select r."all", r.units, r.managed, r.own,
        (select coalesce(array_agg(distinct u), '{}') from holder h cross join lateral unnest(h.covers) u
          where h.person_id = app_person()) as covers
      from app_reach(${kind}, 'read') r
    ), held as (
      select h.post, h.person_id, min(h.seat_id) as seat_id, array_agg(h.unit_id) as at
      from holder h where h.post in ('KAM', 'REP') group by 1, 2
    ), offered as (
      select 0 as rank, 0 as place, 'company' as scope, '全公司' as zh, 'Company' as en, 'company' as level from mine where "all"
      union all
      select case when "all" then 1 else 0 end, u.id, 'unit:' || u.id, u.name_zh, u.name_en, 'region' from unit u, mine
      where (u.closed_on is null or u.closed_on > app_today()) and ("all" and u.level = 'region' or u.id = any(units)
        and (u.level = 'region' or exists (select from holder h where h.person_id = app_person() and h.unit_id = u.id)))
      union all
      select case when h.person_id = app_person() then 0 when h.post = 'KAM' then 2 else 3 end, h.seat_id, 'person:' || h.person_id,
        p.name, p.name_en, case h.post when 'KAM' then 'manager' else 'rep' end
      from held h join person p on p.id = h.person_id, mine
      where "all" or h.person_id in (managed, own)
        or h.post = 'REP' and (h.at && mine.units or managed is not null and h.at && covers)
      union all
      select 4, 0, 'person:' || p.id, p.name, p.name_en, 'person' from person p, mine
      where p.id in (managed, own) and p.id not in (select person_id from held)
    )
    select scope, zh, coalesce(nullif(en, ''), zh) as en, level from offered order by rank, place`.execute(
    ctx.tx,
  )
  return { items: rows.map(({ scope, zh, en, level }) => ({ scope, name: { zh, en }, level })) }
}
