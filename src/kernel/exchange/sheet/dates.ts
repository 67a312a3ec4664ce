import type { Text } from '../../../handbook/model.ts'
import { isDay, isShown, plainText } from './cell.ts'
import type { Said } from './numbers.ts'
import { textOf } from './text.ts'

/** How the days of a file are read. */
export interface DateRule {
  /** The order of day, month and year that somebody chose for this file. */
  readonly order?: 'ymd' | 'dmy' | 'mdy' | undefined
  /** Serial numbers count from 1904. */
  readonly date1904?: boolean
}

const fault = (zh: string, en: string): { readonly fault: Text } => ({ fault: { zh, en } })
const noDay = fault('不是日期，写成 2017-04-28', 'No date; write it as 2017-04-28')
const orderOpen = fault(
  '日、月、年的先后不明。为本次导入选定日期的写法，或写成 2017-04-28',
  'The order of day, month and year is open. Choose how this import writes dates, or write 2017-04-28',
)
const outOfOrder = fault(
  '按所选的日期写法不成日期，核对后改正',
  'No date in the chosen order of day, month and year; check it',
)
const bareSerial = fault(
  '只有一个序号，看不出是哪一天，写成 2017-04-28',
  'A bare serial number tells no day; write it as 2017-04-28',
)
const republic = fault(
  '民国纪年改写成公历，如 2017-03-05',
  'Write the year of the common era, as in 2017-03-05',
)
const outOfRange = fault(
  '只收 1950 年至 2100 年的日期，核对后改正',
  'Only dates from 1950 to 2100 are taken; check it',
)
const noTime = fault('日期后面的时间不成时间，核对后改正', 'What follows the date is no time; check it')

const first = Date.UTC(1899, 11, 30)
const dayMs = 86_400_000

/** The day of a serial number, moments a breath before midnight counted as the next day, as sheets show them; `null` out of range. */
export function dayOfSerial(n: number, date1904: boolean): string | null {
  const days = Math.floor(Math.round(n * 86_400) / 86_400) + (date1904 ? 1462 : 0)
  return days < 18_264 || days > 73_415 ? null : new Date(first + days * dayMs).toISOString().slice(0, 10)
}

function day(year: number, month: number, date: number): Said<string> {
  const moment = new Date(Date.UTC(year, month - 1, date))
  if (moment.getUTCMonth() !== month - 1 || moment.getUTCDate() !== date || month < 1) return noDay
  return year >= 1950 && year <= 2100 ? { value: moment.toISOString().slice(0, 10) } : outOfRange
}

const fullYear = (said: string): number => {
  const year = Number(said)
  return said.length > 2 ? year : year + (year < 70 ? 2000 : 1900)
}

const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')
const monthOf = (name: string): number => months.indexOf(name.slice(0, 3).toLowerCase()) + 1
const monthName =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)'

const yearFirst = /^(\d{4})(?:([-/.])(\d{1,2})\2(\d{1,2})|年\s?(\d{1,2})月\s?(\d{1,2})日?)(.*)$/
const compact = /^(\d{4})(\d{2})(\d{2})$/
const dayThenName = new RegExp(`^(\\d{1,2})[- ]${monthName}[- ,]+(\\d{4}|\\d{2})(.*)$`, 'i')
const nameThenDay = new RegExp(`^${monthName}\\.? (\\d{1,2}),? (\\d{4})(.*)$`, 'i')
const numbersOnly = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{1,2})(?!\d)(.*)$/
const clock =
  /^(?:[T ]\s?(?:(上午|下午|AM|PM)\s?)?(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s?(AM|PM)?\s?(Z|[+-]\d{2}:?\d{2})?|\s?(?:上午|下午|星期.|周.|\(?(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\)?))?$/i

/** The company's clock against universal time, in minutes; it knows no summer time. */
const shanghai = 480

/** Moves the day to the company's, where the cell says a moment of another clock. */
function atHome(found: Said<string>, rest: string): Said<string> {
  if (!('value' in found) || found.value === null || rest.trim() === '') return found
  const said = clock.exec(rest)
  if (!said) return noTime
  const [, , hour = '0', minute = '0', second = '0', , zone] = said
  if (Number(hour) > 24 || Number(minute) > 59 || Number(second) > 60) return noTime
  if (!zone) return found
  const away = /^z$/i.test(zone)
    ? 0
    : (zone[0] === '-' ? -1 : 1) *
      (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3).replace(':', '') || 0))
  const moment =
    Date.parse(`${found.value}T00:00:00Z`) +
    (Number(hour) * 60 + Number(minute) - away + shanghai) * 60_000 +
    Number(second) * 1000
  return { value: new Date(moment).toISOString().slice(0, 10) }
}

/**
 * A day of a cell, `YYYY-MM-DD`: what the file shows as a day, a number counted from the file's first day, or a text that says year, month
 * and day beyond doubt. A moment with its zone is the day it has in Shanghai.
 */
export function dayOf(cell: unknown, { order, date1904 = false }: DateRule): Said<string> {
  if (isDay(cell)) return { value: cell.day }
  if (typeof cell === 'number' || isShown(cell)) {
    const n = typeof cell === 'number' ? cell : cell.n
    const whole = compact.exec(String(n))
    if (whole) return day(Number(whole[1]), Number(whole[2]), Number(whole[3]))
    const found = dayOfSerial(n, date1904)
    return found === null ? noDay : { value: found }
  }
  const text = textOf(plainText(cell))
  if (text === '') return { value: null }
  if (/民[国國]/.test(text) || /^1\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}/.test(text)) return republic
  if (/^\d{5}(\.\d+)?$/.test(text)) return bareSerial
  const ymd = yearFirst.exec(text)
  if (ymd)
    return atHome(day(Number(ymd[1]), Number(ymd[3] ?? ymd[5]), Number(ymd[4] ?? ymd[6])), ymd[7] as string)
  const whole = compact.exec(text)
  if (whole) return day(Number(whole[1]), Number(whole[2]), Number(whole[3]))
  const named = dayThenName.exec(text)
  if (named)
    return atHome(
      day(fullYear(named[3] as string), monthOf(named[2] as string), Number(named[1])),
      named[4] as string,
    )
  const american = nameThenDay.exec(text)
  if (american)
    return atHome(
      day(Number(american[3]), monthOf(american[1] as string), Number(american[2])),
      american[4] as string,
    )
  const open = numbersOnly.exec(text)
  if (!open) return noDay
  return order === undefined ? orderOpen : inOrder(open, order)
}

function inOrder(said: RegExpExecArray, order: 'ymd' | 'dmy' | 'mdy'): Said<string> {
  const [, one = '', , two = '', three = '', rest = ''] = said
  const [year, month, date] =
    order === 'ymd' ? [one, two, three] : order === 'dmy' ? [three, two, one] : [three, one, two]
  if (date.length > 2 || (year.length !== 2 && year.length !== 4)) return outOfOrder
  const found = day(fullYear(year), Number(month), Number(date))
  return 'fault' in found ? outOfOrder : atHome(found, rest)
}

/** Day, month and year in an order that only the person can tell. */
export const orderIsOpen = (cell: unknown): boolean =>
  typeof cell === 'string' && numbersOnly.test(textOf(cell))
