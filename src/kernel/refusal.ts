import type { Text } from '../handbook/model.ts'

/** A field of the input and what is wrong with it, in both languages. `path` is dotted: `lines.3.amount`. */
export interface Fault {
  readonly path: string
  readonly text: Text
}

/**
 * The one error that is meant for a person: it names the place and the mend, and leaves nothing half done (the transaction rolls back).
 * Everything else that is thrown is a defect and answered with 500.
 */
export class Refusal extends Error {
  readonly status: number
  /** Stable word for programs, e.g. `sum-out-of-range`. */
  readonly code: string
  readonly text: Text
  readonly faults: readonly Fault[]
  /** Figures and links that belong to the answer; decimals are strings. */
  readonly detail: Readonly<Record<string, unknown>>

  constructor(
    status: number,
    code: string,
    text: Text,
    more: { faults?: readonly Fault[]; detail?: Record<string, unknown> } = {},
  ) {
    super(text.en)
    this.name = 'Refusal'
    this.status = status
    this.code = code
    this.text = text
    this.faults = more.faults ?? []
    this.detail = more.detail ?? {}
  }
}

/** The same answer for "not there" and "not yours". */
export const notFound = (): Refusal =>
  new Refusal(404, 'not-found', {
    zh: '没有这条内容，或者它不在您的范围内',
    en: 'There is no such thing, or it is outside your scope',
  })

export const invalid = (text: Text, faults: readonly Fault[] = []): Refusal =>
  new Refusal(422, 'invalid', text, { faults })
