import type { Importer } from '../../kernel/exchange/importer.ts'
import { salesChoices } from './choices.ts'
import { sheets } from './file.ts'
import { trial } from './trial.ts'
import { write } from './write.ts'

/** A sales file becomes accounts, orders, lines, returns and facts of sales. */
export const salesImporter: Importer = {
  id: 'sales',
  label: { zh: '客户与销售订单', en: 'Accounts and sales orders' },
  hint: {
    zh: '每行一条订单行；客户、订单、退货和销售数字都从这里来。',
    en: 'One order line a row; accounts, orders, returns and sales come out of it.',
  },
  kinds: ['account', 'order'],
  sheets,
  proposes: true,
  choices: salesChoices,
  trial,
  write,
}
