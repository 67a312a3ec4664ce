import type { Calendar, Deadline, Text } from '../../handbook/model.ts'
import { isCounted } from '../../handbook/words/norms.ts'
import { companyZone, dateIn } from '../clock.ts'

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
  let count = 0
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) if (isWorkday(calendar, day)) count += 1
  return count
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
  const shown = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' })
    .format(guess)
    .replace(' ', 'T')
  return new Date(guess.getTime() - (Date.parse(`${shown}Z`) - guess.getTime()))
}

export interface DueAt {
  /** Year of the case, e.g. the plan's. */
  readonly year: number
  readonly opened: Date
  readonly zone?: string
}

/** `date` moved by whole months; the last day of a shorter month stands for days it does not have. */
export function addMonths(date: string, months: number): string {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number]
  const first = new Date(Date.UTC(year, month - 1 + months, 1))
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
  return iso(first.getTime() + (Math.min(day, last) - 1) * dayMs)
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
