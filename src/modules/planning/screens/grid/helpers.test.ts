import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allInRange } from '../../rules.ts'
import type { PlanGrid } from '../../wire.ts'
import { grown, intoCell, level, repeated, shareOut } from './helpers.ts'
import { linesOf, sheetOf, tableOf } from './rows.ts'
import { act, startOf, type Values } from './state.ts'
import { add, liveChecks } from './sums.ts'

const text = (zh: string) => ({ zh, en: zh })
const check = (given: string) => ({ given, sum: '0', difference: '0', ratio: null, ok: false })
const row = (key: string, group: string, values: string[], lastYear: string[], editable = true) => ({
  key,
  label: text(key),
  group: { key: group, label: text(group) },
  values: Object.fromEntries(values.map((value, index) => [`Q${index + 1}`, value])),
  orders: {},
  lastYear: Object.fromEntries(lastYear.map((value, index) => [`Q${index + 1}`, value])),
  editable,
})
const grid: PlanGrid = {
  planId: 1,
  sheetId: 2,
  kind: 'manager',
  tree: 'account',
  title: text('分解'),
  giver: null,
  taker: null,
  columns: [1, 2, 3, 4].map((quarter) => ({ id: `Q${quarter}`, label: text(`Q${quarter}`), quarter })),
  rows: [
    row('a', 'one', ['100', '200', '0', '10'], ['50', '0', '3', '7']),
    row('b', 'one', ['300', '0', '0', '10'], ['150', '0', '7', '3']),
    row('c', 'two', ['0', '0', '0', '10'], ['0', '0', '0', '0']),
  ],
  check: {
    Q1: check('1000'),
    Q2: check('99.99'),
    Q3: check('0.02'),
    Q4: check('30'),
    total: check('1130.01'),
  },
  range: { min: '1', max: '1.05' },
  attempts: 0,
  handUp: { allowed: false, why: text('') },
  lastYearNote: text(''),
  regions: 'booked',
  rev: 1,
  may: { edit: true, why: text('') },
}
const amounts = sheetOf(grid).values.amount
const put = (entries: ReturnType<typeof level>) => act(startOf(sheetOf(grid)), { do: 'put', entries })

describe('levelling', () => {
  it('makes every quarter add up to the cent and keeps the proportions', () => {
    const after = put(level(grid, amounts, [1, 2, 3, 4], '1', 'now')).values.amount
    expect(after.a?.Q1).toBe('250')
    expect(after.b?.Q1).toBe('750')
    const checks = liveChecks(grid, after)
    expect(checks && allInRange(checks)).toBe(true)
    expect(checks?.total?.difference).toBe('0')
  })
  it('takes last year’s proportions when asked', () => {
    const after = put(level(grid, amounts, [4], '1', 'lastYear')).values.amount
    expect([after.a?.Q4, after.b?.Q4, after.c?.Q4]).toEqual(['21', '9', '0'])
    expect(after.a?.Q1).toBe('100')
  })
  it('reaches what was given times the factor for any split', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 9_999_999 }), { minLength: 3, maxLength: 3 }),
        fc.integer({ min: 0, max: 99_999_999 }),
        (cents, given) => {
          const some = { ...grid, check: { Q1: check((given / 100).toFixed(2)) } }
          const values: Values = { a: { Q1: String(cents[0]) }, b: { Q1: String(cents[1]) }, c: {} }
          const parts = level(some, values, [1], '1', 'now').map((entry) => entry.value)
          return Number(add(parts)).toFixed(2) === (given / 100).toFixed(2)
        },
      ),
    )
  })
  it('leaves locked rows alone', () => {
    const locked = { ...grid, rows: grid.rows.map((one) => ({ ...one, editable: false })) }
    expect(level(locked, amounts, [1], '1', 'now')).toEqual([])
  })
})

describe('one cell takes the difference', () => {
  it('adds what the quarter lacks', () => {
    expect(intoCell(grid, amounts, { row: 'c', column: 'Q1' })).toEqual({
      row: 'c',
      column: 'Q1',
      value: '600',
    })
  })
  it('is not offered when it would go below zero or nothing is missing', () => {
    expect(intoCell(grid, amounts, { row: 'b', column: 'Q2' })).toBeNull()
    expect(intoCell(grid, amounts, { row: 'a', column: 'Q4' })).toBeNull()
  })
})

describe('filling', () => {
  it('from last year with a growth, rounded to the cent', () => {
    const part = grown(grid, '0.155', { top: 0, bottom: 0, left: 2, right: 3 })
    expect(part).toEqual([
      { row: 'a', column: 'Q3', value: '3.47' },
      { row: 'a', column: 'Q4', value: '8.09' },
    ])
  })
  it('shares a yearly sum out by last year, nothing lost', () => {
    const parts = shareOut(grid, amounts, '1000.01')
    expect(add(parts.map((entry) => entry.value))).toBe('1000.01')
    expect(parts.find((entry) => entry.row === 'c' && entry.column === 'Q1')?.value).toBe('0')
  })
  it('repeats the first row of the selection', () => {
    const start = act(startOf(sheetOf(grid)), { do: 'selectAll' })
    expect(put(repeated(start, 'down')).values.amount.c).toMatchObject({ Q1: '100', Q2: '200' })
    expect(put(repeated(start, 'right')).values.amount.b).toMatchObject({ Q1: '300', Q4: '300' })
  })
})

describe('lines', () => {
  it('stand under their group; a folded group hides its rows', () => {
    expect(linesOf(grid.rows, new Set()).map((line) => line.key)).toEqual(['one', 'a', 'b', 'two', 'c'])
    const folded = linesOf(grid.rows, new Set(['one']))
    expect(folded.map((line) => line.key)).toEqual(['one', 'two', 'c'])
    expect(folded.at(-1)).toMatchObject({ kind: 'row', index: 2 })
  })
  it('make a table for a spreadsheet', () => {
    const words = { text: (one: { zh: string }) => one.zh, group: '经理', row: '大区', total: '全年' }
    expect(tableOf(grid, amounts, words, (value) => value).slice(0, 2)).toEqual([
      ['经理', '大区', 'Q1', 'Q2', 'Q3', 'Q4', '全年'],
      ['one', 'a', '100', '200', '0', '10', '310'],
    ])
  })
})
