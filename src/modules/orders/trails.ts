import type { Trail } from '../../kernel/audit/trail.ts'

/** Returns have no list of their own; the trail tells of them all the same. */
export const trails: readonly Trail[] = [
  {
    id: 'order-return',
    label: { zh: '退货单', en: 'Return' },
    governedBy: 'order',
    table: 'order_return',
    fields: {
      order_code: { zh: '订单编号', en: 'Order code' },
      returned_on: { zh: '退货日期', en: 'Returned on' },
    },
  },
]
