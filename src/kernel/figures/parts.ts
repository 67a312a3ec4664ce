import { sql } from 'kysely'
import type { Text } from '../../handbook/model.ts'
import type { Ctx } from '../context.ts'
import { periodOf } from './period.ts'
import { nameOf, type Place, readPlaces } from './read.ts'
import { figureScope } from './scope.ts'
import type { KpiFigure, KpiPartsQuery } from './wire.ts'

/** Scopes and periods that a figure of a whole is shown by. */
async function partsOf(ctx: Ctx, said: KpiPartsQuery): Promise<Place[]> {
  const { period, scope, by } = said
  if (by === 'month' || by === 'quarter') {
    const { from, to } = periodOf(period)
    const year = from.slice(0, 4)
    const [first, last] = [Number(from.slice(5, 7)), Number(to.slice(5, 7))]
    const name = await nameOf(ctx, figureScope(scope))
    const periods =
      by === 'month'
        ? Array.from(
            { length: last - first + 1 },
            (_, at) => `${year}-${String(first + at).padStart(2, '0')}`,
          )
        : [1, 2, 3, 4].map((quarter) => `${year}-Q${quarter}`)
    return periods.map((one) => ({ scope, period: one, name }))
  }
  const { rows } =
    by === 'region'
      ? await sql<Text & { scope: string }>`select 'unit:' || id as scope, name_zh as zh,
          coalesce(nullif(name_en, ''), name_zh) as en
        from unit where level = 'region' and (closed_on is null or closed_on > app_today()) order by id`.execute(
          ctx.tx,
        )
      : await sql<Text & { scope: string }>`select 'person:' || p.id as scope, p.name as zh,
          coalesce(nullif(p.name_en, ''), p.name) as en
        from (select person_id, min(seat_id) as seat from holder where post = ${by === 'manager' ? 'KAM' : 'REP'} group by 1) h
          join person p on p.id = h.person_id order by h.seat`.execute(ctx.tx)
  return rows.map((row) => ({ scope: row.scope, period, name: { zh: row.zh, en: row.en } }))
}

/**
 * The parts of one figure: by region, manager or representative, by the quarters of its year, or month by month. Each is a figure of its
 * own, and all are computed together.
 */
export const readKpiParts = async (ctx: Ctx, said: KpiPartsQuery): Promise<KpiFigure[]> =>
  readPlaces(ctx, said, await partsOf(ctx, said))
