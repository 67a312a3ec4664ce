import { describe, expect, it } from 'vitest'
import {
  type Action,
  act,
  areaOf,
  cellsToSave,
  copied,
  type GridState,
  shift,
  startOf,
  valueAt,
} from './state.ts'

const quarters = ['Q1', 'Q2', 'Q3', 'Q4']
const sheet = {
  rows: ['unit:1', 'unit:2', 'unit:3'],
  columns: quarters,
  locked: new Set<string>(),
  values: {
    amount: {
      'unit:1': { Q1: '100', Q2: '200', Q3: '300', Q4: '400' },
      'unit:2': { Q1: '10', Q2: '20', Q3: '30', Q4: '40' },
    },
    orders: { 'unit:1': { Q1: '3' } },
  },
}
const run = (state: GridState, ...actions: Action[]) => actions.reduce(act, state)
const start = () => startOf(sheet)
const row = (state: GridState, key: string) => quarters.map((column) => valueAt(state, key, column))

describe('typing as in a spreadsheet', () => {
  it('Enter keeps the entry and goes down, at the end on to the next column', () => {
    const state = run(
      start(),
      { do: 'go', spot: { row: 2, column: 0 } },
      { do: 'type', text: '1,500' },
      { do: 'next', step: 'down' },
    )
    expect(row(state, 'unit:3')[0]).toBe('1500')
    expect(state.cursor).toEqual({ row: 0, column: 1 })
  })
  it('Tab goes right and on to the next row, Shift+Tab back', () => {
    const end = run(start(), { do: 'move', step: 'end' }, { do: 'next', step: 'right' })
    expect(end.cursor).toEqual({ row: 1, column: 0 })
    expect(run(end, { do: 'next', step: 'left' }).cursor).toEqual({
      row: 0,
      column: 3,
    })
  })
  it('leaves what is no number in place and says so', () => {
    const state = run(start(), { do: 'type', text: '约 100' }, { do: 'next', step: 'down' })
    expect(state.refused).toEqual({
      spot: { row: 0, column: 0 },
      text: '约 100',
    })
    expect(state.cursor).toEqual({ row: 0, column: 0 })
    expect(run(state, { do: 'cancel' }).refused).toBeNull()
    expect(row(state, 'unit:1')[0]).toBe('100')
  })
  it('reads 万元 exactly and takes no part of a fen', () => {
    const wan = run(
      start(),
      { do: 'show', scale: 4 },
      { do: 'type', text: '12.3456' },
      { do: 'next', step: 'right' },
    )
    expect(row(wan, 'unit:1')[0]).toBe('123456')
    expect(run(wan, { do: 'type', text: '0.0000001' }, { do: 'next', step: 'right' }).refused).not.toBeNull()
  })
  it('counts orders whole, beside the amounts', () => {
    const state = run(
      start(),
      { do: 'show', layer: 'orders' },
      { do: 'type', text: '8' },
      { do: 'next', step: 'right' },
    )
    expect(valueAt(state, 'unit:1', 'Q1', 'orders')).toBe('8')
    expect(valueAt(state, 'unit:1', 'Q1', 'amount')).toBe('100')
    expect(run(state, { do: 'type', text: '1.5' }, { do: 'next', step: 'right' }).refused).not.toBeNull()
  })
  it('does not touch a locked row', () => {
    const locked = startOf({ ...sheet, locked: new Set(['unit:1']) })
    expect(run(locked, { do: 'type', text: '5' }).typing).toBeNull()
    expect(row(run(locked, { do: 'paste', text: '1\t2\n3\t4' }), 'unit:1')).toEqual([
      '100',
      '200',
      '300',
      '400',
    ])
  })
})

describe('pasting', () => {
  it('lays a block down from the selection and drops what stands over the edge', () => {
    const state = run(
      start(),
      { do: 'go', spot: { row: 1, column: 2 } },
      { do: 'paste', text: '1,000\t2\t3\r\n４\t5\t6\r\n' },
    )
    expect(row(state, 'unit:2')).toEqual(['10', '20', '1000', '2'])
    expect(row(state, 'unit:3')).toEqual(['0', '0', '4', '5'])
    expect(areaOf(state)).toEqual({ top: 1, left: 2, bottom: 2, right: 3 })
  })
  it('fills the selection with one copied cell', () => {
    const state = run(start(), { do: 'selectAll' }, { do: 'paste', text: '7' })
    expect(sheet.rows.every((key) => row(state, key).every((value) => value === '7'))).toBe(true)
  })
  it('takes all or nothing: a word among the numbers changes no cell', () => {
    const state = run(start(), { do: 'paste', text: '1\t合计' })
    expect(row(state, 'unit:1')).toEqual(['100', '200', '300', '400'])
    expect(state.refused).toEqual({
      spot: { row: 0, column: 1 },
      text: '合计',
    })
  })
})

describe('what a paste leaves out', () => {
  it('names every cell that is no number', () => {
    const state = run(start(), { do: 'paste', text: '一\t2\n3\t四' })
    expect(state.refused).toEqual({
      spot: { row: 0, column: 0 },
      text: '一',
      also: [{ spot: { row: 1, column: 1 }, text: '四' }],
    })
  })
  it('does not hold the cursor once it is told', () => {
    const state = run(start(), { do: 'paste', text: '一' }, { do: 'go', spot: { row: 1, column: 1 } })
    expect([state.cursor, state.refused]).toEqual([{ row: 1, column: 1 }, null])
  })
  it('counts cells over the edge and in locked rows', () => {
    const locked = startOf({ ...sheet, locked: new Set(['unit:3']) })
    const state = run(locked, { do: 'go', spot: { row: 1, column: 3 } }, { do: 'paste', text: '1\t2\n3\t4' })
    expect(state.left).toBe(3)
    expect(row(state, 'unit:2')[3]).toBe('1')
  })
})

describe('values put by keys', () => {
  it('are one act that can be taken back, and pass over what is not there', () => {
    const put = run(start(), {
      do: 'put',
      entries: [
        { row: 'unit:1', column: 'Q1', value: '5' },
        { row: 'unit:2', column: 'Q4', value: '6' },
        { row: 'unit:9', column: 'Q1', value: '7' },
      ],
    })
    expect([valueAt(put, 'unit:1', 'Q1'), valueAt(put, 'unit:2', 'Q4')]).toEqual(['5', '6'])
    expect(row(run(put, { do: 'undo' }), 'unit:1')).toEqual(row(start(), 'unit:1'))
    expect(cellsToSave(put)).toHaveLength(2)
  })
  it('reset drops what is unsaved and the way back', () => {
    const state = run(start(), { do: 'paste', text: '9' }, { do: 'reset', sheet })
    expect([state.unsaved.length, state.done.length, valueAt(state, 'unit:1', 'Q1')]).toEqual([0, 0, '100'])
  })
})

describe('the fill handle', () => {
  it('repeats rows downwards and columns sideways', () => {
    const down = run(
      start(),
      { do: 'move', step: 'end', extend: true },
      { do: 'fill', to: { row: 2, column: 3 } },
    )
    expect(row(down, 'unit:3')).toEqual(['100', '200', '300', '400'])
    const right = run(start(), { do: 'fill', to: { row: 0, column: 3 } })
    expect(row(right, 'unit:1')).toEqual(['100', '100', '100', '100'])
  })
  it('fills upwards too', () => {
    const up = run(
      start(),
      { do: 'go', spot: { row: 1, column: 1 } },
      { do: 'fill', to: { row: 0, column: 1 } },
    )
    expect(row(up, 'unit:1')).toEqual(['100', '20', '300', '400'])
  })
})

describe('undo, copy and saving', () => {
  it('takes a paste back as one act and brings it again', () => {
    const pasted = run(start(), { do: 'paste', text: '1\t2\n3\t4' })
    const back = run(pasted, { do: 'undo' })
    expect(row(back, 'unit:1')).toEqual(['100', '200', '300', '400'])
    expect(row(run(back, { do: 'redo' }), 'unit:2')).toEqual(['3', '4', '30', '40'])
  })
  it('sends the last value of each cell once, also what undo put back', () => {
    const state = run(
      start(),
      { do: 'type', text: '1' },
      { do: 'next', step: 'up' },
      { do: 'go', spot: { row: 0, column: 0 } },
      { do: 'type', text: '2' },
      { do: 'next', step: 'right' },
      { do: 'undo' },
    )
    expect(cellsToSave(state)).toEqual([{ row: 'unit:1', column: 'Q1', amount: '1' }])
    expect(cellsToSave(run(state, { do: 'taken', count: state.unsaved.length }))).toEqual([])
  })
  it('keeps what is unsaved when a newer sheet arrives', () => {
    const state = run(
      start(),
      { do: 'type', text: '5' },
      { do: 'next', step: 'right' },
      { do: 'load', sheet },
    )
    expect(row(state, 'unit:1')[0]).toBe('5')
  })
  it('copies in the shown unit', () => {
    expect(copied(run(start(), { do: 'move', step: 'right', extend: true }))).toBe('100\t200')
    expect(copied(run(start(), { do: 'show', scale: 4 }))).toBe('0.01')
  })
})

describe('moving the decimal point', () => {
  it.each([
    ['123456', -4, '12.3456'],
    ['5', -4, '0.0005'],
    ['12.3456', 4, '123456'],
    ['-0.5', 4, '-5000'],
    ['0', 4, '0'],
  ])('%s by %i is %s', (value, by, moved) => expect(shift(value, by)).toBe(moved))
})
