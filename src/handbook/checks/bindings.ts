/** What the code offers to an edition: the ids that a running part may name. */
export interface Bindings {
  /** Fields by record kind, the kinds included that only a workflow's forms write. */
  readonly kinds: Readonly<Record<string, readonly string[]>>
  /** Acts that fill and judge a task. */
  readonly acts: readonly string[]
  /** Named collections that a call activity runs over. */
  readonly collections: readonly string[]
  /** Measures that compute an indicator. */
  readonly measures: readonly string[]
}
