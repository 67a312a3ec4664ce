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

/** Years offered, latest first: from the first one to the one after today, so that a target can be seen ahead. */
export const yearsUntil = (today: string): number[] => {
  const last = Number(today.slice(0, 4))
  return Array.from({ length: Math.max(1, last - firstYear + 1) }, (_, index) => last - index)
}

/** The period one begins with: last year's, when this one has hardly begun. */
export const firstPeriod = (today: string): string => {
  const [year, month] = [Number(today.slice(0, 4)), Number(today.slice(5, 7))]
  return String(month === 1 ? year - 1 : year)
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
