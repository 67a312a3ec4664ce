import { type RawBuilder, sql } from 'kysely'
import type { Ctx } from '../../../kernel/context.ts'
import type { Ask, Regions } from '../../../kernel/figures/measure.ts'
import { scopeOf } from '../../../kernel/rights/may.ts'

/**
 * Rows of `sales_month` or `sales_fact` that belong to a scope: a unit with all below it, found once and not once per row, and with what a branch
 * supports; a person as owner or manager.
 */
export const within = ({ scope, regions }: Pick<Ask, 'scope' | 'regions'>): RawBuilder<unknown> =>
  scope.kind === 'company'
    ? sql`true`
    : scope.kind === 'unit'
      ? sql`(${inUnits(sql`(select unit_and_below(${scope.id}))::int[]`, regions)}
          or account_id in (select id from account_region where branch_id = ${scope.id}))`
      : sql`(owner_id = ${scope.id} or manager_id = ${scope.id}
          or exists (select from holder where person_id = ${scope.id} and post = 'SUP'))`

const inUnits = (units: RawBuilder<unknown>, regions: Regions): RawBuilder<unknown> =>
  regions === 'booked'
    ? sql`unit_id = any(${units})`
    : sql`account_id in (select id from account_region where home_unit_id = any(${units}))`

/** The reader's reach, said once more in values: row security alone would read all there is and throw away what is not his. */
export function reachOf(ctx: Ctx): RawBuilder<unknown> {
  const seen = scopeOf(ctx, 'order', 'read')
  return seen.all
    ? sql`true`
    : sql`(unit_id = any(${seen.units as number[]}::int[]) or account_id in (select reached_account('order', 'read')))`
}
