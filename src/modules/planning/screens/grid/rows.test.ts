import { expect, it } from 'vitest'
import { type GridRow, readingOrder } from './rows.ts'

const text = { zh: '', en: '' }
const row = (key: string, group: string, amount: string): GridRow => ({
  key,
  label: text,
  group: { key: group, label: text },
  values: { M01: amount },
  orders: {},
  lastYear: {},
  editable: false,
})
const keys = (rows: readonly GridRow[]) => rows.map((one) => one.key)

it('reads the largest first within each group and sets apart what has no target', () => {
  const rows = [
    row('a', 'g1', '10'),
    row('b', 'g1', '0'),
    row('c', 'g1', '200.5'),
    row('d', 'g2', '30'),
    row('e', 'g2', '0.00'),
  ]
  const { filled, empty } = readingOrder(rows, (one) => one.values.M01 ?? '0')
  expect(keys(filled)).toEqual(['c', 'a', 'd'])
  expect(keys(empty)).toEqual(['b', 'e'])
})
