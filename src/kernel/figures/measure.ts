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

export interface Ask {
  readonly period: Period
  readonly scope: Scope
  /** Stamp of the facts that is asked for; `null` takes the edition's. */
  readonly basis: string | null
}

/** Exact decimals are strings. `value` is `null` when there is nothing to count, with the reason in `why`. */
export interface Figure {
  readonly value: string | null
  readonly returned?: string
  readonly net?: string
  readonly basis: string | null
  /** The same figure a year before; `null` when there was none. */
  readonly base: string | null
  readonly why?: Text
  /** `seen` of `all` counted lines are in the reader's scope; absent when all are. */
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

/** Computes one KPI from records; a module registers it under the id that the edition names. */
export interface Measure {
  readonly id: string
  /** Record kind whose right opens the rows it counts. */
  readonly kind: string
  compute(ctx: Ctx, ask: Ask): Promise<Figure>
  /** The very rows of the figure account by account and day by day, from after the row `after` on; their sums are the figure. */
  rows(ctx: Ctx, ask: Ask, page: { after: number; limit: number }): Promise<FigureRows>
}

/** What a KPI should reach; a module that sets targets registers one for the KPI. */
export interface TargetSource {
  readonly kpi: string
  /** Exact decimal, or `null` when nothing was set for the period and scope. */
  target(ctx: Ctx, ask: Ask): Promise<string | null>
}
