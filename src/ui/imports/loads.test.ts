import { describe, expect, it } from 'vitest'
import type { Loads } from '../../kernel/exchange/wire.ts'
import { givenTo, keysIn, loadsWith } from './loads.ts'

const loads: Loads = {
  cap: 2,
  proposed: [
    ['A', 1, 10],
    ['B', 1, 10],
    ['C', 1, 11],
    ['D', 2, 11],
    ['E', null, 12],
  ],
  units: [{ id: 10, title: '东北' }],
  people: [
    { id: 1, title: '程远', unit: '东北' },
    { id: 2, title: '陆知', unit: '华北' },
    { id: 2, title: '陆知', unit: '华东' },
    { id: 3, title: '韩予安', unit: '华北' },
  ],
}
const told = (changed: Record<string, number>) =>
  loadsWith(loads, changed).map((one) => [one.title, one.before, one.now, one.over])

describe('How accounts fall on people', () => {
  it('is counted as proposed; who has too many is marked, who has none is left out', () => {
    expect(told({})).toEqual([
      ['程远', 3, 3, true],
      ['陆知', 1, 1, false],
    ])
  })
  it('follows what is changed, also for who was given nothing and for accounts without an owner', () => {
    expect(told({ A: 3, E: 2 })).toEqual([
      ['程远', 3, 2, false],
      ['陆知', 1, 2, false],
      ['韩予安', 0, 1, false],
    ])
  })
  it('all of one person or region go to another at once; what goes back to the proposal is no change', () => {
    const keys = keysIn(loads, { unit: 10, owner: 1 })
    expect(keys).toEqual(['A', 'B'])
    const moved = givenTo(loads, { D: 1 }, keys, 2)
    expect(moved).toEqual({ A: 2, B: 2, D: 1 })
    expect(givenTo(loads, moved, keysIn(loads, { unit: null, owner: 1 }), 1)).toEqual({ D: 1 })
  })
})
