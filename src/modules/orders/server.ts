import { order, orderLine } from './order.ts'

/** What orders bring to the house. */
export const orders = { kinds: [order, orderLine] }
