import Big from 'big.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkQuarters, checkSum, growth, levelToward, spread } from './rules.ts'

const range = { min: '1', max: '1.05' }

describe('the sum check of a cascade', () => {
  it('refuses one cent below what was given and names the difference', () => {
    expect(checkSum('1000000', '999999.99', range)).toMatchObject({
      ok: false,
      difference: '-0.01',
    })
  })
  it('takes exactly 100 % and exactly 105 %, and not a cent more', () => {
    expect(checkSum('1000000', '1000000', range).ok).toBe(true)
    expect(checkSum('1000000', '1050000', range).ok).toBe(true)
    expect(checkSum('1000000', '1050000.01', range).ok).toBe(false)
  })
  it('asks for every quarter, not only for the year', () => {
    const checks = checkQuarters(
      { Q1: '100', Q2: '100', Q3: '100', Q4: '100' },
      { Q1: '90', Q2: '110', Q3: '100', Q4: '100' },
      range,
    )
    expect(checks.total?.ok).toBe(true)
    expect(checks.Q1?.ok).toBe(false)
    expect(checks.Q2?.ok).toBe(false)
  })
  it('has nothing to split where nothing was given', () => {
    expect(checkSum('0', '0', range)).toMatchObject({ ok: true, ratio: null })
    expect(checkSum('0', '1', range).ok).toBe(false)
  })
})

describe('spreading an amount', () => {
  it('never loses a cent, whatever the weights', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1_000_000_000 }),
        fc.array(fc.integer({ min: 0, max: 100_000 }), {
          minLength: 1,
          maxLength: 60,
        }),
        (cents, weights) => {
          const total = new Big(cents).div(1000).toFixed()
          const parts = spread(
            total,
            weights.map((weight) => new Big(weight).div(1000).toFixed()),
          )
          expect(parts.reduce((sum, part) => sum.plus(part), new Big(0)).toFixed()).toBe(total)
        },
      ),
    )
  })
})

it('has no growth against a year without sales', () => {
  expect(growth('100', '0')).toBeNull()
  expect(growth('110', '100')).toBe('0.1')
})

it('goes back to what was signed before it touches the rest', () => {
  const cells = (...pairs: [string, string][]) => pairs.map(([now, signed]) => ({ now, signed }))
  // One cell mistyped: it alone takes what is missing.
  expect(levelToward(cells(['1', '21.77'], ['10', '10'], ['30.5', '30.5']), '62.27')).toEqual([
    '21.77',
    '10',
    '30.5',
  ])
  // Two short, one deliberately more: the short ones share, the third stays.
  expect(levelToward(cells(['0', '20'], ['0', '10'], ['25', '10']), '40')).toEqual(['10', '5', '25'])
  // Too much: whoever stands above goes down.
  expect(levelToward(cells(['30', '20'], ['10', '10']), '30')).toEqual(['20', '10'])
  // More than was signed in all is shared by what stands there then.
  expect(levelToward(cells(['10', '20'], ['20', '20']), '42')).toEqual(['21', '21'])
  expect(levelToward(cells(['20', '20'], ['20', '20']), '40')).toEqual(['20', '20'])
})
