import Big from 'big.js'
import { sql } from 'kysely'
import type { Kpi, Text } from '../../handbook/model.ts'
import type { Ctx } from '../context.ts'
import { notFound, Refusal } from '../refusal.ts'
import type { Ask, Asks, Figure, Measure, Regions, Scope, Target } from './measure.ts'
import { periodOf } from './period.ts'
import { regionsFor, regionsNames } from './regions.ts'
import { figureScope } from './scope.ts'
import type { KpiCrossing, KpiCrossingQuery, KpiFigure, KpiList, KpiRows, KpiRowsQuery } from './wire.ts'

const basisNames: Record<string, Text> = {
  order: { zh: '按下单', en: 'by order date' },
  shipment: { zh: '按发货', en: 'by shipment' },
  acceptance: { zh: '按验收', en: 'by acceptance' },
}

const ratio = (part: string, whole: string): string | null =>
  new Big(whole).eq(0) ? null : new Big(part).div(whole).round(4).toString()

const growthOf = (value: string, base: string): string | null =>
  new Big(base).eq(0) ? null : new Big(value).minus(base).div(new Big(base).abs()).round(4).toString()

/** Every KPI of the edition; those not computed yet say so. */
export const listKpis = (ctx: Ctx): KpiList => ({
  items: ctx.edition.edition.kpis.map(({ id, name, unit, formula, adoption, periods }) => ({
    id,
    name,
    unit,
    formula,
    adoption,
    periods: [...periods],
  })),
})

interface Said {
  readonly kpi: string
  readonly basis?: string | undefined
  readonly regions?: Regions | undefined
}

/** One period and scope of a figure, with the scope's name. */
export interface Place {
  readonly period: string
  readonly scope: string
  readonly name: Text
}

function computed(ctx: Ctx, id: string): { kpi: Kpi; measure: Measure } {
  const kpi = ctx.edition.edition.kpis.find((one) => one.id === id)
  if (!kpi) throw notFound()
  const measure = kpi.measure ? ctx.house.registry.measures.get(kpi.measure) : undefined
  if (!measure)
    throw new Refusal(422, 'not-computed', {
      zh: `${kpi.id} ${kpi.name.zh} 在这一版手册里只是写明，还没有计算`,
      en: `${kpi.id} ${kpi.name.en} is described in this edition and not computed yet`,
    })
  return { kpi, measure }
}

/** What computes a KPI. @throws Refusal 404 for an unknown KPI; 422 for one that is only described */
export const measureOf = (ctx: Ctx, id: string): Measure => computed(ctx, id).measure

/** @throws Refusal 422 for a period or scope that cannot be read */
async function askOf(
  ctx: Ctx,
  said: Said & { readonly period: string; readonly scope: string },
): Promise<Ask> {
  const period = periodOf(said.period)
  const scope = figureScope(said.scope)
  const year = Number(period.from.slice(0, 4))
  return {
    period,
    scope,
    basis: said.basis ?? null,
    regions: await regionsFor(ctx, said.kpi, { scope, year }, said.regions),
  }
}

const moneyOf = (ctx: Ctx, kpi: Kpi) => {
  const currency = kpi.unit === 'money' ? ctx.edition.edition.currency : null
  return <T extends string | null | undefined>(amount: T) =>
    amount === null || amount === undefined ? null : { amount: amount as string, currency }
}

/**
 * One KPI of the effective edition, computed from records in the reader's scope.
 * @throws Refusal 404 for an unknown KPI, unit or person; 422 for a KPI that is only described, or a period it is not kept for
 */
export async function readKpi(
  ctx: Ctx,
  said: Said & { readonly period: string; readonly scope: string },
): Promise<KpiFigure> {
  const name = await nameOf(ctx, figureScope(said.scope))
  const [figure] = await readPlaces(ctx, said, [{ period: said.period, scope: said.scope, name }])
  return figure as KpiFigure
}

/**
 * The figures of several places of one kind, in their order: the periods of one year, or the scopes of one kind.
 * @throws Refusal as above
 */
export async function readPlaces(ctx: Ctx, said: Said, places: readonly Place[]): Promise<KpiFigure[]> {
  const { kpi, measure } = computed(ctx, said.kpi)
  const [first, ...more] = places
  if (!first) return []
  const lead = await askOf(ctx, { ...said, ...first })
  const asks: Asks = [
    lead,
    ...more.map((place) => ({
      ...lead,
      period: periodOf(place.period),
      scope: figureScope(place.scope),
    })),
  ]
  const figures = await measure.compute(ctx, asks)
  const targets = await ctx.house.registry.targets.get(kpi.id)?.targets(ctx, asks)
  return asks.map((ask, index) =>
    present(ctx, kpi, places[index] as Place, ask, figures[index] as Figure, targets?.[index]),
  )
}

function present(
  ctx: Ctx,
  kpi: Kpi,
  place: Place,
  ask: Ask,
  figure: Figure,
  target: Target = { amount: null },
): KpiFigure {
  const { value } = figure
  const money = moneyOf(ctx, kpi)
  const regions = ask.scope.kind === 'unit' ? ask.regions : null
  return {
    kpi: kpi.id,
    name: kpi.name,
    period: ask.period.id,
    scope: place.scope,
    scopeName: place.name,
    basis: figure.basis,
    basisName: figure.basis ? (basisNames[figure.basis] ?? null) : null,
    regions,
    regionsName: regions && regionsNames[regions],
    value: money(value),
    returned: money(figure.returned),
    net: money(figure.net),
    unit: kpi.unit,
    target: money(target.amount),
    targetWhy: target.why ?? null,
    reached: value !== null && target.amount !== null ? ratio(value, target.amount) : null,
    base: money(figure.base),
    growth: value !== null && figure.base !== null ? growthOf(value, figure.base) : null,
    state: value === null ? 'n/a' : ask.period.to < ctx.clock.today() ? 'closed' : 'open',
    why: figure.why ?? null,
    edition: ctx.edition.edition.number,
    formula: kpi.formula,
    rows: `/api/v1/kpis/rows?${new URLSearchParams({
      kpi: kpi.id,
      period: ask.period.id,
      scope: place.scope,
      ...(figure.basis ? { basis: figure.basis } : {}),
      ...(regions ? { regions } : {}),
    })}`,
    partial: figure.partial ?? null,
  }
}

/** The rows of one KPI page by page, in the reader's scope; their sums are the figure that `readKpi` gives. */
export async function readKpiRows(ctx: Ctx, said: KpiRowsQuery): Promise<KpiRows> {
  const { kpi, measure } = computed(ctx, said.kpi)
  const ask = await askOf(ctx, said)
  await nameOf(ctx, ask.scope)
  const currency = kpi.unit === 'money' ? ctx.edition.edition.currency : null
  const money = (amount: string) => ({ amount, currency })
  const page = { after: Number(said.cursor ?? 0), limit: said.limit + 1 }
  const { items, total, sums } = await measure.rows(ctx, ask, page)
  const shown = items.slice(0, said.limit)
  return {
    items: shown.map((row) => ({ ...row, amount: money(row.amount) })),
    next: items.length > said.limit ? String(shown.at(-1)?.id) : null,
    total,
    sums: { value: money(sums.value), returned: money(sums.returned) },
  }
}

/** What of a figure counts in another region on the other basis of regions: why the two differ. */
export async function readKpiCrossing(ctx: Ctx, said: KpiCrossingQuery): Promise<KpiCrossing> {
  const { kpi, measure } = computed(ctx, said.kpi)
  const ask = await askOf(ctx, said)
  await nameOf(ctx, ask.scope)
  const { accounts, value } = await measure.crossing(ctx, ask)
  return {
    accounts,
    value: { amount: value, currency: kpi.unit === 'money' ? ctx.edition.edition.currency : null },
  }
}

/** @throws Refusal 404 for an unknown unit or person */
export async function nameOf(ctx: Ctx, scope: Scope): Promise<Text> {
  if (scope.kind === 'company') return { zh: '全公司', en: 'Company' }
  const { rows } =
    scope.kind === 'unit'
      ? await sql<Text>`select name_zh as zh, coalesce(nullif(name_en, ''), name_zh) as en from unit where id = ${scope.id}`.execute(
          ctx.tx,
        )
      : await sql<Text>`select name as zh, coalesce(nullif(name_en, ''), name) as en from person where id = ${scope.id}`.execute(
          ctx.tx,
        )
  if (!rows[0]) throw notFound()
  return rows[0]
}
