import { type RawBuilder, sql } from 'kysely'
import type { Ctx } from '../../../kernel/context.ts'
import type { Ask, Asks, Period } from '../../../kernel/figures/measure.ts'
import { yearBefore } from '../../../kernel/figures/period.ts'
import { scopeOf } from '../../../kernel/rights/may.ts'
import type { Basis } from '../basis.ts'
import { basisOf } from './basis-of.ts'
import { reachOf, within } from './reach.ts'

/** What one ask comes to, in its period and a year before. */
export interface Sums {
  readonly basis: string
  /** What the year counts by; `null` while nobody has set it. */
  readonly set: Basis | null
  readonly amount: string
  readonly returned: string
  readonly net: string
  readonly lines: number
  readonly before: string
  readonly linesBefore: number
  /** Lines that the figure counts over everybody's scopes. */
  readonly all: number
}

type Sql = RawBuilder<unknown>

/** How rows are cut into what belongs to each ask: the columns that they are summed by, how many these are, and what of the sums is an ask's. */
interface Cut {
  readonly keys: Sql
  readonly by: Sql
  readonly from: Sql
  /** What all asks have in common. */
  readonly within: Sql
  readonly match: Sql
}
const anything = sql`true`
const months = sql`sales_month r`
const byUnit = sql`s.unit_id = any(a.units)`
const byPerson = sql`(a.whole or s.owner_id = a.person or s.manager_id = a.person)`
const byMonth = sql`s.month between a.first and a.last`

/** `years` is how many years the rows lie before the asks. */
function cutOf(asks: Asks, years: 0 | 1): Cut {
  const [{ scope, regions }] = asks
  if (asks.some(({ period }) => period.id !== asks[0].period.id))
    return {
      keys: sql`, (month + make_interval(years => ${years}::int))::date as month`,
      by: sql`group by 2`,
      from: months,
      within: within(asks[0]),
      match: byMonth,
    }
  if (scope.kind === 'person')
    return {
      keys: sql`, owner_id, manager_id`,
      by: sql`group by 2, 3`,
      from: months,
      within: anything,
      match: byPerson,
    }
  return regions === 'booked'
    ? { keys: sql`, unit_id`, by: sql`group by 2`, from: months, within: anything, match: byUnit }
    : {
        keys: sql`, h.home_unit_id as unit_id`,
        by: sql`group by 2`,
        from: sql`sales_month r join account_region h on h.id = r.account_id`,
        within: anything,
        match: byUnit,
      }
}

/** A single ask takes what lies within it, as one sum. */
const uncut = (ask: Ask): Cut => ({
  keys: sql``,
  by: sql``,
  from: months,
  within: within(ask),
  match: anything,
})

/** The asks as rows `a`, in their order `n`; `whole` is a person whose figures are the company's. */
export const askedRows = (asks: readonly Ask[]): Sql => {
  const ids = (kind: 'unit' | 'person') =>
    asks.map(({ scope }) => (scope.kind === kind ? scope.id : null)) as number[]
  return sql`select a.*, unit_and_below(unit) as units,
      exists (select from holder h where h.person_id = a.person and h.post = 'SUP') as whole
    from unnest(${ids('unit')}::int[], ${ids('person')}::int[], ${asks.map((one) => one.period.from)}::date[],
      ${asks.map((one) => one.period.to)}::date[]) with ordinality a(unit, person, first, last, n)`
}

/** From the first day of all periods to the last. */
export function stretchOf(periods: readonly Period[]): Pick<Period, 'from' | 'to'> {
  const days = periods.flatMap(({ from, to }) => [from, to]).sort()
  return { from: days[0] as string, to: days.at(-1) as string }
}

/**
 * The sums of all asks in one statement. The months of the period and of the year before are each read once, by themselves: telling the
 * years apart row by row takes longer. Whoever may see all rows need not be told that he sees a part.
 */
export async function sumsOf(ctx: Ctx, asks: Asks): Promise<Sums[]> {
  const [ask, ...others] = asks
  const alone = others.length === 0
  const now = stretchOf(asks.map(({ period }) => period))
  const before = stretchOf(asks.map(({ period }) => yearBefore(period)))
  const seesAll = scopeOf(ctx, 'order', 'read').all
  const summed = ({ from, to }: Pick<Period, 'from' | 'to'>, years: 0 | 1) => {
    const { keys, by, from: rows, within: common } = alone ? uncut(ask) : cutOf(asks, years)
    return sql`select ${years}::int as years ${keys}, sum(amount) as amount, sum(returned) as returned, sum(lines) as lines
      from ${rows} where basis = (select basis from counted) and month between ${from} and ${to}
        and ${common} and ${reachOf(ctx)} ${by}`
  }
  const { match } = alone ? uncut(ask) : cutOf(asks, 0)
  const of = (column: 'amount' | 'returned' | 'lines', years: 0 | 1) =>
    sql`coalesce(sum(s.${sql.raw(column)}) filter (where s.years = ${years}::int), 0)`
  const { scope, regions } = ask
  const ofBranch =
    scope.kind === 'unit' && alone
      ? sql`sales_lines_of_branch(c.basis, ${now.from}, ${now.to}, a.unit)::int`
      : sql`null::int`
  const everybodys = sql`coalesce(${ofBranch}, (select coalesce(sum(s.lines), 0)::int from everybody s where ${
    scope.kind === 'unit' ? byUnit : scope.kind === 'person' ? byPerson : anything
  } and ${byMonth}))`
  const { rows } = await sql<Sums>`with counted as materialized (
      select ${basisOf(ctx, ask)} as basis, sales_basis('', ${ask.period.from}, ${ask.period.to}) as set
    ), asked as materialized (${askedRows(asks)}
    ), summed as materialized (${summed(now, 0)} union all ${summed(before, 1)}
    ) ${
      seesAll
        ? sql``
        : sql`, everybody as materialized (select * from sales_lines_by((select basis from counted), ${now.from}, ${now.to},
            ${scope.kind === 'unit' && regions === 'home'}))`
    }
    select c.basis, c.set, trim_scale(f.amount)::text as amount, trim_scale(f.returned)::text as returned,
      trim_scale(f.amount - f.returned)::text as net, f.lines::int as lines, trim_scale(f.before)::text as before,
      f.lines_before::int as "linesBefore", ${seesAll ? sql`f.lines::int` : everybodys} as all
    from asked a cross join counted c cross join lateral (
      select ${of('amount', 0)} as amount, ${of('returned', 0)} as returned, ${of('lines', 0)} as lines,
        ${of('amount', 1)} as before, ${of('lines', 1)} as lines_before
      from summed s where ${match}) f
    order by a.n`.execute(ctx.tx)
  return rows
}
