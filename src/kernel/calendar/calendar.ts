import type { Calendar, Deadline, Text } from '../../handbook/model.ts'
import { isCounted } from '../../handbook/words/norms.ts'
import { addDays, addMonths, addWorkdays, workdayFrom } from '../../handbook/workdays.ts'
import { companyZone, dateIn, wallClock } from '../clock.ts'

/** A sentence when the year of `date` has no list of days off, else `null`. */
export function calendarNote(calendar: Calendar, date: string): Text | null {
  const year = date.slice(0, 4)
  if (calendar.years[year]) return null
  return {
    zh: `${year} 年没有节假日数据，只按周末计算`,
    en: `No holidays are listed for ${year}; only weekends are counted`,
  }
}

/** 18:00 of a day in the company's zone, as a moment. */
export function endOfWorkday(date: string, zone: string = companyZone): Date {
  const guess = new Date(`${date}T18:00:00Z`)
  const shown = wallClock(guess, zone).replace(' ', 'T')
  return new Date(2 * guess.getTime() - Date.parse(`${shown}Z`))
}

export interface DueAt {
  /** Year of the case, e.g. the plan's. */
  readonly year: number
  readonly opened: Date
  readonly zone?: string
}

/** The first day of the month or quarter after the one `date` lies in. */
function nextPeriod(date: string, period: 'month' | 'quarter'): string {
  const month = Number(date.slice(5, 7))
  return addMonths(`${date.slice(0, 7)}-01`, period === 'month' ? 1 : 3 - ((month - 1) % 3))
}

function countedDay(calendar: Calendar, deadline: Deadline, at: DueAt): string | null {
  const { workdays, workdayOf, days, hours, months } = deadline
  const opened = dateIn(at.opened, at.zone)
  if (workdayOf) return addWorkdays(calendar, addDays(nextPeriod(opened, workdayOf), -1), workdays ?? 1)
  if (workdays !== undefined) return addWorkdays(calendar, opened, workdays)
  if (days !== undefined) return workdayFrom(calendar, addDays(opened, days))
  if (months !== undefined) return workdayFrom(calendar, addMonths(opened, months))
  if (hours !== undefined) return dateIn(clockOf(hours, at.opened), at.zone)
  return null
}

const clockOf = (hours: number, opened: Date): Date => new Date(opened.getTime() + hours * 3_600_000)

/** The day (`YYYY-MM-DD`) on which a deadline ends. `null` when it cannot be counted: a share, a contract's date, another beginning. */
export function dueDay(calendar: Calendar, deadline: Deadline, at: DueAt): string | null {
  const fixed = (date: string, year: number) => workdayFrom(calendar, `${at.year + year}-${date}`)
  if (!isCounted(deadline)) return null
  if (deadline.date) return fixed(deadline.date, deadline.year ?? 0)
  const due = countedDay(calendar, deadline, at)
  if (due === null || !deadline.latest) return due
  const latest = fixed(deadline.latest.date, deadline.latest.year)
  return [latest, due].sort()[0] as string
}

/** The moment a deadline ends: 18:00 in the company's zone of its day; hours run by the clock, day and night. */
export function dueOf(calendar: Calendar, deadline: Deadline, at: DueAt): Date | null {
  if (deadline.hours !== undefined && isCounted(deadline)) return clockOf(deadline.hours, at.opened)
  const day = dueDay(calendar, deadline, at)
  return day === null ? null : endOfWorkday(day, at.zone)
}
