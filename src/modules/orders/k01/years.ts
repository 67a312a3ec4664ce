import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/context.ts'
import { reachOf } from './reach.ts'

/** Calendar years that have sales in the reader's scope, latest first. */
export async function yearsOf(ctx: Ctx): Promise<number[]> {
  const { rows } = await sql<{ year: number }>`select y.year from sales_year y where exists (
      select from sales_month r where r.basis = y.basis and r.month between make_date(y.year, 1, 1) and make_date(y.year, 12, 31)
        and ${reachOf(ctx)} and r.lines > 0)
    order by y.year desc`.execute(ctx.tx)
  return rows.map(({ year }) => year)
}
