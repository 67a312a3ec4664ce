import type { Calendar } from './model.ts'

const dayMs = 86_400_000
const utc = (date: string): number => Date.parse(`${date}T00:00:00Z`)
const iso = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

/** `date` (`YYYY-MM-DD`) moved by calendar days. */
export const addDays = (date: string, days: number): string => iso(utc(date) + days * dayMs)

/** Calendar days from one date to another. */
export const daysBetween = (from: string, to: string): number => Math.round((utc(to) - utc(from)) / dayMs)

/** Whether people work on `date`: weekdays less the year's days off, plus its make-up days. */
export function isWorkday(calendar: Pick<Calendar, 'years'>, date: string): boolean {
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
export function workdayFrom(calendar: Pick<Calendar, 'years'>, date: string): string {
  let day = date
  while (!isWorkday(calendar, day)) day = addDays(day, 1)
  return day
}

/** The `count`-th working day after `date`; 0 gives `date` or the next working day; negative counts back. */
export function addWorkdays(calendar: Pick<Calendar, 'years'>, date: string, count: number): string {
  if (count === 0) return workdayFrom(calendar, date)
  const step = Math.sign(count)
  let day = date
  let left = Math.abs(count)
  // Far off by arithmetic: that many calendar days hold at most that many working days, so none is leapt over.
  while (left > 20) {
    const next = addDays(day, step * left)
    left -=
      step > 0
        ? workdaysBetween(calendar, day, next)
        : workdaysBetween(calendar, addDays(next, -1), addDays(day, -1))
    day = next
  }
  while (left > 0) {
    day = addDays(day, step)
    if (isWorkday(calendar, day)) left -= 1
  }
  return day
}

/** Working days after `from` up to and with `to`; negative when `to` lies before `from`. */
export function workdaysBetween(calendar: Pick<Calendar, 'years'>, from: string, to: string): number {
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

/** `date` moved by whole months; the last day of a shorter month stands for days it does not have. */
export function addMonths(date: string, months: number): string {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number]
  const first = new Date(Date.UTC(year, month - 1 + months, 1))
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
  return iso(first.getTime() + (Math.min(day, last) - 1) * dayMs)
}
