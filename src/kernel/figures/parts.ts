import { sql } from 'kysely'
import type { Ctx } from '../context.ts'
import { periodOf } from './period.ts'
import { readKpi } from './read.ts'
import type { KpiFigure, KpiPartsQuery } from './wire.ts'

/** Scopes and periods that a figure of a whole is shown by. */
async function partsOf(ctx: Ctx, said: KpiPartsQuery): Promise<{ scope: string; period: string }[]> {
  const { period, scope, by } = said
  if (by === 'month') {
    const { from, to } = periodOf(period)
    const [first, last] = [Number(from.slice(5, 7)), Number(to.slice(5, 7))]
    return Array.from({ length: last - first + 1 }, (_, index) => ({
      scope,
      period: `${from.slice(0, 4)}-${String(first + index).padStart(2, '0')}`,
    }))
  }
  if (by === 'quarter')
    return [1, 2, 3, 4].map((quarter) => ({ scope, period: `${period.slice(0, 4)}-Q${quarter}` }))
  const { rows } =
    by === 'region'
      ? await sql<{ scope: string }>`select 'unit:' || id as scope from unit where level = 'region'
          and (closed_on is null or closed_on > app_now()::date) order by id`.execute(ctx.tx)
      : await sql<{ scope: string }>`select 'person:' || person_id as scope from holder
          where post = ${by === 'manager' ? 'KAM' : 'REP'} group by person_id order by min(seat_id)`.execute(
          ctx.tx,
        )
  return rows.map((row) => ({ ...row, period }))
}

/** The parts of one figure: by region, manager or representative, by the quarters of its year, or month by month. Each is a figure of its own. */
export async function readKpiParts(ctx: Ctx, said: KpiPartsQuery): Promise<KpiFigure[]> {
  const figures: KpiFigure[] = []
  for (const part of await partsOf(ctx, said))
    figures.push(await readKpi(ctx, { kpi: said.kpi, ...part, ...(said.basis ? { basis: said.basis } : {}) }))
  return figures
}
