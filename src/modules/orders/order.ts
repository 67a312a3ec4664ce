import { sql } from 'kysely'
import { defineKind, type Kind } from '../../kernel/records/kind.ts'
import { Refusal } from '../../kernel/refusal.ts'

/** An order and its lines belong to who looks after their account, to the branch that supports it, and to the unit that sold. */
const scopeOfAccount = {
  unit: 'unit_id',
  supporting: ['scope_branch_id'],
  managed: ['scope_manager_id'],
  own: ['scope_owner_id', 'scope_backup_id'],
  through: { kind: 'account', column: 'account_id' },
} as const

/** What the lines of an order say as well, and the figures booked from them. */
const saidByLines = ['code', 'account_id', 'ordered_on', 'shipped_on', 'unit_id'] as const

/** An order that has lines says what they say: changed by hand, list and figures would tell two stories. */
const agreesWithLines: Kind['guard'] = async (ctx, { before, after }) => {
  if (!before || !after) return
  const changed = saidByLines.filter((id) => String(before[id] ?? '') !== String(after[id] ?? ''))
  if (changed.length === 0) return
  const { rows } = await sql`select from order_line where order_id = ${before.id} limit 1`.execute(ctx.tx)
  if (rows.length === 0) return
  const labels = changed.map((id) => order.fields[id]?.label)
  throw new Refusal(
    422,
    'said-by-lines',
    {
      zh: `没有保存：这张订单已有订单行，${labels.map((one) => `“${one?.zh}”`).join('、')}以订单行为准。改好文件再导入`,
      en: `Not saved: this order has lines, and they say its ${labels.map((one) => one?.en.toLowerCase()).join(', ')}. Mend the file and import it again`,
    },
    {
      faults: changed.map((path) => ({
        path,
        text: { zh: '以订单行为准', en: 'Said by the lines of the order' },
      })),
    },
  )
}

/** 订单: one order of one account on one day; its code alone may name several. */
export const order: Kind = defineKind({
  id: 'order',
  guard: agreesWithLines,
  table: 'sales_order',
  label: { zh: '订单', en: 'Order' },
  plural: { zh: '订单', en: 'Orders' },
  title: 'code',
  code: 'code',
  clause: 'fn:C3',
  tracked: { source: { zh: '来源', en: 'Source' } },
  fields: {
    code: {
      type: 'text',
      label: { zh: '订单编号', en: 'Order code' },
      aliases: ['订单 ID', '订单ID', '订单号', 'Order ID'],
      required: true,
      max: 60,
      search: true,
    },
    account_id: {
      type: 'reference',
      to: 'account',
      label: { zh: '客户', en: 'Account' },
      required: true,
    },
    ordered_on: {
      type: 'date',
      label: { zh: '订单日期', en: 'Order date' },
      aliases: ['下单日期', 'Order Date'],
      required: true,
    },
    shipped_on: {
      type: 'date',
      label: { zh: '发货日期', en: 'Ship date' },
      aliases: ['Ship Date'],
    },
    ship_mode: {
      type: 'text',
      label: { zh: '发货方式', en: 'Ship mode' },
      aliases: ['邮寄方式', 'Ship Mode'],
      max: 40,
    },
    unit_id: {
      type: 'reference',
      to: 'unit',
      label: { zh: '大区', en: 'Region' },
      aliases: ['地区', 'Region'],
      required: true,
    },
    province: {
      type: 'text',
      label: { zh: '省/自治区', en: 'Province' },
      max: 40,
    },
    city: { type: 'text', label: { zh: '城市', en: 'City' }, max: 40 },
    amount: {
      type: 'money',
      label: { zh: '金额', en: 'Amount' },
      computed: true,
      filled: true,
    },
  },
  scope: scopeOfAccount,
  list: {
    columns: ['code', 'account_id', 'ordered_on', 'shipped_on', 'ship_mode', 'unit_id', 'city', 'amount'],
    sort: '-ordered_on',
    filters: ['unit_id', 'account_id', 'ordered_on', 'ship_mode', 'amount'],
    sums: ['amount'],
  },
  page: {
    facts: ['account_id', 'ordered_on', 'shipped_on', 'unit_id', 'ship_mode', 'amount'],
    sections: [
      {
        id: 'order',
        title: { zh: '订单', en: 'Order' },
        fields: [
          'code',
          'account_id',
          'ordered_on',
          'shipped_on',
          'ship_mode',
          'unit_id',
          'province',
          'city',
          'amount',
        ],
      },
    ],
    related: [{ kind: 'order-line', column: 'order_id' }],
  },
})

/** 订单行: what sales figures are made of. `returned` marks lines whose order code a return names. */
export const orderLine = defineKind({
  id: 'order-line',
  table: 'order_line',
  label: { zh: '订单行', en: 'Order line' },
  plural: { zh: '订单行', en: 'Order lines' },
  title: 'product_name',
  code: 'line_no',
  clause: 'fn:C3',
  tracked: { order_code: { zh: '订单编号', en: 'Order code' } },
  partOf: { kind: 'order', column: 'order_id' },
  fields: {
    line_no: {
      type: 'text',
      label: { zh: '行号', en: 'Line' },
      aliases: ['行 ID', 'Row ID'],
      required: true,
    },
    source: {
      type: 'text',
      options: [{ id: 'default', label: { zh: '默认来源', en: 'Default source' } }],
      label: { zh: '来源', en: 'Source' },
      hint: {
        zh: '导入时说的来源；行按来源、订单和行号认',
        en: 'The source named at import; a line is known by source, order and number',
      },
      computed: true,
    },
    order_id: {
      type: 'reference',
      to: 'order',
      label: { zh: '订单', en: 'Order' },
      required: true,
    },
    account_id: {
      type: 'reference',
      to: 'account',
      label: { zh: '客户', en: 'Account' },
      required: true,
    },
    unit_id: {
      type: 'reference',
      to: 'unit',
      label: { zh: '大区', en: 'Region' },
      required: true,
    },
    ordered_on: {
      type: 'date',
      label: { zh: '订单日期', en: 'Order date' },
      required: true,
    },
    shipped_on: { type: 'date', label: { zh: '发货日期', en: 'Ship date' } },
    accepted_on: { type: 'date', label: { zh: '验收日期', en: 'Acceptance date' } },
    product_code: {
      type: 'text',
      label: { zh: '产品编号', en: 'Product code' },
      aliases: ['产品 ID', 'Product ID'],
    },
    product_name: {
      type: 'text',
      label: { zh: '产品名称', en: 'Product' },
      aliases: ['Product Name'],
      required: true,
      max: 300,
      search: true,
    },
    category: { type: 'text', label: { zh: '类别', en: 'Category' } },
    subcategory: {
      type: 'text',
      label: { zh: '子类别', en: 'Sub-category' },
      aliases: ['Sub-Category'],
    },
    quantity: { type: 'decimal', label: { zh: '数量', en: 'Quantity' } },
    discount: { type: 'percent', label: { zh: '折扣', en: 'Discount' } },
    amount: {
      type: 'money',
      label: { zh: '销售额', en: 'Sales' },
      aliases: ['Sales'],
      required: true,
    },
    profit: { type: 'money', label: { zh: '利润', en: 'Profit' } },
    returned: {
      type: 'boolean',
      label: { zh: '已登记退货', en: 'Return recorded' },
      computed: true,
      filled: true,
    },
    counts: {
      type: 'boolean',
      label: { zh: '计入销售', en: 'Counts as sales' },
      hint: { zh: '来源说已取消的行不计', en: 'A line that its source calls cancelled does not' },
      computed: true,
    },
  },
  scope: scopeOfAccount,
  list: {
    columns: [
      'order_id',
      'account_id',
      'ordered_on',
      'product_name',
      'category',
      'unit_id',
      'quantity',
      'amount',
      'profit',
      'returned',
    ],
    sort: '-ordered_on',
    filters: [
      'unit_id',
      'account_id',
      'ordered_on',
      'category',
      'subcategory',
      'returned',
      'counts',
      'amount',
    ],
    sums: ['amount', 'profit'],
    views: [
      {
        id: 'returned',
        label: { zh: '已退货', en: 'Returned' },
        filter: { returned: 'true' },
      },
      {
        id: 'cancelled',
        label: { zh: '不计入销售', en: 'Not counted' },
        filter: { counts: 'false' },
      },
    ],
  },
  page: {
    facts: ['order_id', 'account_id', 'ordered_on', 'category', 'quantity', 'amount'],
    sections: [
      {
        id: 'line',
        title: { zh: '订单行', en: 'Order line' },
        fields: [
          'line_no',
          'source',
          'product_code',
          'product_name',
          'category',
          'subcategory',
          'quantity',
          'discount',
          'amount',
          'profit',
          'shipped_on',
          'accepted_on',
          'returned',
          'counts',
        ],
      },
    ],
  },
})
