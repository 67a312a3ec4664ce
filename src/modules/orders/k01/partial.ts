import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/context.ts'
import type { Ask, Figure } from '../../../kernel/figures/measure.ts'
import { reachOf } from './reach.ts'
import { askedRows, stretchOf } from './sums.ts'

type Partial = NonNullable<Figure['partial']>

/** For figures of which the reader sees a part, in their order: of how many accounts he sees every sale. All are of one basis and kind. */
export async function partialsOf(ctx: Ctx, asks: readonly Ask[], basis: string): Promise<Partial[]> {
  const [first] = asks
  if (!first) return []
  const { from, to } = stretchOf(asks.map(({ period }) => period))
  const home = first.scope.kind === 'unit' && first.regions === 'home'
  const { rows } = await sql<Partial>`with asked as materialized (${askedRows(asks)}
    ), mine as materialized (
      select a.n, r.account_id, sum(r.lines) as lines
      from sales_month r ${first.scope.kind === 'unit' ? sql`join account_region h on h.id = r.account_id` : sql``}
        join asked a on r.month between a.first and a.last
          and ${first.scope.kind === 'unit' ? sql`(${home ? sql`h.home_unit_id` : sql`r.unit_id`} = any(a.units) or h.branch_id = a.unit)` : sql`true`}
          and (a.person is null or a.whole or r.owner_id = a.person or r.manager_id = a.person)
      where r.basis = ${basis} and r.month between ${from} and ${to} and ${reachOf(ctx)} group by 1, 2
    ) select count(*)::int as all, count(*) filter (where e.lines = m.lines)::int as seen
    from asked a cross join lateral sales_accounts_of(${basis}, a.first, a.last, case when a.unit is not null then a.units end, a.unit, ${home},
        case when not a.whole then a.person end) e
      left join mine m on m.n = a.n and m.account_id = e.account_id
    group by a.n order by a.n`.execute(ctx.tx)
  return rows
}
