/** What parent and child say to each other: the work once, and its answer or its error once. */
export interface Asked {
  readonly input: unknown
  /** Resident memory of the whole child, in megabytes: native parts count. */
  readonly memoryMb: number
}
export type Answered = { readonly output: unknown } | { readonly error: unknown }

/** The line by which a child says on its standard error that it ends itself for its memory. */
export const beyondMemory = 'kambook: beyond its memory'
