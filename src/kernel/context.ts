import type { Edition, Lang, Verb } from '../handbook/model.ts'
import type { Clock } from './clock.ts'
import type { Database, Tx } from './db/database.ts'
import type { Can } from './db/transaction.ts'
import type { Shelf } from './handbook/stored.ts'

/** One post a person holds today, in one unit. */
export interface HeldPost {
  readonly post: string
  readonly seatId: number
  readonly unitId: number
}

/** Who acts: a signed-in user and the person behind it, with the posts of the business date. */
export interface Actor {
  readonly userId: number
  readonly personId: number
  readonly login: string
  readonly name: string
  readonly lang: Lang
  readonly posts: readonly HeldPost[]
}

/** The edition the department works by today. */
export interface EffectiveEdition {
  readonly id: number
  readonly edition: Edition
}

/** Passed explicitly to every command and query: one transaction under one actor. */
export interface Ctx {
  readonly tx: Tx
  readonly actor: Actor
  /** What the actor's posts let him do, settled at the transaction's beginning. */
  readonly can: Can
  readonly clock: Clock
  readonly edition: EffectiveEdition
  readonly lang: Lang
  /** Where the request comes from, for the security log; none at the terminal and in jobs. */
  readonly address: string | null
  readonly house: House
}

/**
 * What lives as long as the program and may be asked inside a transaction. It has no way to the database on purpose: a request that holds
 * a connection and waits for a second one stops the program as soon as enough of them do so at once.
 */
export interface House {
  readonly clock: Clock
  /** Record kinds, importers, acts and measures that modules brought. */
  readonly registry: Registry
  /** Editions that were read already. */
  readonly shelf: Shelf
}

/** What the composition root hands down: no container, just the things that live as long as the program. */
export interface Kernel {
  readonly db: Database
  readonly clock: Clock
  /** The effective edition; reads a cache that publishing refreshes. Throws a Refusal when none is published. */
  edition(): Promise<EffectiveEdition>
  readonly registry: Registry
}

/** One person's work that opens its own short transactions, one after the other, and holds no connection in between. */
export interface Acting {
  readonly kernel: Kernel
  readonly actor: Actor
  readonly editionId: number
  readonly lang: Lang
  /** One transaction under the person's own rights. */
  run<T>(work: (ctx: Ctx) => Promise<T>): Promise<T>
}

/** Filled once by `app.ts`, then only read. Each room reads its own shelf and gives it its type. */
export interface Registry {
  readonly kinds: ReadonlyMap<string, import('./records/kind.ts').Kind>
  /** Columns that lists show from another module's records, by kind. */
  readonly besides: ReadonlyMap<string, import('./records/beside.ts').Beside>
  /** Words of the audit trail for what is no record kind. */
  readonly trails: ReadonlyMap<string, import('./audit/trail.ts').Trail>
  readonly acts: ReadonlyMap<string, import('./workflow/act.ts').Act>
  readonly collections: ReadonlyMap<string, import('./workflow/act.ts').Collection>
  readonly starters: ReadonlyMap<string, import('./workflow/act.ts').Starter>
  readonly importers: ReadonlyMap<string, import('./exchange/importer.ts').Importer>
  readonly measures: ReadonlyMap<string, import('./figures/measure.ts').Measure>
  readonly jobs: ReadonlyMap<string, import('./jobs/heavy.ts').HeavyKind>
  readonly targets: ReadonlyMap<string, import('./figures/measure.ts').TargetSource>
}

/** A right on a record kind, as routes and commands name it. */
export interface Right {
  readonly kind: string
  readonly verb: Verb
}
