import type { Calendar, Deadline } from '../../handbook/model.ts'

/** Dates here are `YYYY-MM-DD` in the company's zone. */
const day = 86_400_000
const toTime = (date: string): number => Date.parse(`${date}T00:00:00Z`)
const toDate = (time: number): string => new Date(time).toISOString().slice(0, 10)
export const addDays = (date: string, days: number): string => toDate(toTime(date) + days * day)

/** Statutory days off and make-up days of the edition; a year without data counts weekends only. */
export function isWorkday(calendar: Calendar, date: string): boolean {
  const year = calendar.years[date.slice(0, 4)]
  const monthDay = date.slice(5)
  if (year?.work.includes(monthDay)) return true
  if (year?.off.includes(monthDay)) return false
  const weekday = new Date(toTime(date)).getUTCDay()
  return weekday !== 0 && weekday !== 6
}

/** The date itself when it is a working day, else the next one. */
export function workdayFrom(calendar: Calendar, date: string): string {
  let at = date
  while (!isWorkday(calendar, at)) at = addDays(at, 1)
  return at
}

/** The working day that lies `count` working days after `date`; 0 gives the date or the next working day. */
export function addWorkdays(calendar: Calendar, date: string, count: number): string {
  let at = count === 0 ? workdayFrom(calendar, date) : date
  for (let left = count; left > 0; ) {
    at = addDays(at, 1)
    if (isWorkday(calendar, at)) left -= 1
  }
  return at
}

/** Working days after `from` up to and including `to`; negative when `to` lies before. */
export function workdaysBetween(calendar: Calendar, from: string, to: string): number {
  if (to < from) return -workdaysBetween(calendar, to, from)
  let count = 0
  for (let at = from; at < to; ) {
    at = addDays(at, 1)
    if (isWorkday(calendar, at)) count += 1
  }
  return count
}

/** Date of a norm that names one, for a case of `year`; moved to a working day. */
export function normDate(calendar: Calendar, deadline: Deadline, year: number): string | null {
  return deadline.date ? workdayFrom(calendar, `${year + (deadline.year ?? 0)}-${deadline.date}`) : null
}

/** When a step opened on `opened` is due by its norm. */
export function dueDate(calendar: Calendar, deadline: Deadline, at: { year: number; opened: string }): string | null {
  const fixed = normDate(calendar, deadline, at.year)
  if (fixed) return fixed
  if (deadline.workdays === undefined) return null
  const due = addWorkdays(calendar, at.opened, deadline.workdays)
  const { latest } = deadline
  const last = latest ? workdayFrom(calendar, `${at.year + latest.year}-${latest.date}`) : null
  return last && last < due && last >= at.opened ? last : due
}

/** End of the working day, 18:00 in the company's zone (UTC+8, without summer time). */
export const endOfWorkday = (date: string): Date => new Date(`${date}T18:00:00+08:00`)
