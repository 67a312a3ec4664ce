import type { PlanBasis } from '../wire.ts'

type Cut = PlanBasis['cut']

/** Filters that show the order lines a line of the basis is made of; `null` where lists cannot say it. */
function filtersOf(cut: Cut, key: string, year: number): Record<string, string> | null {
  const whole = { from: `${year}-01-01`, to: `${year}-12-31` }
  const dates = (from: string, to: string) => ({ 'on.from': from, 'on.to': to })
  switch (cut) {
    case 'region':
      return key ? { unit_id: key, ...dates(whole.from, whole.to) } : null
    case 'account':
      return key ? { account_id: key, ...dates(whole.from, whole.to) } : null
    case 'product': {
      const [category = '', subcategory = ''] = key.split(' / ')
      return category && subcategory ? { category, subcategory, ...dates(whole.from, whole.to) } : null
    }
    case 'quarter': {
      const month = (n: number) => String(n).padStart(2, '0')
      const quarter = Number(key)
      const end = new Date(Date.UTC(year, quarter * 3, 0)).getUTCDate()
      return dates(`${year}-${month(quarter * 3 - 2)}-01`, `${year}-${month(quarter * 3)}-${end}`)
    }
    default:
      return null
  }
}

/** Address of the order lines behind a line of the basis, by the date that its stamp goes by. */
export function linesHref(basis: Pick<PlanBasis, 'cut' | 'basis' | 'year'>, key: string): string | null {
  const date = basis.basis === 'order' ? 'ordered_on' : basis.basis === 'shipment' ? 'shipped_on' : null
  const filters = date && filtersOf(basis.cut, key, basis.year)
  if (!filters) return null
  const query = new URLSearchParams(
    Object.entries(filters).map(([name, value]) => [name.replace(/^on\./, `${date}.`), value]),
  )
  return `/records/order-line?${query}`
}
