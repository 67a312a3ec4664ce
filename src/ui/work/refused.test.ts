import { describe, expect, it } from 'vitest'
import { ApiProblem } from '../api.ts'
import { checksIn, faultAt, refusedAs } from './refused.ts'

const text = { zh: '差 20 万元', en: '200,000 short' }
const check = (difference: string, ok: boolean) => ({
  given: '1000000',
  sum: '800000',
  difference,
  ratio: '0.8',
  ok,
})

describe('a refused split', () => {
  it('shows every quarter and the year last', () => {
    const lines = checksIn({
      checks: { total: check('-200000', false), Q2: check('0', true), Q1: check('-200000', false) },
    })
    expect(lines.map((line) => [line.key, line.difference, line.ok])).toEqual([
      ['Q1', '-200000', false],
      ['Q2', '0', true],
      ['total', '-200000', false],
    ])
  })
  it('shows no table where there is none', () => {
    expect(checksIn({})).toEqual([])
    expect(checksIn({ checks: 'no' })).toEqual([])
    expect(checksIn({ checks: { Q1: { given: 3 }, Q2: null } as never })).toEqual([])
  })
  it('keeps a ratio that does not apply apart from zero', () => {
    expect(checksIn({ checks: { Q1: { ...check('0', true), ratio: null } } })[0]?.ratio).toBeNull()
  })
})

describe('what a refusal asks', () => {
  const refusal = (status: number, code: string) => new ApiProblem(status, { code, text })
  it.each([
    [refusal(0, 'offline'), 'offline'],
    [refusal(404, 'not-found'), 'gone'],
    [refusal(409, 'conflict'), 'conflict'],
    [refusal(409, 'already-done'), 'already-done'],
    [refusal(409, 'busy'), 'mend'],
    [refusal(422, 'sum-out-of-range'), 'mend'],
    [new TypeError('x'), 'mend'],
  ] as const)('%s', (error, asked) => expect(refusedAs(error)).toBe(asked))
  it('finds the words for the place they are about', () => {
    const error = new ApiProblem(422, { code: 'invalid', text, faults: [{ path: 'comment', text }] })
    expect(faultAt(error, 'comment')).toEqual(text)
    expect(faultAt(error, 'outcome')).toBeNull()
    expect(faultAt(new Error('x'), 'comment')).toBeNull()
  })
})
