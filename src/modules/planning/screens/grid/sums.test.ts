import { describe, expect, it } from 'vitest'
import { columnSums, liveChecks, outside, quarterSums } from './sums.ts'

const months = Array.from({ length: 12 }, (_, index) => ({
  id: `M${String(index + 1).padStart(2, '0')}`,
  label: { zh: `${index + 1}月`, en: `M${index + 1}` },
  quarter: Math.floor(index / 3) + 1,
}))
const row = (key: string) => ({
  key,
  label: { zh: key, en: key },
  group: null,
  values: {},
  orders: {},
  lastYear: {},
  editable: true,
})
const even = (amount: string) => Object.fromEntries(months.map(({ id }) => [id, amount]))
const given = (amount: string) => ({
  given: amount,
  sum: '0',
  difference: '0',
  ratio: null,
  ok: false,
})
const grid = {
  columns: months,
  rows: [row('account:1'), row('account:2')],
  range: { min: '1', max: '1.05' },
  check: {
    Q1: given('9.3'),
    Q2: given('9.3'),
    Q3: given('9'),
    Q4: given('9'),
    total: given('36.6'),
  },
}
const amounts = { 'account:1': even('1.1'), 'account:2': even('2') }

describe('Han splits what he was given over twelve months', () => {
  it('sums months, quarters and the year exactly', () => {
    const sums = columnSums(amounts, ['account:1', 'account:2'], months)
    expect(sums.byColumn.M01).toBe('3.1')
    expect(quarterSums(sums.byColumn, months)).toEqual({
      Q1: '9.3',
      Q2: '9.3',
      Q3: '9.3',
      Q4: '9.3',
    })
    expect(sums.total).toBe('37.2')
  })
  it('holds each quarter against 100 % to 105 %', () => {
    const checks = liveChecks(grid, amounts)
    expect(checks?.Q1).toMatchObject({ difference: '0', ok: true })
    expect(checks?.Q3).toMatchObject({ difference: '0.3', ok: true })
    const short = liveChecks(grid, {
      ...amounts,
      'account:1': { ...even('1.1'), M03: '0' },
    })
    expect(short?.Q1).toMatchObject({ difference: '-1.1', ok: false })
  })
  it('has nothing to check before anything was given', () => {
    expect(liveChecks({ ...grid, check: null }, amounts)).toBeNull()
  })
  it('tells how far the sum is from the nearest end of the range', () => {
    expect(outside({ given: '100', sum: '80' }, grid.range)).toBe('-20')
    expect(outside({ given: '100', sum: '106' }, grid.range)).toBe('1')
    expect(outside({ given: '100', sum: '104' }, grid.range)).toBe('0')
  })
})
