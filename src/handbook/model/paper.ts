import type { Adoption, FormId, Place, PostId, Ref, Tag, Text, WorkflowId } from './base.ts'

/* Forms, policies and words. */

export interface Form {
  readonly id: FormId
  readonly name: Text
  readonly steps: readonly string[]
  readonly adoption: Adoption
  /** Records it is about: codes such as `R-ORD`, or record kinds. */
  readonly kinds: readonly string[]
  readonly sections: readonly FormSection[]
  readonly tag: Tag
  readonly at: Place
}
export interface FormSection {
  readonly id: string
  readonly title: Text
  /** Rows of the same fields. */
  readonly repeat: boolean
  /** Steps that fill it; empty: filled by the program. */
  readonly steps: readonly string[]
  readonly fields: readonly FormField[]
}
export type FieldType =
  | 'text'
  | 'long'
  | 'date'
  | 'datetime'
  | 'money'
  | 'number'
  | 'percent'
  | 'choice'
  | 'reference'
  | 'computed'
  | 'attachment'
  | 'yesno'
export interface FormField {
  readonly id: string
  readonly label: Text
  readonly type: FieldType
  readonly required: boolean
  /** `kind.field` in the records. */
  readonly bind?: string
  /** `none`: an amount that VAT does not touch, such as pay. */
  readonly vat?: 'excluded' | 'included' | 'none'
  readonly unit?: Text
  readonly options?: readonly { readonly id: string; readonly name: Text }[]
  readonly tag: Tag
}

export interface Policy {
  readonly id: string
  readonly name: Text
  readonly owner: PostId
  /** Posts that work it out with the owner. */
  readonly with: readonly PostId[]
  readonly workflows: readonly WorkflowId[]
  readonly forms: readonly FormId[]
  readonly adoption: Adoption
  readonly tag: Tag
  /** Markdown chapters; absent while the policy stands as a title. */
  readonly body?: Text
  readonly at: Place
}

export interface Term {
  readonly term: Text
  readonly aliases: readonly string[]
  /** Where the handbook rules what the word speaks of, e.g. `wf:BUDG/F-3`: whoever searches for the word is led there. */
  readonly see: readonly Ref[]
  readonly why: Text
  readonly tag: Tag
}
