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
  /** Address of the rows the figure is made of, relative to the API. */
  readonly rows: string
  /** `seen` of `all` counted lines are in the reader's scope; absent when all are. */
  readonly partial?: { readonly seen: number; readonly all: number }
}

/** Computes one KPI from records; a module registers it under the id that the edition names. */
export interface Measure {
  readonly id: string
  compute(ctx: Ctx, ask: Ask): Promise<Figure>
}

/** What a KPI should reach; a module that sets targets registers one for the KPI. */
export interface TargetSource {
  readonly kpi: string
  /** Exact decimal, or `null` when nothing was set for the period and scope. */
  target(ctx: Ctx, ask: Ask): Promise<string | null>
}
