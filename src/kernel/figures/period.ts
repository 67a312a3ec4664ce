import { invalid } from '../refusal.ts'
import type { Period } from './measure.ts'

const lastDay = (year: number, month: number) => new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10)

/**
 * Reads `2017`, `2017-H1`, `2017-Q3` or `2017-09`, both ends included.
 * @throws Refusal 422 naming the four ways to write a period
 */
export function periodOf(id: string): Period {
  const said = /^((?:19|20)\d{2})(?:-(?:H([12])|Q([1-4])|(0[1-9]|1[0-2])))?$/.exec(id)
  if (!said)
    throw invalid(
      {
        zh: '期间要写成 2017、2017-H1、2017-Q3 或 2017-09',
        en: 'Write a period as 2017, 2017-H1, 2017-Q3 or 2017-09',
      },
      [{ path: 'period', text: { zh: `读不懂“${id}”`, en: `Cannot read “${id}”` } }],
    )
  const year = Number(said[1])
  const [first, last] = said[4]
    ? [Number(said[4]), Number(said[4])]
    : said[3]
      ? [Number(said[3]) * 3 - 2, Number(said[3]) * 3]
      : said[2]
        ? [Number(said[2]) * 6 - 5, Number(said[2]) * 6]
        : [1, 12]
  return { id, from: `${year}-${String(first).padStart(2, '0')}-01`, to: lastDay(year, last) }
}

/** The same stretch a year before. */
export const yearBefore = (period: Period): Period =>
  periodOf(period.id.replace(/^\d{4}/, (year) => String(Number(year) - 1)))
