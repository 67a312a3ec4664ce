import type { Text } from '../../handbook/model.ts'
import type { Ctx } from '../context.ts'

/** A period of the calendar, both ends included, `YYYY-MM-DD`. */
export interface Period {
  readonly id: string
  readonly from: string
  readonly to: string
}

export type Scope =
  | { readonly kind: 'company' }
  | { readonly kind: 'unit'; readonly id: number }
  | { readonly kind: 'person'; readonly id: number }

/** The region a fact counts in: the unit that it was booked in, or the unit that its record belongs to today. */
export type Regions = 'booked' | 'home'

export interface Ask {
  readonly period: Period
  readonly scope: Scope
  /** Stamp of the facts that is asked for; `null` takes the edition's. */
  readonly basis: string | null
  /** How units are told apart; without meaning where no unit is asked for. */
  readonly regions: Regions
}

/** Asks that are answered together: several periods of one year in one scope, or several scopes of one kind in one period. */
export type Asks = readonly [Ask, ...Ask[]]

/** Exact decimals are strings. `value` is `null` when there is nothing to count, with the reason in `why`. */
export interface Figure {
  readonly value: string | null
  readonly returned?: string
  readonly net?: string
  readonly basis: string | null
  /** The same figure a year before; `null` when there was none. */
  readonly base: string | null
  readonly why?: Text
  /** Of `all` accounts that it covers, the sales of `seen` lie wholly in the reader's scope; absent when all do, or when he sees none at all. */
  readonly partial?: { readonly seen: number; readonly all: number }
}

/** One of the rows a figure is made of; a correction is a row of its own with the opposite sign. */
export interface FigureRow {
  readonly id: number
  readonly on: string
  /** What the row counts as: `value`, or `returned` beside it. */
  readonly part: 'value' | 'returned'
  readonly amount: string
  readonly record: { readonly kind: string; readonly id: number; readonly title: string }
  readonly account: Named | null
  readonly unit: Named | null
  readonly owner: Named | null
}
type Named = { readonly id: number; readonly title: string }

export interface FigureRows {
  readonly items: FigureRow[]
  readonly total: number
  readonly sums: { readonly value: string; readonly returned: string }
}

/** Accounts that count in another region on the other basis of regions, and what they come to within the figure. */
export interface Crossing {
  readonly accounts: number
  readonly value: string
}

/** Computes one KPI from records; a module registers it under the id that the edition names. */
export interface Measure {
  readonly id: string
  /** Record kind whose right opens the rows it counts. */
  readonly kind: string
  /** The figures of all asks, in their order, in a number of statements that does not grow with them. */
  compute(ctx: Ctx, asks: Asks): Promise<Figure[]>
  /** The very rows of the figure account by account and day by day, from after the row `after` on; their sums are the figure. */
  rows(ctx: Ctx, ask: Ask, page: { after: number; limit: number }): Promise<FigureRows>
  /** What of the figure would count in another region on the other basis of regions, in the reader's scope. */
  crossing(ctx: Ctx, ask: Ask): Promise<Crossing>
  /** Calendar years that have facts in the reader's scope, latest first. */
  years(ctx: Ctx): Promise<number[]>
}

/** Exact decimal, or `null` when nothing was set for the period and scope; `why` where something was set that cannot be compared. */
export interface Target {
  readonly amount: string | null
  readonly why?: Text
}

/** What a KPI should reach; a module that sets targets registers one for the KPI. */
export interface TargetSource {
  readonly kpi: string
  /** The targets of all asks, in their order. */
  targets(ctx: Ctx, asks: Asks): Promise<Target[]>
  /** By which regions the targets of a calendar year are set; `null` where none are. */
  regions(ctx: Ctx, year: number): Promise<Regions | null>
  /** Calendar years for which the scope has a target that the reader may see, latest first. */
  years(ctx: Ctx, scope: Scope): Promise<number[]>
}
