import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Calendar, Deadline } from '../../handbook/model.ts'
import { addDays, addMonths, addWorkdays, isWorkday, workdaysBetween } from '../../handbook/workdays.ts'
import { calendarNote, dueOf, endOfWorkday } from './calendar.ts'

const calendar: Calendar = {
  tag: 'law',
  at: { file: 'calendar.yaml', line: 1, column: 1 },
  years: { '2026': { off: ['01-01', '01-02', '10-01', '10-02'], work: ['01-04', '10-10'] } },
}
const day = fc
  .integer({ min: 0, max: 2000 })
  .map((n) => new Date(Date.UTC(2025, 0, 1) + n * 86_400_000).toISOString().slice(0, 10))

describe('working days', () => {
  test('a day off is none, a make-up Sunday is one', () => {
    expect(isWorkday(calendar, '2026-01-01')).toBe(false)
    expect(isWorkday(calendar, '2026-01-04')).toBe(true)
    expect(addWorkdays(calendar, '2025-12-31', 1)).toBe('2026-01-04')
  })
  test('a year without data counts weekends and says so', () => {
    expect(isWorkday(calendar, '2018-01-01')).toBe(true)
    expect(calendarNote(calendar, '2018-01-01')?.zh).toContain('2018')
    expect(calendarNote(calendar, '2026-05-01')).toBeNull()
  })
  test('a working day ends at 18:00 of the company', () => {
    expect(endOfWorkday('2018-01-09').toISOString()).toBe('2018-01-09T10:00:00.000Z')
  })
  test('five working days, but never later than the last day', () => {
    const review = { workdays: 5, latest: { date: '11-30', year: -1 } }
    const due = (opened: string) => dueOf(calendar, review, { year: 2027, opened: new Date(opened) })
    expect(due('2026-11-02T01:00:00Z')?.toISOString()).toBe('2026-11-09T10:00:00.000Z')
    expect(due('2026-11-27T01:00:00Z')?.toISOString()).toBe('2026-11-30T10:00:00.000Z')
  })
  test('days, months and the working day of the next month or quarter end on a working day', () => {
    const due = (deadline: Deadline, opened: string) =>
      dueOf(calendar, deadline, { year: 2026, opened: new Date(opened) })?.toISOString()
    expect(due({ days: 30 }, '2026-09-02T02:00:00Z')).toBe('2026-10-05T10:00:00.000Z')
    expect(due({ months: 1 }, '2026-01-31T02:00:00Z')).toBe('2026-03-02T10:00:00.000Z')
    expect(due({ workdayOf: 'month', workdays: 1 }, '2026-09-28T02:00:00Z')).toBe('2026-10-05T10:00:00.000Z')
    expect(due({ workdayOf: 'quarter', workdays: 1 }, '2026-08-03T02:00:00Z')).toBe(
      '2026-10-05T10:00:00.000Z',
    )
    expect(addMonths('2028-01-31', 1)).toBe('2028-02-29')
  })
  test('hours run by the clock, over the weekend, too', () => {
    const at = { year: 2026, opened: new Date('2026-09-04T20:30:00Z') }
    expect(dueOf(calendar, { hours: 24 }, at)?.toISOString()).toBe('2026-09-05T20:30:00.000Z')
  })
  test('what depends on a contract, a bid or another day is not guessed', () => {
    const at = { year: 2026, opened: new Date('2026-09-04T02:00:00Z') }
    for (const deadline of [
      { share: 40 },
      { open: { zh: '按合同', en: 'per contract' } },
      { days: 30, from: { zh: '签字后', en: 'after signature' } },
    ])
      expect(dueOf(calendar, deadline, at)).toBeNull()
  })
  test('counting forth and back agree', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 60 }), (from, count) => {
        const to = addWorkdays(calendar, from, count)
        expect(isWorkday(calendar, to)).toBe(true)
        expect(workdaysBetween(calendar, from, to)).toBe(count)
        expect(workdaysBetween(calendar, to, from)).toBe(-count)
      }),
    )
  })
  test('a later start never ends earlier', () => {
    fc.assert(
      fc.property(day, day, fc.integer({ min: 0, max: 30 }), (a, b, count) => {
        const [early, late] = a < b ? [a, b] : [b, a]
        expect(addWorkdays(calendar, early, count) <= addWorkdays(calendar, late, count)).toBe(true)
      }),
    )
  })
})

test('working days between two dates are those that a walk over the days finds, make-up days and days off included', () => {
  const calendar = {
    years: {
      2018: { off: ['01-01', '02-15', '02-17', '10-01', '12-31'], work: ['02-11', '02-24', '10-01'] },
      2019: { off: ['01-01'], work: [] },
    },
  } as unknown as Calendar
  const walked = (from: string, to: string) => {
    let count = 0
    for (let day = addDays(from, 1); day <= to; day = addDays(day, 1))
      if (isWorkday(calendar, day)) count += 1
    return count
  }
  for (let start = 0; start < 40; start += 1)
    for (const length of [0, 1, 2, 5, 6, 7, 13, 60, 365, 800]) {
      const from = addDays('2017-12-20', start * 9)
      const to = addDays(from, length)
      expect([from, to, workdaysBetween(calendar, from, to)]).toEqual([from, to, walked(from, to)])
    }
})

test('the day so many working days away is the one that a walk over the days reaches, before and after', () => {
  const calendar = {
    years: {
      2018: {
        off: ['01-01', '02-15', '02-16', '02-19', '10-01', '12-31'],
        work: ['02-11', '02-24', '09-29'],
      },
      2019: { off: ['01-01'], work: [] },
    },
  } as unknown as Calendar
  const walked = (from: string, count: number) => {
    let day = from
    for (let left = Math.abs(count); left > 0; ) {
      day = addDays(day, Math.sign(count))
      if (isWorkday(calendar, day)) left -= 1
    }
    return day
  }
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 900 }), fc.integer({ min: -500, max: 500 }), (start, count) => {
      fc.pre(count !== 0)
      const from = addDays('2017-09-01', start)
      expect(addWorkdays(calendar, from, count)).toBe(walked(from, count))
    }),
  )
})
