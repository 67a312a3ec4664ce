import { type RawBuilder, sql } from 'kysely'
import type { Text } from '../../handbook/model.ts'
import type { Ctx } from '../../kernel/context.ts'
import { regionsNames } from '../../kernel/figures/regions.ts'
import { scopeOf } from '../../kernel/rights/may.ts'
import type { PlanRow } from './plan.ts'

/** Sales of the base year by region and quarter as the plan tells regions apart: rows of `unit_id`, `quarter`, `amount`. */
export const regionsLastYear = (plan: PlanRow, basis: string): RawBuilder<unknown> =>
  sql`select ${plan.regions === 'booked' ? sql`m.unit_id` : sql`a.home_unit_id as unit_id`},
      extract(quarter from m.month)::int as quarter, sum(m.amount) as amount
    from sales_month m join account_region a on a.id = m.account_id
    where m.basis = ${basis} and m.month between ${`${plan.base_year}-01-01`}::date and ${`${plan.base_year}-12-31`}::date group by 1, 2`

/** What the figures of last year beside a grid are: by which regions, and that they are a part where the reader does not see all sales. */
export function lastYearNote(ctx: Ctx, plan: PlanRow, kind: 'draft' | 'manager' | 'rep'): Text {
  const how = kind === 'rep' ? { zh: '按客户', en: 'by account' } : regionsNames[plan.regions]
  const part = !scopeOf(ctx, 'order', 'read').all
  return {
    zh: `${plan.base_year} 年销售${how.zh}${part ? '，只含您能看到的客户' : ''}`,
    en: `Sales of ${plan.base_year} ${how.en}${part ? ', of the accounts you may see' : ''}`,
  }
}
