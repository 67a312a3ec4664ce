import type { Importer } from '../../kernel/exchange/importer.ts'
import { sheets } from './file.ts'
import { trial } from './trial.ts'
import { write } from './write.ts'

/** A sales file becomes accounts, orders, lines, returns and facts of sales. */
export const salesImporter: Importer = {
  id: 'sales',
  label: { zh: '客户与销售订单', en: 'Accounts and sales orders' },
  kinds: ['account', 'order'],
  sheets,
  choices: [
    {
      id: 'basis',
      label: { zh: '销售口径', en: 'Basis of sales' },
      options: [
        { id: 'order', label: { zh: '按下单日期', en: 'By order date' } },
        { id: 'shipment', label: { zh: '按发货日期', en: 'By ship date' } },
      ],
    },
  ],
  trial,
  write,
}

export const importers: readonly Importer[] = [salesImporter]
