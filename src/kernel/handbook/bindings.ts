import type { Bindings } from '../../handbook/checks/bindings.ts'
import type { Registry } from '../context.ts'

export type { Bindings }

/** What this program offers to an edition. */
export const bindingsOf = (registry: Registry): Bindings => ({
  kinds: {
    ...Object.fromEntries([...registry.kinds.values()].map((kind) => [kind.id, Object.keys(kind.fields)])),
    ...Object.assign({}, ...[...registry.starters.values()].map((starter) => starter.writes ?? {})),
  },
  acts: [...registry.acts.keys()],
  collections: [...registry.collections.keys()],
  measures: [...registry.measures.keys()],
})
