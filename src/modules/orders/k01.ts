import { type RawBuilder, sql } from 'kysely'
import type { Ctx } from '../../kernel/context.ts'
import type { Ask, Figure, FigureRow, Measure, Period, Scope } from '../../kernel/figures/measure.ts'
import { yearBefore } from '../../kernel/figures/period.ts'
import { type Scope as Seen, scopeOf } from '../../kernel/rights/may.ts'
import { type Basis, basisOfEdition, basisWords } from './basis.ts'

interface Sums {
  basis: string
  /** What the year counts by; `null` while nobody has set it. */
  set: Basis | null
  amount: string
  returned: string
  net: string
  lines: number
  before: string
  linesBefore: number
  /** Lines that the figure counts over everybody's scopes. */
  all: number
}

interface Whole {
  total: number
  value: string
  returned: string
  accounts: number[]
}

/** Rows that belong to a scope: a unit with all below it, found once and not once per row; a person as owner or manager. */
const within = (scope: Scope): RawBuilder<unknown> =>
  scope.kind === 'company'
    ? sql`true`
    : scope.kind === 'unit'
      ? sql`(unit_id = any((select unit_and_below(${scope.id}))::int[])
          or account_id in (select id from account where branch_id = ${scope.id}))`
      : sql`(owner_id = ${scope.id} or manager_id = ${scope.id}
          or exists (select from holder where person_id = ${scope.id} and post = 'SUP'))`

/** The reader's reach, said once more in values: row security alone would read all there is and throw away what is not his. */
const reachOf = (seen: Seen): RawBuilder<unknown> =>
  seen.all
    ? sql`true`
    : sql`(unit_id = any(${seen.units as number[]}::int[]) or account_id in (select reached_account('order', 'read')))`

const seenBy = (ctx: Ctx) => scopeOf(ctx, 'order', 'read')

/** The period and the year before in one statement. Whoever may see all rows need not be told that he sees a part. */
async function sums(ctx: Ctx, ask: Ask): Promise<Sums> {
  const { period, scope } = ask
  const before = yearBefore(period)
  const seen = seenBy(ctx)
  // Two plain sums: telling the years apart row by row takes longer than reading each by its months.
  const rowsOf = ({ from, to }: Period) => sql`from sales_month r
    where basis = (select basis from asked) and month between ${from} and ${to} and ${within(scope)} and ${reachOf(seen)}`
  const { rows } = await sql<Sums>`with asked as materialized (select ${basisOf(ctx, ask)} as basis)
      select (select basis from asked) as basis, sales_basis('', ${period.from}, ${period.to}) as set, trim_scale(n.amount)::text as amount, trim_scale(n.returned)::text as returned,
      trim_scale(n.amount - n.returned)::text as net, n.lines::int as lines,
      trim_scale(b.amount)::text as before, b.lines::int as "linesBefore",
      ${
        seen.all
          ? sql`n.lines::int`
          : sql`sales_lines_of((select basis from asked), ${period.from}, ${period.to}, ${scope.kind === 'unit' ? scope.id : null}::int,
              ${scope.kind === 'person' ? scope.id : null}::int)`
      } as all
    from (select coalesce(sum(amount), 0) as amount, coalesce(sum(returned), 0) as returned, coalesce(sum(lines), 0) as lines
        ${rowsOf(period)}) n,
      (select coalesce(sum(amount), 0) as amount, coalesce(sum(lines), 0) as lines ${rowsOf(before)}) b`.execute(
    ctx.tx,
  )
  return rows[0] as Sums
}

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

const period = (ask: Ask): string => ask.period.from.slice(0, 4)

/** K01: sales recognised on a basis, from the monthly sums. Undated returns stand beside it and do not lower it. */
export const k01: Measure = {
  id: 'sales.k01',
  kind: 'order',
  async compute(ctx: Ctx, ask: Ask): Promise<Figure> {
    const now = await sums(ctx, ask)
    const { basis } = now
    const { set } = now
    // What stands on another basis than the year's is left over from before and no figure of the year.
    if (set !== null && set !== basis)
      return {
        value: null,
        basis,
        base: null,
        why: {
          zh: `${period(ask)} 年的销售${basisWords[set].zh}计，没有别的口径的数`,
          en: `Sales of ${period(ask)} count ${basisWords[set].en}; there is no figure on another basis`,
        },
      }
    const base = now.linesBefore > 0 ? now.before : null
    const partial = now.all === now.lines ? {} : { partial: { seen: now.lines, all: now.all } }
    if (now.lines === 0)
      return {
        value: null,
        basis,
        base,
        ...partial,
        why: {
          zh: '这个期间和范围里没有您能看到的销售记录',
          en: 'There are no sales you may see in this period and scope',
        },
      }
    return {
      value: now.amount,
      returned: now.returned,
      net: now.net,
      basis,
      base,
      ...partial,
    }
  },
  async rows(ctx, ask, { after, limit }) {
    const { period, scope } = ask
    const basis = (await sql<{ basis: string }>`select ${basisOf(ctx, ask)} as basis`.execute(ctx.tx)).rows[0]
      ?.basis as string
    const mine = sql`${within(scope)} and ${reachOf(seenBy(ctx))}`
    // A period is made of whole months, so their sums tell how many rows there are, what they come to, and which accounts hold this page:
    // the one that the last page ended in, and as many after it as fill the page.
    const whole = await sql<Whole>`with part as materialized (
        select account_id, sum(facts) as facts, sum(amount) as amount, sum(returned) as returned from sales_month r
        where basis = ${basis} and month between ${period.from} and ${period.to} and ${mine} group by 1),
      last as (select account_id from sales_fact where id = ${after}),
      ahead as (select account_id, sum(facts) over (order by account_id) - facts as before from part
        where account_id > coalesce((select account_id from last), 0))
      select coalesce(sum(facts), 0)::int as total, trim_scale(coalesce(sum(amount), 0))::text as value,
        trim_scale(coalesce(sum(returned), 0))::text as returned,
        array(select account_id from last union all (select account_id from ahead where before < ${limit} order by 1)) as accounts
      from part`.execute(ctx.tx)
    const { total, accounts, ...sums } = whole.rows[0] as Whole
    const further =
      after === 0
        ? sql`true`
        : sql`(account_id, happened_on, id) > (select x.account_id, x.happened_on, x.id from sales_fact x where x.id = ${after})`
    // What the reader may not see of a fact's account, owner or line stays without a name.
    const { rows } = await sql<FigureRow>`select f.id, f.happened_on as on,
        case f.kind when 'sale' then 'value' else 'returned' end as part, trim_scale(f.amount)::text as amount,
        jsonb_build_object('kind', 'order-line', 'id', f.line_id, 'title', coalesce(l.product_name, '')) as record,
        jsonb_build_object('id', f.account_id, 'title', coalesce(a.name, '')) as account,
        jsonb_build_object('id', f.unit_id, 'title', ${ctx.lang === 'en' ? sql`u.name_en` : sql`u.name_zh`}) as unit,
        case when f.owner_id is null then null else jsonb_build_object('id', f.owner_id, 'title', coalesce(called(p), '')) end as owner
      from (select * from sales_fact r where basis = ${basis} and happened_on between ${period.from} and ${period.to}
        and account_id = any(${accounts}::int[]) and ${mine} and ${further} order by account_id, happened_on, id limit ${limit}) f
      left join order_line l on l.id = f.line_id left join account a on a.id = f.account_id
      left join unit u on u.id = f.unit_id left join person p on p.id = f.owner_id order by f.account_id, f.happened_on, f.id`.execute(
      ctx.tx,
    )
    return { items: rows, total, sums }
  },
}
