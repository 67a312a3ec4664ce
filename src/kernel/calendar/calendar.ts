import type { Calendar, Deadline, Text } from '../../handbook/model.ts'
import { companyZone, dateIn, wallClock } from '../clock.ts'

const dayMs = 86_400_000
const utc = (date: string): number => Date.parse(`${date}T00:00:00Z`)
const iso = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

/** `date` (`YYYY-MM-DD`) moved by calendar days. */
export const addDays = (date: string, days: number): string => iso(utc(date) + days * dayMs)

/** Whether people work on `date`: weekdays less the year's days off, plus its make-up days. */
export function isWorkday(calendar: Calendar, date: string): boolean {
  const year = calendar.years[date.slice(0, 4)]
  const day = date.slice(5)
  if (year?.work.includes(day)) return true
  if (year?.off.includes(day)) return false
  return isWeekday(date)
}

function isWeekday(date: string): boolean {
  const weekday = new Date(utc(date)).getUTCDay()
  return weekday !== 0 && weekday !== 6
}

/** The day itself if it is a working day, else the next one. */
export function workdayFrom(calendar: Calendar, date: string): string {
  let day = date
  while (!isWorkday(calendar, day)) day = addDays(day, 1)
  return day
}

/** The `count`-th working day after `date`; 0 gives `date` or the next working day; negative counts back. */
export function addWorkdays(calendar: Calendar, date: string, count: number): string {
  if (count === 0) return workdayFrom(calendar, date)
  const step = Math.sign(count)
  let day = date
  for (let left = Math.abs(count); left > 0; ) {
    day = addDays(day, step)
    if (isWorkday(calendar, day)) left -= 1
  }
  return day
}

/** Working days after `from` up to and with `to`; negative when `to` lies before `from`. */
export function workdaysBetween(calendar: Calendar, from: string, to: string): number {
  if (to < from) return -workdaysBetween(calendar, to, from)
  // Weekdays by arithmetic, then what the lists of the years between change: a deadline years away is no walk over its days.
  let count = weekdaysUpTo(to) - weekdaysUpTo(from)
  for (const [year, { off, work }] of Object.entries(calendar.years)) {
    if (year < from.slice(0, 4) || year > to.slice(0, 4)) continue
    for (const date of new Set([...off, ...work].map((day) => `${year}-${day}`)))
      if (date > from && date <= to) count += Number(isWorkday(calendar, date)) - Number(isWeekday(date))
  }
  return count
}

/** Monday to Friday from 5 January 1970, a Monday, up to and with `date`. */
function weekdaysUpTo(date: string): number {
  const days = Math.floor(utc(date) / dayMs) - 4
  const weeks = Math.floor(days / 7)
  return weeks * 5 + Math.min(days - weeks * 7 + 1, 5)
}

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
  return new Date(guess.getTime() - (Date.parse(`${shown}Z`) - guess.getTime()))
}

export interface DueAt {
  /** Year of the case, e.g. the plan's. */
  readonly year: number
  readonly opened: Date
  readonly zone?: string
}

/** The working day (`YYYY-MM-DD`) on which a deadline ends. `null` when the deadline names neither date nor days. */
export function dueDay(calendar: Calendar, deadline: Deadline, at: DueAt): string | null {
  const fixed = (date: string, year: number) => workdayFrom(calendar, `${at.year + year}-${date}`)
  if (deadline.date) return fixed(deadline.date, deadline.year ?? 0)
  if (deadline.workdays === undefined) return null
  const due = addWorkdays(calendar, dateIn(at.opened, at.zone), deadline.workdays)
  if (!deadline.latest) return due
  const latest = fixed(deadline.latest.date, deadline.latest.year)
  return [latest, due].sort()[0] as string
}

/** The moment a deadline ends: 18:00 in the company's zone of its working day. */
export function dueOf(calendar: Calendar, deadline: Deadline, at: DueAt): Date | null {
  const day = dueDay(calendar, deadline, at)
  return day === null ? null : endOfWorkday(day, at.zone)
}
