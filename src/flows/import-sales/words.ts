import { keyOf } from '../../kernel/records/key.ts'

const keys = (...words: string[]): ReadonlySet<string> => new Set(words.map(keyOf))

/** Words by which sources say that a line is an order like any other. */
const counted = keys(
  ...[
    '正常',
    '有效',
    '已确认',
    '已审核',
    '审核通过',
    '已批准',
    '已付款',
    '已支付',
    '已收款',
    '待发货',
    '备货中',
    '生产中',
  ],
  ...[
    '执行中',
    '进行中',
    '处理中',
    '部分发货',
    '已发货',
    '发货',
    '已出库',
    '待收货',
    '已收货',
    '已签收',
    '已交付',
    '已交货',
  ],
  ...['已验收', '已开票', '已结算', '已完成', '完成', '交易成功'],
  ...[
    'active',
    'valid',
    'open',
    'normal',
    'confirmed',
    'approved',
    'released',
    'paid',
    'processing',
    'in process',
  ],
  ...[
    'in progress',
    'partially shipped',
    'shipped',
    'fulfilled',
    'received',
    'delivered',
    'accepted',
    'invoiced',
  ],
  ...['completed', 'complete', 'done'],
)

/** Words by which sources say that nothing was sold: called off, or never more than a draft. */
const left = keys(
  ...[
    '取消',
    '已取消',
    '作废',
    '已作废',
    '关闭',
    '已关闭',
    '交易关闭',
    '撤销',
    '已撤销',
    '已撤回',
    '终止',
    '已终止',
  ],
  ...['无效', '失效', '已失效', '删除', '已删除', '草稿', '未提交', '待提交'],
  ...[
    'cancelled',
    'canceled',
    'cancel',
    'void',
    'voided',
    'invalid',
    'deleted',
    'terminated',
    'withdrawn',
    'draft',
  ],
)

export type Counting = 'counted' | 'left'

/** What a word of state means: what the person said of it, else what it means anywhere; `undefined` for a word that nobody knows. */
export function countingOf(word: string, said: ReadonlyMap<string, Counting>): Counting | undefined {
  const key = keyOf(word)
  if (key === '') return 'counted'
  return said.get(key) ?? (counted.has(key) ? 'counted' : left.has(key) ? 'left' : undefined)
}

const currencies: Readonly<Record<string, readonly string[]>> = {
  CNY: ['RMB', 'CN¥', '¥', '元', '人民币', '人民币元', 'yuan', 'renminbi'],
  USD: ['US$', '$', '美元', '美金', 'dollar', 'dollars'],
  EUR: ['€', '欧元', 'euro', 'euros'],
  GBP: ['£', '英镑'],
  JPY: ['¥', '円', '日元', '日圆', 'yen'],
  HKD: ['HK$', '港元', '港币'],
  TWD: ['NT$', '新台币', '台币'],
}

/** Whether a cell of a currency column names the currency of the books; an empty one names none and is taken for it. */
export function isCurrency(word: string, books: string): boolean {
  const key = keyOf(word)
  return key === '' || [books, ...(currencies[books] ?? [])].some((name) => keyOf(name) === key)
}
