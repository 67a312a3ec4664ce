import { describe, expect, it } from 'vitest'
import type { ImportRun } from '../../kernel/exchange/wire.ts'
import {
  missingColumns,
  missingSheets,
  reachable,
  rowsToWrite,
  sampleOf,
  withColumn,
  withSheet,
} from './draft.ts'

const ask: ImportRun['asks'][number] = {
  id: 'orders',
  label: { zh: '订单', en: 'Orders' },
  required: true,
  columns: [
    { id: 'code', label: { zh: '订单 ID', en: 'Order ID' }, required: true },
    { id: 'date', label: { zh: '订单日期', en: 'Order date' }, required: true },
    { id: 'note', label: { zh: '备注', en: 'Note' }, required: false },
  ],
}
const sheet = (name: string, headings: string[], ...sample: string[][]): ImportRun['sheets'][number] => ({
  name,
  rows: sample.length,
  headings,
  sample,
  hidden: false,
  headerRow: 1,
  hiddenRows: 0,
  hiddenColumns: [],
  merged: false,
  top: [],
  notices: [],
})
const empty: ImportRun['mapping'] = { sheets: { orders: null }, columns: { orders: {} } }

describe('a mapping in the making', () => {
  it('keeps headings the other sheet has too and finds the rest by name', () => {
    const first = withSheet(empty, ask, sheet('订单', ['单号', '订单日期']))
    expect(first.columns.orders).toEqual({ code: null, date: '订单日期', note: null })
    const mended = withColumn(first, 'orders', 'code', '单号')
    const second = withSheet(mended, ask, sheet('Orders', ['单号', 'order-date', 'Note']))
    expect(second.columns.orders).toEqual({ code: '单号', date: 'order-date', note: 'Note' })
  })
  it('forgets the columns of a part that is left out', () => {
    const left = withSheet(withSheet(empty, ask, sheet('订单', ['订单ID'])), ask, null)
    expect(left).toEqual({
      sheets: { orders: null },
      columns: { orders: { code: null, date: null, note: null } },
    })
  })
  it('names what is required and still open', () => {
    expect(missingSheets([ask], empty)).toEqual([ask])
    const mapping = withSheet(empty, ask, sheet('订单', ['订单ID']))
    expect(missingSheets([ask], mapping)).toEqual([])
    expect(missingColumns([ask], mapping).map((one) => one.id)).toEqual(['date'])
  })
  it('shows the first value that is not empty', () => {
    const one = sheet('订单', ['a', 'b'], ['', 'x'], ['7', 'y'])
    expect(sampleOf(one, 'a')).toBe('7')
    expect(sampleOf(one, 'gone')).toBe('')
    expect(sampleOf(undefined, 'a')).toBe('')
  })
})

describe('the steps', () => {
  it('open only when what they need is there', () => {
    const trial = { counts: [], faults: 0, faultyRows: 0, warnings: [], proposals: 0 }
    expect(reachable({ state: 'mapping', trial: null }, 'trial')).toBe(false)
    expect(reachable({ state: 'tried', trial }, 'owners')).toBe(false)
    expect(reachable({ state: 'tried', trial: { ...trial, proposals: 3 } }, 'owners')).toBe(true)
    expect(reachable({ state: 'done', trial }, 'columns')).toBe(false)
  })
  it('count what would be written, not what stays the same', () => {
    expect(
      rowsToWrite([
        { fresh: 2, changed: 1 },
        { fresh: 0, changed: 4 },
      ]),
    ).toBe(7)
  })
})
