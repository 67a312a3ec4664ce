import { quarterText } from '../../../ui/format/dates.ts'

/** A period as people choose it: a year, one of its quarters, or one of its months. */
export interface Chosen {
  readonly year: number
  readonly quarter: number | null
  readonly month: number | null
}

/** First year that sales may be asked for. */
export const firstYear = 2014

/** Reads `2017`, `2017-Q3`, `2017-09`; anything else is `null`. */
export function readPeriod(id: string | null | undefined): Chosen | null {
  const said = /^(\d{4})(?:-(?:Q([1-4])|(0[1-9]|1[0-2])))?$/.exec(id ?? '')
  return said
    ? {
        year: Number(said[1]),
        quarter: said[2] ? Number(said[2]) : null,
        month: said[3] ? Number(said[3]) : null,
      }
    : null
}

export const writePeriod = ({ year, quarter, month }: Chosen): string =>
  month !== null
    ? `${year}-${String(month).padStart(2, '0')}`
    : quarter !== null
      ? `${year}-Q${quarter}`
      : String(year)

/** The period before or after, of the same length. */
export function stepped({ year, quarter, month }: Chosen, by: 1 | -1): Chosen {
  const over = (value: number, most: number): Pick<Chosen, 'year'> & { part: number } =>
    value < 1
      ? { year: year - 1, part: most }
      : value > most
        ? { year: year + 1, part: 1 }
        : { year, part: value }
  if (month !== null) {
    const to = over(month + by, 12)
    return { year: to.year, quarter: null, month: to.part }
  }
  if (quarter !== null) {
    const to = over(quarter + by, 4)
    return { year: to.year, quarter: to.part, month: null }
  }
  return { year: year + by, quarter, month }
}

/** Years offered, latest first: from the first one to today's, and beyond both where there is something to see. */
export const yearsOffered = (
  { open, items }: { open: number; items: readonly { year: number }[] },
  today: string,
): number[] => {
  const years = [firstYear, Number(today.slice(0, 4)), open, ...items.map((one) => one.year)]
  const [first, last] = [Math.min(...years), Math.max(...years)]
  return Array.from({ length: last - first + 1 }, (_, index) => last - index)
}

export const textOf = ({ year, quarter, month }: Chosen, lang: 'zh' | 'en'): string => {
  if (lang === 'zh')
    return month
      ? `${year} 年 ${month} 月`
      : quarter
        ? `${year} 年${quarterText(quarter, 'zh')}`
        : `${year} 年`
  return month
    ? `${new Date(Date.UTC(2000, month - 1, 1)).toLocaleString('en', { month: 'short', timeZone: 'UTC' })} ${year}`
    : quarter
      ? `Q${quarter} ${year}`
      : String(year)
}

/** First and last day, both included. */
export function daysOf({ year, quarter, month }: Chosen): { from: string; to: string } {
  const first = month ?? (quarter ? quarter * 3 - 2 : 1)
  const last = month ?? (quarter ? quarter * 3 : 12)
  const two = (n: number) => String(n).padStart(2, '0')
  const end = new Date(Date.UTC(year, last, 0)).getUTCDate()
  return { from: `${year}-${two(first)}-01`, to: `${year}-${two(last)}-${end}` }
}
