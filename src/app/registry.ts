import { salesImporter } from '../flows/import-sales/server.ts'
import { assignmentTrail, editionRequestTrail, editionTrail, userTrail } from '../kernel/audit/trail.ts'
import type { Registry } from '../kernel/context.ts'
import { listImporters } from '../kernel/exchange/list/importer.ts'
import { accounts } from '../modules/accounts/server.ts'
import { orders } from '../modules/orders/server.ts'
import { planning } from '../modules/planning/server.ts'
import { heavyKinds } from './heavy-kinds.ts'

const shelf = <T>(things: readonly T[], key: (thing: T) => string): ReadonlyMap<string, T> => {
  const map = new Map<string, T>()
  for (const thing of things) {
    if (map.has(key(thing))) throw new Error(`${key(thing)} is brought twice`)
    map.set(key(thing), thing)
  }
  return map
}

const kinds = shelf([...accounts.kinds, ...orders.kinds], (kind) => kind.id)

/** Everything the modules and flows bring, by id. A new module is one line here. */
export const registry: Registry = {
  kinds,
  besides: shelf(orders.besides, (beside) => beside.kind),
  trails: shelf(
    [
      editionTrail,
      editionRequestTrail,
      userTrail,
      assignmentTrail,
      ...accounts.trails,
      ...orders.trails,
      ...planning.trails,
    ],
    (trail) => trail.id,
  ),
  acts: shelf(planning.acts, (act) => act.id),
  collections: shelf(planning.collections, (collection) => collection.id),
  starters: shelf(planning.starters, (starter) => starter.workflow),
  importers: shelf([salesImporter, ...listImporters(kinds)], (importer) => importer.id),
  measures: shelf(orders.measures, (measure) => measure.id),
  jobs: shelf(heavyKinds, (kind) => kind.id),
  targets: shelf(planning.targets, (target) => target.kpi),
}
