import type { Text } from '../../handbook/model.ts'
import type { Ctx } from '../context.ts'
import type { Refusal } from '../refusal.ts'

/** The task as an act sees it; all of it was re-read after the case's lock was taken. */
export interface TaskAtHand {
  readonly id: number
  readonly caseId: number
  /** Root of the call tree: child cases of a cascade share it. */
  readonly rootId: number
  /** Case that called this one; `null` for the root. */
  readonly parentId: number | null
  /** Node of the process graph, e.g. `review`. */
  readonly node: string
  /** Printed step code, e.g. `C-3`. */
  readonly step: string
  /** How often this node has been completed in this case, this time included; from 1. */
  readonly round: number
  /** What the case was started with; for a child what its collection gave it. */
  readonly input: Readonly<Record<string, unknown>>
  /** Person the child case is for. */
  readonly subjectId: number | null
}

export interface Completion {
  readonly outcome: string
  readonly comment: string
  /** Values by form id, e.g. `{ "FM-18": { lines: [...] } }`. */
  readonly form: Readonly<Record<string, unknown>>
}

/** A figure or word of the panel's fact strip. `value` is ready text or an exact decimal string with its unit. */
export interface Fact {
  readonly label: Text
  readonly value: string
  readonly unit: 'money' | 'percent' | 'number' | 'date' | 'text'
  /** What it is measured against (last year, target, limit); `unit` only where it differs. */
  readonly against?: { readonly label: Text; readonly value: string; readonly unit?: Fact['unit'] }
  /** True where somebody must act on it: an unequal sum, a limit passed. */
  readonly wrong?: boolean
}

/**
 * What is to be known before an outcome is chosen; it stays free to be chosen. `refused`: as things stand the answer will be no.
 * `warn`: something is missing or unusual. `tell`: what else comes of it.
 */
export interface Notice {
  readonly outcome: string
  readonly kind: 'refused' | 'warn' | 'tell'
  readonly text: Text
}

export interface TaskView {
  readonly record: {
    readonly kind: string
    readonly id: number
    readonly title: Text
  } | null
  readonly facts: readonly Fact[]
  /** Address of the screen that fills the form, relative to the web app, e.g. `/plans/3`. */
  readonly href: string | null
  /** Outcomes that may not be chosen now, each with the reason. */
  readonly blocked: readonly { readonly outcome: string; readonly why: Text }[]
  readonly notices?: readonly Notice[]
  /** What those before wrote to whoever does this task, ISO instants; `text` is empty where nothing was written. */
  readonly said?: readonly { readonly name: string; readonly at: string; readonly text: string }[]
  /** Revision of each record that the panel showed, `{ "plan:3": 7 }`; a completion sends them back. */
  readonly revisions: Readonly<Record<string, number>>
  /** Who changed them last: a completion that saw an older one is told. */
  readonly changedBy?: string | null
}

/**
 * What a running task means in the business; a module registers one per `act` named in the workflow.
 * `complete` judges and writes within the completion's transaction. It throws a Refusal to roll everything back, or returns
 * `{ kept }` to keep what it wrote (a saved sheet, a counted attempt) while the task stays open and the answer refuses.
 */
export interface Act {
  readonly id: string
  view(ctx: Ctx, task: TaskAtHand): Promise<TaskView>
  complete(ctx: Ctx, task: TaskAtHand, completion: Completion): Promise<{ kept: Refusal } | undefined>
}

export interface CollectionItem {
  /** Unique within the call, e.g. the receiver's sheet. */
  readonly key: string
  /** Person the child case is for; the vacancy rule applies to the task's post when it is `null`. */
  readonly subjectId: number | null
  readonly unitId: number | null
  readonly title: Text
  readonly input: Readonly<Record<string, unknown>>
}

/** For whom a call activity starts child cases, e.g. `planning.managers`. */
export interface Collection {
  readonly id: string
  items(
    ctx: Ctx,
    at: {
      caseId: number
      rootId: number
      input: Readonly<Record<string, unknown>>
    },
  ): Promise<readonly CollectionItem[]>
}

/** How a case of a workflow begins. */
export interface Starter {
  readonly workflow: string
  /** Record kind whose `create` right also allows the start; else only holders of the first task's post may. */
  readonly kind?: string
  /** Kinds that only this workflow writes, each with its fields: what its forms may be bound to besides the record kinds. */
  readonly writes?: Readonly<Record<string, readonly string[]>>
  /** Fields to ask for, with what is suggested today. */
  fields?(ctx: Ctx): Promise<
    readonly {
      readonly id: string
      readonly label: Text
      readonly type: 'number' | 'text'
      readonly suggested: unknown
    }[]
  >
  /** Checks the input of `POST cases`; throws a Refusal. Gives the key that makes the start idempotent, e.g. `PLAN:2018`. */
  check(
    ctx: Ctx,
    input: unknown,
  ): Promise<{
    key: string
    year: number
    title: Text
    input: Record<string, unknown>
  }>
  /** Writes the record the case is about, in the start's transaction. */
  begin(
    ctx: Ctx,
    at: { caseId: number; input: Readonly<Record<string, unknown>> },
  ): Promise<{ kind: string; id: number }>
  /** Sets the record of a case that is taken back, in the cancellation's transaction; `begin` may be asked for the same key again. */
  cancel?(ctx: Ctx, at: { caseId: number }): Promise<void>
}
