import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, addWorkdays, dueDate, isWorkday, workdaysBetween } from './calendar.ts'

const calendar = {
  years: { '2025': { off: ['10-01', '10-02', '10-03', '10-04', '10-05', '10-06', '10-07', '10-08'], work: ['09-28', '10-11'] } },
  tag: 'law' as const,
  at: { file: '', line: 1, column: 1 },
}
const anyDate = fc.integer({ min: 0, max: 4000 }).map((days) => addDays('2018-01-01', days))

describe('working days', () => {
  it('work on a make-up Sunday and rest through the national holiday', () => {
    expect(isWorkday(calendar, '2025-09-28')).toBe(true)
    expect(addWorkdays(calendar, '2025-09-30', 1)).toBe('2025-10-09')
  })
  it('know only weekends in a year without data', () => {
    expect(isWorkday(calendar, '2018-10-01')).toBe(true)
    expect(isWorkday(calendar, '2018-10-06')).toBe(false)
  })
  it('count back what they counted forth', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: 1, max: 60 }), (date, count) => {
        const due = addWorkdays(calendar, date, count)
        expect(isWorkday(calendar, due)).toBe(true)
        expect(workdaysBetween(calendar, date, due)).toBe(count)
      }),
    )
  })
})

describe('deadlines', () => {
  it('move a norm date that is no working day to the next one', () => {
    expect(dueDate(calendar, { date: '10-20', year: -1 }, { year: 2019, opened: '2018-09-03' })).toBe('2018-10-22')
  })
  it('give so many working days, but not beyond the latest date', () => {
    const review = { workdays: 5, latest: { date: '11-30', year: -1 } }
    expect(dueDate(calendar, review, { year: 2019, opened: '2018-11-05' })).toBe('2018-11-12')
    expect(dueDate(calendar, review, { year: 2019, opened: '2018-11-28' })).toBe('2018-11-30')
  })
})
