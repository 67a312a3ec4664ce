import { expect, it } from 'vitest'
import { type BasisRow, byCategory } from './categories.ts'

const row = (key: string, amount: string, before: string): BasisRow => ({
  key,
  label: { zh: key, en: key },
  amount,
  returned: '1',
  net: amount,
  profit: '0.1',
  orders: 2,
  before,
  growth: null,
  share: '0.25',
})

it('sums lines under their category exactly, larger first', () => {
  const found = byCategory([
    row('办公用品 / 纸张', '10.01', '5'),
    row('家具 / 椅子', '100.1', '0'),
    row('办公用品 / 信封', '20.02', '10.02'),
  ])
  expect(found.map((one) => [one.name, one.sum.amount, one.sum.returned, one.sum.share])).toEqual([
    ['家具', '100.1', '1', '0.25'],
    ['办公用品', '30.03', '2', '0.5'],
  ])
  expect(found[1]?.rows.map((one) => one.label.zh)).toEqual(['纸张', '信封'])
  expect(found[1]?.sum.growth).toBe('0.999334')
  expect(found[0]?.sum.growth).toBeNull()
})
