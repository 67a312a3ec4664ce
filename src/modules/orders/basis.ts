import { sql } from 'kysely'
import type { Edition, Text } from '../../handbook/model.ts'
import type { Tx } from '../../kernel/db/database.ts'

/** The day by which sales count: ordered, shipped, or accepted by the customer. */
export type Basis = 'order' | 'shipment' | 'acceptance'
export const bases = ['order', 'shipment', 'acceptance'] as const

export const basisNames: Readonly<Record<Basis, Text>> = {
  order: { zh: '按下单日期', en: 'By order date' },
  shipment: { zh: '按发货日期', en: 'By ship date' },
  acceptance: { zh: '按验收日期', en: 'By acceptance date' },
}

/** The same within a sentence. */
export const basisWords: Readonly<Record<Basis, Text>> = {
  order: { zh: '按下单日期', en: 'by order date' },
  shipment: { zh: '按发货日期', en: 'by ship date' },
  acceptance: { zh: '按验收日期', en: 'by acceptance date' },
}

/** The edition's basis: it holds for years that have no sales yet. */
export const basisOfEdition = (edition: Edition): Basis =>
  (edition.switches.find((one) => one.id === 'sales.basis')?.value as Basis | undefined) ?? 'acceptance'

/** The basis of every year that has one. */
export async function basisByYear(tx: Tx): Promise<Map<number, Basis>> {
  const { rows } = await sql<{
    year: number
    basis: Basis
  }>`select year, basis from sales_year order by year`.execute(tx)
  return new Map(rows.map(({ year, basis }) => [year, basis]))
}
