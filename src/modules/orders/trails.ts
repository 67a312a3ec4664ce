import type { Trail } from '../../kernel/audit/trail.ts'

/** What has no list of its own; the trail tells of it all the same. */
export const trails: readonly Trail[] = [
  {
    id: 'order-return',
    label: { zh: '退货单', en: 'Return' },
    governedBy: 'order',
    table: 'order_return',
    fields: {
      order_code: { zh: '订单编号', en: 'Order code' },
      source: { zh: '来源', en: 'Source' },
      returned_on: { zh: '退货日期', en: 'Returned on' },
    },
  },
  {
    id: 'sales-year',
    label: { zh: '年度销售口径', en: 'Basis of a year' },
    governedBy: 'order',
    table: null,
    fields: {
      year: { zh: '年度', en: 'Year' },
      basis: { zh: '口径', en: 'Basis' },
      reason: { zh: '原因', en: 'Reason' },
      set_by: { zh: '设定人', en: 'Set by' },
    },
  },
  {
    id: 'sales-source',
    label: { zh: '销售来源', en: 'Source of sales' },
    governedBy: 'order',
    table: null,
    fields: {
      code: { zh: '名称', en: 'Name' },
      numbering: { zh: '行号在哪里不重复', en: 'Where line numbers are unique' },
    },
  },
]
