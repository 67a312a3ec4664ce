import Big from 'big.js'
import type { Text } from '../../../handbook/model.ts'
import { isShown, plainText } from './cell.ts'
import { textOf } from './text.ts'

/** What a cell says, `null` where it is empty, or why it cannot be taken and what to do. */
export type Said<T> = { readonly value: T | null } | { readonly fault: Text }

/** How the numbers of a column are read. */
export interface NumberRule {
  /** The decimal mark that somebody chose for this file. */
  readonly decimal?: 'point' | 'comma' | undefined
  /** The file holds numbers such as `12,50`: `1,234` may then be one as well. */
  readonly doubtful?: boolean
  /** Code of the books' currency, where the column holds money: its signs may stand beside the number. */
  readonly currency?: string | undefined
  /** A share: `50%` is 0.5. */
  readonly percent?: boolean
}

/** Digits before and after the point that every part of the program can hold. */
const most = { before: 15, after: 6 } as const

const signs: Readonly<Record<string, readonly string[]>> = {
  CNY: ['人民币', 'CNY', 'RMB', '¥', '元', '圆'],
  USD: ['US$', 'USD', '$', '美元'],
  EUR: ['EUR', '€', '欧元'],
  GBP: ['GBP', '£', '英镑'],
  JPY: ['JPY', '¥', '円', '日元'],
  HKD: ['HK$', 'HKD', '港元', '港币'],
  TWD: ['NT$', 'TWD', '新台币'],
  KRW: ['KRW', '₩', '韩元'],
  SGD: ['S$', 'SGD', '新加坡元'],
  AUD: ['A$', 'AUD', '澳元'],
  CAD: ['C$', 'CAD', '加元'],
  CHF: ['CHF', '瑞士法郎'],
}
const foreign = /\p{Sc}|[A-Z]{3}|美元|欧元|英镑|日元|港元|港币|韩元|円/iu
const scaled = /[万亿千百兆]|\d\s*[kKmM]\b/u

const fault = (zh: string, en: string): { readonly fault: Text } => ({ fault: { zh, en } })
const notNumber = fault('不是数字，改成数字', 'No number; write one')
const tooLong = fault(
  `整数部分超过 ${most.before} 位，或小数超过 ${most.after} 位，核对后改短`,
  `More than ${most.before} digits before the point or ${most.after} after it; check and shorten it`,
)
const percentHere = fault(
  '这一列不是百分比，改成数字',
  'This column holds no percentages; write the number itself',
)
const scaledHere = fault(
  '写成完整的数字，不用“万”“k”之类的单位',
  'Write the whole number, without units such as 万 or k',
)
const foreignHere = (currency: string | undefined) =>
  currency
    ? fault(
        `带有别的货币符号；账上是 ${currency}，换算后再导`,
        `Bears the sign of another currency; the books are in ${currency}, convert it first`,
      )
    : fault('带有货币符号，这一列只写数字', 'Bears a sign of a currency; this column holds plain numbers')
const commaHere = fault(
  '逗号前后不是三位一组。逗号若是小数点，本次导入选“小数点写作逗号”；否则改正',
  'The comma does not stand between groups of three. If it is the decimal mark, choose “decimal comma” for this import; else mend it',
)
const doubtfulHere = fault(
  '这个文件里有“12,50”这样的数，这里的逗号是小数点还是千位分不清。为本次导入选定小数点',
  'The file holds numbers such as “12,50”, so this comma may be a decimal mark or not. Choose the decimal mark for this import',
)
const pointHere = fault(
  '小数点已选为逗号，这里的点前后不是三位一组，改正',
  'The decimal mark is chosen to be the comma, and this point does not stand between groups of three; mend it',
)

const groups = {
  point: /^(?:\d+|\d{1,3}([, ])\d{3}(?:\1\d{3})*)(?:\.\d+)?$/,
  comma: /^(?:\d+|\d{1,3}([. ])\d{3}(?:\1\d{3})*)(?:,\d+)?$/,
} as const

/** A number that is written with a decimal comma beyond doubt. */
export const showsComma = (cell: unknown): boolean =>
  typeof cell === 'string' &&
  cell.includes(',') &&
  /^[-+(¥]*\s*(?:\d+,(?:\d{1,2}|\d{4,})|\d{1,3}(?:[. ]\d{3})+,\d+|0\d*,\d+)\D*$/.test(textOf(cell))
/** A number that is written with a decimal point beyond doubt. */
export const showsPoint = (cell: unknown): boolean =>
  typeof cell === 'string' &&
  cell.includes('.') &&
  /^[-+(¥]*\s*(?:\d+\.(?:\d{1,2}|\d{4,})|\d{1,3}(?:[, ]\d{3})+\.\d+|0\d*\.\d+)\D*$/.test(textOf(cell))

/**
 * An exact decimal of a cell, as plain text such as `-1234.5`. Files store binary floats: fifteen digits are the number, and what lies
 * below a billionth beside it is noise.
 */
export function numberOf(cell: unknown, rule: NumberRule): Said<string> {
  if (typeof cell === 'number') return ofBinary(cell)
  if (isShown(cell)) return ofShown(cell.n, textOf(cell.w), rule)
  const text = textOf(plainText(cell)).replaceAll('\u2212', '-')
  if (text === '') return { value: null }
  // Letters alone are no amount in another currency.
  if (!/\d/.test(text)) return notNumber
  return ofText(text, rule)
}

function ofBinary(n: number): Said<string> {
  if (!Number.isFinite(n)) return notNumber
  if (Math.abs(n) >= 10 ** most.before) return tooLong
  const exact = new Big(n.toPrecision(15))
  const rounded = exact.round(most.after)
  const noise = new Big(Math.max(1, Math.abs(n))).times('1e-9')
  return exact.minus(rounded).abs().gt(noise) ? tooLong : { value: rounded.toFixed() }
}

/** A number that the file shows with a sign of percent or currency: the sign counts as if it were typed. */
function ofShown(n: number, shown: string, { currency, percent }: NumberRule): Said<string> {
  if (/[%‰]/.test(shown)) return percent && !shown.includes('‰') ? ofBinary(n) : percentHere
  const rest = without(shown, currency)
  if (foreign.test(rest)) return foreignHere(currency)
  if (scaled.test(rest)) return scaledHere
  return ofBinary(n)
}

const without = (text: string, currency: string | undefined): string =>
  (signs[currency ?? ''] ?? (currency ? [currency] : [])).reduce(
    (rest, sign) => rest.replaceAll(new RegExp(sign.replaceAll(/[$]/g, '\\$&'), 'gi'), ' '),
    text,
  )

function ofText(text: string, rule: NumberRule): Said<string> {
  if (text.includes('‰')) return rule.percent ? notNumber : percentHere
  const part = text.endsWith('%')
  if (part && !rule.percent) return percentHere
  let plain = without(part ? text.slice(0, -1) : text, rule.currency).trim()
  if (/^[-+]?(nan|inf(inity)?|\d+(\.\d+)?e[-+]?\d+)$/i.test(plain)) return notNumber
  if (foreign.test(plain)) return foreignHere(rule.currency)
  if (scaled.test(plain)) return scaledHere
  const inside = /^\(([^()]*)\)$/.exec(plain)?.[1]
  let negative = inside !== undefined
  if (inside !== undefined) plain = inside.trim()
  else {
    const led = /^([+-])\s*(.*)$/.exec(plain)
    if (led) {
      negative = led[1] === '-'
      plain = (led[2] as string).trim()
    }
  }
  const decimal = rule.decimal ?? 'point'
  if (!groups[decimal].test(plain)) return whyNot(plain, decimal, rule)
  if (rule.decimal === undefined && rule.doubtful && /^\d{1,3},\d{3}$/.test(plain)) return doubtfulHere
  const digits =
    decimal === 'point' ? plain.replaceAll(/[, ]/g, '') : plain.replaceAll(/[. ]/g, '').replace(',', '.')
  if (digits.length > 400) return tooLong
  const exact = part ? new Big(digits).div(100) : new Big(digits)
  const written = exact.toFixed()
  const [before = '', after = ''] = written.split('.')
  if (before.length > most.before || after.length > most.after) return tooLong
  return { value: negative && !exact.eq(0) ? `-${written}` : written }
}

function whyNot(plain: string, decimal: 'point' | 'comma', rule: NumberRule): { readonly fault: Text } {
  if (!/^[\d.,' _]+$/.test(plain) || !/\d/.test(plain)) return notNumber
  if (decimal === 'comma' && plain.includes('.')) return pointHere
  if (rule.decimal === undefined && showsComma(plain)) return commaHere
  return fault(
    '数字的分隔不合规则，写成 1234.5 或 1,234.5',
    'The digits are parted in an unknown way; write 1234.5 or 1,234.5',
  )
}
