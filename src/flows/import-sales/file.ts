import type { ColumnSpec, Importer } from '../../kernel/exchange/importer.ts'

const column = (
  id: string,
  zh: string,
  en: string,
  aliases: string[] = [],
  required = false,
  more: Pick<ColumnSpec, 'sort'> = {},
): ColumnSpec => ({
  id,
  label: { zh, en },
  aliases,
  required,
  ...more,
})

/** What a sales file holds: lines of orders, returns by order, and who manages a region. */
export const sheets: Importer['sheets'] = [
  {
    id: 'lines',
    label: { zh: '订单', en: 'Orders' },
    aliases: ['订单行', '销售明细', 'Order lines', 'Sales'],
    required: true,
    columns: [
      column('line_no', '行 ID', 'Row ID', ['行号', '序号', 'Line'], true, { sort: 'code' }),
      column('order_code', '订单 ID', 'Order ID', ['订单编号', '订单号', 'Order No'], true, { sort: 'code' }),
      column('ordered_on', '订单日期', 'Order date', ['下单日期'], true, { sort: 'date' }),
      column('shipped_on', '发货日期', 'Ship date', ['出货日期'], false, { sort: 'date' }),
      column(
        'accepted_on',
        '验收日期',
        'Acceptance date',
        ['签收日期', '确认收入日期', 'Accepted on'],
        false,
        {
          sort: 'date',
        },
      ),
      column('ship_mode', '邮寄方式', 'Ship mode', ['发货方式', '运输方式']),
      column('account_code', '客户 ID', 'Customer ID', ['客户编号', '客户代码', 'Account code'], false, {
        sort: 'code',
      }),
      column('account_name', '客户名称', 'Customer name', ['客户', 'Account name'], true),
      column('industry', '细分', 'Segment', ['行业', 'Industry']),
      column('region', '地区', 'Region', ['大区', '区域'], true),
      column('province', '省/自治区', 'Province', ['省', '省份', 'State']),
      column('city', '城市', 'City', ['市']),
      column('product_code', '产品 ID', 'Product ID', ['产品编号', '物料号'], false, { sort: 'code' }),
      column('category', '类别', 'Category', ['产品类别']),
      column('subcategory', '子类别', 'Sub-category', ['产品子类别']),
      column('product_name', '产品名称', 'Product name', ['产品', 'Product'], true),
      column('amount', '销售额', 'Sales', ['金额', '未税金额', 'Amount'], true, { sort: 'money' }),
      column('quantity', '数量', 'Quantity', ['件数'], false, { sort: 'decimal' }),
      column('discount', '折扣', 'Discount', ['折扣率'], false, { sort: 'percent' }),
      column('profit', '利润', 'Profit', ['毛利'], false, { sort: 'money' }),
      column('currency', '币种', 'Currency', ['货币', '币别', '结算币种']),
      column('status', '状态', 'Status', ['订单状态', '单据状态', 'Order status']),
    ],
  },
  {
    id: 'returns',
    label: { zh: '退货', en: 'Returns' },
    aliases: ['退回', 'Return'],
    required: false,
    known: ['returned'],
    columns: [
      column('order_code', '订单 ID', 'Order ID', ['订单编号', '订单号'], true, { sort: 'code' }),
      column('returned', '退回', 'Returned', ['退货']),
    ],
  },
  {
    id: 'people',
    label: { zh: '销售人员', en: 'People' },
    aliases: ['人员', '地区经理', 'Sales people'],
    required: false,
    columns: [
      column('region', '地区', 'Region', ['大区', '区域'], true),
      column('name', '地区经理', 'Regional manager', ['经理', '姓名', 'Person'], true),
    ],
  },
]
