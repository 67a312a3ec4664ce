import { cascadeActs } from './acts/cascade-acts.ts'
import { planActs } from './acts/plan-acts.ts'
import { managers, reps } from './collections.ts'
import { planningRoutes } from './routes.ts'
import { planStarter } from './start.ts'
import { planTargets } from './targets.ts'
import { trails } from './trails.ts'

/** What planning brings to the house. */
export const planning = {
  acts: [...planActs, ...cascadeActs],
  collections: [managers, reps],
  starters: [planStarter],
  targets: [planTargets],
  trails,
  routes: planningRoutes,
}
