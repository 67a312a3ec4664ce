import { describe, expect, test } from 'vitest'
import { dayOf } from './dates.ts'
import { numberOf, showsComma, showsPoint } from './numbers.ts'

const money = { currency: 'CNY' } as const
const why = (said: { value: string | null } | { fault: { zh: string } }) =>
  'fault' in said ? said.fault.zh : `value ${said.value}`

describe('A number', () => {
  test.each([
    ['1234.5', '1234.5'],
    ['1,234.50', '1234.5'],
    ['1\u00a0234.50', '1234.5'],
    ['１，２３４．５０', '1234.5'],
    ['(1,123.45)', '-1123.45'],
    ['（123.45）', '-123.45'],
    ['\u2212123.45', '-123.45'],
    ['¥100', '100'],
    ['￥100.5', '100.5'],
    ['100元', '100'],
    ['CNY 100', '100'],
    ['-¥1,000.00', '-1000'],
    [100, '100'],
    [0.1 + 0.2, '0.3'],
    [-1.7763568394002505e-15, '0'],
    [{ n: 100, w: '¥100.00' }, '100'],
    [{ n: 5, w: '5件' }, '5'],
    ['', null],
  ])('%j is read as %j', (cell, value) => {
    expect(numberOf(cell, money)).toEqual({ value })
  })

  test.each([
    ['12,50', '逗号'],
    ['1.234,56', '逗号'],
    ["1'234.50", '分隔'],
    ['1,23,456.00', '分隔'],
    ['1_234.5', '分隔'],
    ['50%', '百分比'],
    ['5‰', '百分比'],
    ['$100', '货币'],
    ['USD 100', '货币'],
    ['1.2万', '完整'],
    ['0x10', '不是数字'],
    ['1e3', '不是数字'],
    ['123.45-', '不是数字'],
    ['-', '不是数字'],
    [1e21, '超过'],
    ['1234567890123456', '超过'],
    ['0.1234567', '超过'],
    [33.3333333333333, '超过'],
    [{ n: 0.5, w: '50%' }, '百分比'],
    [{ n: 100, w: '$100.00' }, '货币'],
    [{ n: 1.2, w: '1.2万' }, '完整'],
  ])('%j is refused: %s', (cell, part) => {
    expect(why(numberOf(cell, money))).toContain(part)
  })

  test('is a share where the column holds shares', () => {
    expect(numberOf('50%', { percent: true })).toEqual({ value: '0.5' })
    expect(numberOf({ n: 0.5, w: '50%' }, { percent: true })).toEqual({ value: '0.5' })
  })

  test('with a decimal comma is read where that is chosen, and a point is one of groups then', () => {
    const comma = { decimal: 'comma' } as const
    expect(['1.234,56', '12,50', '1.234'].map((cell) => numberOf(cell, comma))).toEqual([
      { value: '1234.56' },
      { value: '12.5' },
      { value: '1234' },
    ])
    expect(why(numberOf('12.5', comma))).toContain('三位一组')
  })

  test('such as 1,234 is doubtful in a file that holds 12,50', () => {
    expect(numberOf('1,234', {})).toEqual({ value: '1234' })
    expect(why(numberOf('1,234', { doubtful: true }))).toContain('分不清')
    expect(numberOf('1,234', { doubtful: true, decimal: 'point' })).toEqual({ value: '1234' })
    expect(['12,50', '1.234,56', '1,234', '1,23,456.00', '1,234.50'].map(showsComma)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ])
    expect(['12.50', '1,234.56', '1.234', '12,50'].map(showsPoint)).toEqual([true, true, false, false])
  })
})

describe('A day', () => {
  test.each([
    ['2017年3月5日', '2017-03-05'],
    ['2017.3.5', '2017-03-05'],
    ['2017/3/5 0:00', '2017-03-05'],
    ['20170305', '2017-03-05'],
    [20170305, '2017-03-05'],
    ['5-Mar-17', '2017-03-05'],
    ['March 5, 2017', '2017-03-05'],
    ['２０１７年３月５日', '2017-03-05'],
    ['2017-03-05T23:30:00Z', '2017-03-06'],
    ['2017-03-05T00:30:00+12:00', '2017-03-04'],
    ['2017-03-05 23:30:00+08:00', '2017-03-05'],
    [42_794.9999999, '2017-03-01'],
    [42_794.5, '2017-02-28'],
    [{ day: '2017-03-05', w: '3月5日' }, '2017-03-05'],
  ])('%j is %s', (cell, value) => {
    expect(dayOf(cell, {})).toEqual({ value })
  })

  test.each([
    ['05/03/2017', '先后不明'],
    ['3/5/17', '先后不明'],
    ['42799', '序号'],
    ['民國106年3月5日', '民国'],
    ['106/03/05', '民国'],
    ['2017-02-30', '不是日期'],
    ['2017年3月', '不是日期'],
    ['Mar-24', '不是日期'],
    ['1949-10-01', '1950'],
    ['2117-01-01', '1950'],
    ['2017-3-5 99:99', '时间'],
  ])('%j is refused: %s', (cell, part) => {
    expect(why(dayOf(cell, {}))).toContain(part)
  })

  test('in figures only is read in the order that is chosen', () => {
    expect(dayOf('05/03/2017', { order: 'dmy' })).toEqual({ value: '2017-03-05' })
    expect(dayOf('3/5/17', { order: 'mdy' })).toEqual({ value: '2017-03-05' })
    expect(dayOf('17/3/5', { order: 'ymd' })).toEqual({ value: '2017-03-05' })
    expect(why(dayOf('25/13/2017', { order: 'dmy' }))).toContain('所选')
  })

  test('counts from 1904 where the file says so', () => {
    expect(dayOf(41_000, { date1904: true })).toEqual({ value: '2016-04-02' })
  })
})
