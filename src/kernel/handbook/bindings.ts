import type { Registry } from '../context.ts'

/** What the code offers to an edition: ids that a running part may name. */
export interface Bindings {
  readonly kinds: Readonly<Record<string, readonly string[]>>
  readonly acts: readonly string[]
  readonly collections: readonly string[]
  readonly measures: readonly string[]
}

export const bindingsOf = (registry: Registry): Bindings => ({
  kinds: Object.fromEntries([...registry.kinds.values()].map((kind) => [kind.id, Object.keys(kind.fields)])),
  acts: [...registry.acts.keys()],
  collections: [...registry.collections.keys()],
  measures: [...registry.measures.keys()],
})
