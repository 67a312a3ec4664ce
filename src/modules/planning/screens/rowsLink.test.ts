import { expect, it } from 'vitest'
import { linesHref } from './rowsLink.ts'

const basis = { basis: 'order', year: 2016 } as const
const query = (cut: 'region' | 'product' | 'quarter' | 'manager', key: string, by = 'order') => {
  const href = linesHref({ ...basis, cut, basis: by }, key)
  return href && Object.fromEntries(new URLSearchParams(href.split('?')[1]))
}

it('leads from a line of the basis to its order lines', () => {
  expect(query('region', '4')).toEqual({
    unit_id: '4',
    'ordered_on.from': '2016-01-01',
    'ordered_on.to': '2016-12-31',
  })
  expect(query('product', '家具 / 椅子', 'shipment')).toEqual({
    category: '家具',
    subcategory: '椅子',
    'shipped_on.from': '2016-01-01',
    'shipped_on.to': '2016-12-31',
  })
  expect(query('quarter', '1')).toEqual({ 'ordered_on.from': '2016-01-01', 'ordered_on.to': '2016-03-31' })
})

it('offers none where the list has no such filter', () => {
  expect(query('manager', '3')).toBeNull()
  expect(query('region', '')).toBeNull()
  expect(query('region', '4', 'acceptance')).toBeNull()
})
