import Big from 'big.js'

export type Lang = 'zh' | 'en'
/** 元, 万元 (English: thousands) and 亿元 (English: millions); display only, never what is stored. */
export type MoneyUnit = 'yuan' | 'wan' | 'yi'

const divisor: Record<Lang, Record<MoneyUnit, number>> = {
  zh: { yuan: 1, wan: 10_000, yi: 100_000_000 },
  en: { yuan: 1, wan: 1000, yi: 1_000_000 },
}
const names: Record<Lang, Record<MoneyUnit, string>> = {
  zh: { yuan: '元', wan: '万元', yi: '亿元' },
  en: { yuan: 'CNY', wan: 'CNY thousand', yi: 'CNY million' },
}

/** Thousands commas and a true minus on an exact decimal. */
export function grouped(value: Big, places: number): string {
  const [whole = '0', part] = value.abs().toFixed(places).split('.')
  const text = whole.replace(/\B(?=(\d{3})+$)/g, ',') + (part ? `.${part}` : '')
  return value.lt(0) && /[1-9]/.test(text) ? `−${text}` : text
}

function exact(value: string | number | null | undefined): Big | null {
  if (value === null || value === undefined || value === '') return null
  try {
    return new Big(value)
  } catch {
    return null
  }
}

export const unitName = (unit: MoneyUnit, lang: Lang): string => names[lang][unit]

/** The unit a column of amounts is written in: small sums in 元, else 万元, 亿元 only when all are that large. */
export function unitFor(values: readonly (string | null | undefined)[]): MoneyUnit {
  const sizes = values.flatMap((value) => exact(value)?.abs() ?? [])
  const largest = sizes.reduce((a, b) => (a.gt(b) ? a : b), new Big(0))
  return largest.lt(100_000) ? 'yuan' : 'wan'
}

/** An amount in a given unit without the unit's name: `1,286.00`; empty for no amount. */
export function amountIn(value: string | null | undefined, unit: MoneyUnit, lang: Lang, places = 2): string {
  const amount = exact(value)
  return amount ? grouped(amount.div(divisor[lang][unit]), places) : ''
}

const most: Record<Lang, number> = { zh: 100_000_000, en: 1_000_000 }

/** An amount in running text with its unit: 1,286.0 万元, from 10,000 万元 on 亿元; English `CNY 548.9 k`, from a million on `CNY 5.49 m`. */
export function moneyText(value: string | null | undefined, lang: Lang, places = 1): string {
  const amount = exact(value)
  if (!amount) return ''
  const unit: MoneyUnit = amount.abs().gte(most[lang]) ? 'yi' : amount.abs().gte(10_000) ? 'wan' : 'yuan'
  const text = grouped(amount.div(divisor[lang][unit]), unit === 'yi' ? 2 : unit === 'yuan' ? 2 : places)
  return lang === 'zh'
    ? `${text} ${names.zh[unit]}`
    : `CNY ${text}${unit === 'yuan' ? '' : unit === 'wan' ? ' k' : ' m'}`
}

/** An amount as contracts and invoices write it: `¥ 12,860,000.00`; English `CNY 12,860,000.00`, as all its amounts. */
export const moneyExact = (value: string | null | undefined, lang: Lang): string => {
  const amount = exact(value)
  return amount ? `${lang === 'zh' ? '¥' : 'CNY'} ${grouped(amount, 2)}` : ''
}

/** A ratio as percent: `0.126` → `12.6%`; with `sign` also the plus. */
export function percent(value: string | null | undefined, places = 1, sign = false): string {
  const ratio = exact(value)
  if (!ratio) return ''
  const text = grouped(ratio.times(100), places)
  return `${sign && ratio.gt(0) ? '+' : ''}${text}%`
}

/** A count or quantity with commas and its own decimals. */
export function plain(value: string | number | null | undefined): string {
  const number = exact(value)
  return number ? grouped(number, Math.min(6, (number.toFixed().split('.')[1] ?? '').length)) : ''
}

/** Exact sum of decimal texts. */
export const sumOf = (values: readonly (string | null | undefined)[]): string =>
  values.reduce((sum, value) => sum.plus(exact(value) ?? 0), new Big(0)).toFixed()
