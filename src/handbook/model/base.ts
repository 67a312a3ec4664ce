/** The smallest words of the model: texts in both languages, origins, places, ids. */

export type Lang = 'zh' | 'en'
export interface Text {
  readonly zh: string
  readonly en: string
}

/** Where a statement comes from: the source document, our reading of it, public practice, our own default, or law. */
export type Tag = 'seed' | 'reading' | 'practice' | 'default' | 'law'

/** `running`: the program works by it. `described`: read, printed and walked through, not yet enforced. */
export type Adoption = 'running' | 'described'

/** Position in the edition's folder; lines and columns from 1. */
export interface Place {
  readonly file: string
  readonly line: number
  readonly column: number
}

/** A sentence of the handbook with its origin. */
export interface Statement {
  readonly text: Text
  readonly tag: Tag
}

export type PostId = string
export type FunctionId = string
export type FormId = string
export type KpiId = string
export type WorkflowId = string
export type NormId = string

/** Typed reference to an element, unique in an edition: `wf:PLAN`, `wf:PLAN/C-5`, `fn:C1`, `post:SUP`, `form:FM-18`, `kpi:K01`, `policy:MP-02`, `norm:norm.planning`, `ch:4`, `term:大客户`. */
export type Ref = string
