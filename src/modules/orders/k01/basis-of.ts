import { type RawBuilder, sql } from 'kysely'
import type { Ctx } from '../../../kernel/context.ts'
import type { Ask, Period } from '../../../kernel/figures/measure.ts'
import { yearBefore } from '../../../kernel/figures/period.ts'
import { basisOfEdition } from '../basis.ts'

/**
 * The basis asked for; else that of the calendar year. A year that nobody has set yet, having no sales, is measured as the year before
 * was, which its plan was built on: on another basis there would be nothing to compare with; else as the edition says.
 */
export function basisOf(ctx: Ctx, { basis, period }: Pick<Ask, 'basis' | 'period'>): RawBuilder<string> {
  if (basis) return sql<string>`${basis}::text`
  const wanted = basisOfEdition(ctx.edition.edition)
  const set = ({ from, to }: Period) => sql`sales_basis(${wanted}, ${from}, ${to})`
  return sql<string>`coalesce(${set(period)}, ${set(yearBefore(period))}, ${wanted}::text)`
}
