import Big from 'big.js'

/**
 * A cell as text, without the spaces people and programs leave; full-width letters and figures become plain ones. Halves of characters
 * and control characters, which damaged files hold and no column can, do not stay either.
 */
export const textOf = (cell: unknown): string =>
  cell === null || cell === undefined
    ? ''
    : String(cell)
        .normalize('NFKC')
        .replaceAll(/\s+/g, ' ')
        .replaceAll(/[\p{Cc}\p{Cs}]/gu, '')
        .trim()

/**
 * An exact decimal of a cell. Files store binary floats: fifteen digits are the number, the rest is noise.
 * @returns `null` for an empty cell, `undefined` for one that is no number
 */
export function decimalOf(cell: unknown): string | null | undefined {
  if (typeof cell === 'number')
    return Number.isFinite(cell) ? new Big(cell.toPrecision(15)).toFixed() : undefined
  const text = textOf(cell).replaceAll(/[,¥￥\s]/g, '')
  if (text === '') return null
  const part = /^(-?\d+(?:\.\d+)?)%$/.exec(text)?.[1]
  if (part) return new Big(part).div(100).toFixed()
  const negative = /^\((\d+(?:\.\d+)?)\)$/.exec(text)?.[1]
  if (negative) return `-${negative}`
  return /^-?\d{1,15}(\.\d{1,30})?$/.test(text) ? new Big(text).toFixed() : undefined
}

const first = Date.UTC(1899, 11, 30)
const day = (year: number, month: number, date: number): string | undefined => {
  const moment = new Date(Date.UTC(year, month - 1, date))
  return moment.getUTCMonth() === month - 1 && moment.getUTCDate() === date && year >= 1950 && year <= 2100
    ? moment.toISOString().slice(0, 10)
    : undefined
}

/**
 * A day of a cell, `YYYY-MM-DD`: a serial number of Excel, or year, month and day in that order.
 * @returns `null` for an empty cell, `undefined` for one that is no day
 */
export function dateOf(cell: unknown): string | null | undefined {
  if (typeof cell === 'number') {
    if (cell < 18_264 || cell > 73_415) return undefined
    return new Date(first + Math.floor(cell) * 86_400_000).toISOString().slice(0, 10)
  }
  const text = textOf(cell)
  if (text === '') return null
  const said = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T].*)?$/.exec(text)
  return said ? day(Number(said[1]), Number(said[2]), Number(said[3])) : undefined
}
