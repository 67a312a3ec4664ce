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

/** Exact decimals are strings. `state` is `n/a` with a reason when there is nothing to count. */
export interface Figure {
  readonly value: string | null
  readonly returned?: string
  readonly net?: string
  readonly basis: string | null
  readonly base: string | null
  readonly target: string | null
  readonly state: 'open' | 'closed' | 'n/a'
  readonly why?: Text
  /** Address of the rows the figure is made of, relative to the API. */
  readonly rows: string
  /** `n` of `m` rows are in the reader's scope; absent when all are. */
  readonly partial?: { readonly seen: number; readonly all: number }
}

/** Computes one KPI from records; a module registers it under the id that the edition names. */
export interface Measure {
  readonly id: string
  readonly kpi: string
  compute(ctx: Ctx, ask: { period: Period; scope: Scope; basis: string | null }): Promise<Figure>
}
