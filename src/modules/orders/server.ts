import { accountSales } from './account-sales.ts'
import { k01 } from './k01/k01.ts'
import { order, orderLine } from './order.ts'
import { trails } from './trails.ts'
import { salesYearRoutes } from './year-routes.ts'

/** What orders bring to the house. */
export const orders = {
  kinds: [order, orderLine],
  measures: [k01],
  besides: [accountSales],
  trails,
  routes: salesYearRoutes,
}
