import { type RawBuilder, sql } from 'kysely'
import type { Ctx } from '../../kernel/context.ts'
import type { Ask, Figure, Measure, Period, Scope } from '../../kernel/figures/measure.ts'
import { yearBefore } from '../../kernel/figures/period.ts'

interface Sums {
  amount: string
  returned: string
  net: string
  lines: number
}

/** Rows of the summary that belong to a scope: a unit with all below it, a person as owner or manager. */
const within = (scope: Scope): RawBuilder<unknown> =>
  scope.kind === 'company'
    ? sql`true`
    : scope.kind === 'unit'
      ? sql`unit_id = any(unit_and_below(${scope.id}))`
      : sql`(owner_id = ${scope.id} or manager_id = ${scope.id}
          or exists (select from holder where person_id = ${scope.id} and post = 'SUP'))`

async function sums(ctx: Ctx, period: Period, scope: Scope, basis: string): Promise<Sums> {
  const { rows } =
    await sql<Sums>`select coalesce(sum(amount), 0)::text as amount, coalesce(sum(returned), 0)::text as returned,
      coalesce(sum(amount) - sum(returned), 0)::text as net, coalesce(sum(lines), 0)::int as lines
    from sales_month where basis = ${basis} and month between ${period.from} and ${period.to} and ${within(scope)}`.execute(
      ctx.tx,
    )
  return rows[0] as Sums
}

/** The basis asked for; else the edition's, when facts carry it; else the only one the facts of the period carry. */
async function basisOf(ctx: Ctx, { basis, period }: Ask): Promise<string> {
  if (basis) return basis
  const wanted = ctx.edition.edition.switches.find((one) => one.id === 'sales.basis')?.value ?? 'acceptance'
  const { rows } = await sql<{ basis: string }>`select distinct basis from sales_month
    where month between ${period.from} and ${period.to}`.execute(ctx.tx)
  const there = rows.map((row) => row.basis)
  return there.includes(wanted) || there.length !== 1 ? wanted : (there[0] as string)
}

/** K01: sales recognised on a basis, from the monthly sums. Undated returns stand beside it and do not lower it. */
export const k01: Measure = {
  id: 'sales.k01',
  async compute(ctx: Ctx, ask: Ask): Promise<Figure> {
    const basis = await basisOf(ctx, ask)
    const now = await sums(ctx, ask.period, ask.scope, basis)
    const before = await sums(ctx, yearBefore(ask.period), ask.scope, basis)
    const all =
      ask.scope.kind === 'company'
        ? (
            await sql<{
              n: number
            }>`select sales_lines(${basis}, ${ask.period.from}, ${ask.period.to}) as n`.execute(ctx.tx)
          ).rows[0]?.n
        : now.lines
    const date = basis === 'order' ? 'ordered_on' : 'shipped_on'
    const rows = `/api/v1/records/order-line?${new URLSearchParams({
      [`${date}.from`]: ask.period.from,
      [`${date}.to`]: ask.period.to,
    })}`
    const partial = all === undefined || all === now.lines ? {} : { partial: { seen: now.lines, all } }
    if (now.lines === 0)
      return {
        value: null,
        basis,
        base: before.lines > 0 ? before.amount : null,
        rows,
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
      base: before.lines > 0 ? before.amount : null,
      rows,
      ...partial,
    }
  },
}
