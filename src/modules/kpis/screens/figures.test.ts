import { describe, expect, it } from 'vitest'
import { daysOf, readPeriod, stepped, textOf, writePeriod, yearsOffered } from './periods.ts'
import { marksOf, rowsHref } from './scale.ts'

describe('periods', () => {
  it('are read and written the same', () => {
    for (const id of ['2014', '2017-Q3', '2017-09']) {
      const said = readPeriod(id)
      expect(said && writePeriod(said)).toBe(id)
    }
    for (const id of ['', '17', '2017-13', '2017-Q5', null]) expect(readPeriod(id)).toBeNull()
  })
  it('step over the year', () => {
    const to = (id: string, by: 1 | -1) => {
      const said = readPeriod(id)
      return said && writePeriod(stepped(said, by))
    }
    expect([to('2017', 1), to('2017-Q1', -1), to('2017-12', 1), to('2017-05', -1)]).toEqual([
      '2018',
      '2016-Q4',
      '2018-01',
      '2017-04',
    ])
  })
  it('offer the years from 2014 to today’s, and beyond where a target is set or sales are older', () => {
    const offered = (open: number, ...years: number[]) =>
      yearsOffered({ open, items: years.map((year) => ({ year })) }, '2018-01-02')
    expect(offered(2017, 2017, 2016)).toEqual([2018, 2017, 2016, 2015, 2014])
    expect(offered(2019, 2019)).toEqual([2019, 2018, 2017, 2016, 2015, 2014])
    expect(offered(2018, 2013).at(-1)).toBe(2013)
  })
  it('have words and days', () => {
    const quarter = { year: 2016, quarter: 1, month: null }
    expect([textOf(quarter, 'zh'), textOf(quarter, 'en')]).toEqual(['2016 年一季度', 'Q1 2016'])
    expect(daysOf({ year: 2016, quarter: null, month: 2 })).toEqual({ from: '2016-02-01', to: '2016-02-29' })
    expect(daysOf(quarter)).toEqual({ from: '2016-01-01', to: '2016-03-31' })
  })
})

describe('a chart', () => {
  it('has round marks from zero up to the largest value', () => {
    expect(marksOf(1290)).toEqual([0, 500, 1000, 1500])
    expect(marksOf(4)).toEqual([0, 1, 2, 3, 4])
    expect(marksOf(0)).toEqual([0])
    expect(marksOf(93_000).at(-1)).toBe(100_000)
  })
})

describe('rows of a figure', () => {
  const days = { from: '2017-01-01', to: '2017-12-31' }
  it('are order lines by the date of the stamp', () => {
    const query = (href: string | null) => href && Object.fromEntries(new URLSearchParams(href.split('?')[1]))
    expect(query(rowsHref({ basis: 'order', scope: 'unit:4' }, days))).toEqual({
      'ordered_on.from': '2017-01-01',
      'ordered_on.to': '2017-12-31',
      unit_id: '4',
    })
    expect(query(rowsHref({ basis: 'shipment', scope: 'company' }, days))).toEqual({
      'shipped_on.from': '2017-01-01',
      'shipped_on.to': '2017-12-31',
    })
  })
  it('are not offered where the list cannot show exactly them', () => {
    expect(rowsHref({ basis: 'order', scope: 'unit:4', regions: 'home' }, days)).toBeNull()
    expect(rowsHref({ basis: 'order', scope: 'person:3' }, days)).toBeNull()
    expect(rowsHref({ basis: 'acceptance', scope: 'company' }, days)).toBeNull()
  })
})
