import { describe, expect, it } from 'vitest'
import { meaningOf } from './keys.ts'
import { act, startOf } from './state.ts'

const start = startOf({
  rows: ['a', 'b'],
  columns: ['Q1', 'Q2'],
  locked: new Set(),
  values: { amount: {}, orders: {} },
})
const press = (
  key: string,
  more: { command?: boolean; shift?: boolean } = {},
  state = start,
  inText = false,
) => meaningOf(state, { key, command: more.command ?? false, shift: more.shift ?? false }, inText)
const typing = act(start, { do: 'type', text: '1' })

describe('keys of the grid', () => {
  it('walk, extend and keep entries as in Excel', () => {
    expect(press('ArrowDown')).toEqual({ do: 'move', step: 'down', extend: false })
    expect(press('ArrowDown', { shift: true })).toEqual({ do: 'move', step: 'down', extend: true })
    expect(press('Enter', { shift: true })).toEqual({ do: 'next', step: 'up' })
    expect(press('ArrowRight', {}, typing)).toEqual({ do: 'move', step: 'right', extend: false })
  })
  it('leave the caret its arrows inside the text', () => {
    expect(press('ArrowRight', {}, typing, true)).toBeNull()
    expect(press('ArrowDown', {}, typing, true)).toEqual({ do: 'move', step: 'down', extend: false })
  })
  it('Tab walks, and leaves the grid at its first and last cell', () => {
    expect(press('Tab')).toEqual({ do: 'next', step: 'right' })
    expect(press('Tab', { shift: true })).toBeNull()
    expect(press('Tab', {}, act(start, { do: 'selectAll' }))).toBeNull()
  })
  it('undo, redo, fill and save; the text’s own undo while typing', () => {
    expect(press('z', { command: true })).toEqual({ do: 'undo' })
    expect(press('Z', { command: true, shift: true })).toEqual({ do: 'redo' })
    expect(press('y', { command: true })).toEqual({ do: 'redo' })
    expect(press('d', { command: true })).toBe('down')
    expect(press('s', { command: true }, typing)).toBe('save')
    expect(press('z', { command: true }, typing)).toBeNull()
  })
  it('Escape takes back an entry and else belongs to the page; letters are typed', () => {
    expect(press('Escape', {}, typing)).toEqual({ do: 'cancel' })
    expect(press('Escape')).toBeNull()
    expect(press('5')).toBeNull()
    expect(press('Delete')).toEqual({ do: 'clear' })
    expect(press('Delete', {}, typing)).toBeNull()
  })
})
