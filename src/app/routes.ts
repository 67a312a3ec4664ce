import { branchRoutes } from '../flows/branches/server.ts'
import { auditRoutes } from '../kernel/audit/routes.ts'
import { authRoutes } from '../kernel/auth/routes.ts'
import { exportRoutes } from '../kernel/exchange/export-routes.ts'
import { exchangeRoutes } from '../kernel/exchange/routes.ts'
import { figureRoutes } from '../kernel/figures/routes.ts'
import { handbookRoutes } from '../kernel/handbook/routes.ts'
import type { Route } from '../kernel/http/route.ts'
import { jobRoutes } from '../kernel/jobs/routes.ts'
import { userRoutes } from '../kernel/org/users/routes.ts'
import { recordRoutes } from '../kernel/records/routes.ts'
import { searchRoutes } from '../kernel/search/routes.ts'
import { setupRoutes } from '../kernel/setup/setup.ts'
import { workflowRoutes } from '../kernel/workflow/server.ts'
import { workRoutes } from '../kernel/workflow/work.ts'
import { orders } from '../modules/orders/server.ts'
import { planning } from '../modules/planning/server.ts'
import { healthRoutes } from './health.ts'
import { registry } from './registry.ts'

/** Every route of the program: served, described in OpenAPI and walked by the conformance test from this one list. */
export const routes: readonly Route[] = [
  ...healthRoutes,
  ...setupRoutes,
  ...authRoutes,
  ...userRoutes,
  ...recordRoutes(registry.kinds.values(), registry.besides),
  ...workRoutes(registry.kinds.values()),
  ...searchRoutes,
  ...handbookRoutes,
  ...workflowRoutes,
  ...figureRoutes,
  ...exchangeRoutes,
  ...exportRoutes,
  ...jobRoutes,
  ...auditRoutes,
  ...orders.routes,
  ...branchRoutes,
  ...planning.routes,
]
