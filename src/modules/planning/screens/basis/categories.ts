import Big from 'big.js'
import { growth } from '../../rules.ts'
import type { PlanBasis } from '../../wire.ts'

export type BasisRow = PlanBasis['rows'][number]

export interface Category {
  readonly name: string
  readonly sum: BasisRow
  readonly rows: readonly BasisRow[]
}

const plus = (rows: readonly BasisRow[], of: (row: BasisRow) => string): string =>
  rows.reduce((sum, row) => sum.plus(of(row)), new Big(0)).toFixed()

/** Lines of one name as one line. Orders are left out of it: one order may stand in several lines. */
function summed(name: string, rows: readonly BasisRow[]): BasisRow {
  const [amount, before] = [plus(rows, (row) => row.amount), plus(rows, (row) => row.before)]
  return {
    key: name,
    label: { zh: name, en: name },
    amount,
    returned: plus(rows, (row) => row.returned),
    net: plus(rows, (row) => row.net),
    profit: plus(rows, (row) => row.profit),
    orders: 0,
    before,
    growth: growth(amount, before),
    share: plus(rows, (row) => row.share ?? '0'),
  }
}

/** Lines `类别 / 子类别` under their category, the larger category first. */
export function byCategory(rows: readonly BasisRow[]): Category[] {
  const names = [...new Set(rows.map((row) => row.key.split(' / ')[0] ?? ''))]
  return names
    .map((name) => {
      const members = rows.filter((row) => (row.key.split(' / ')[0] ?? '') === name)
      const short = members.map((row) => {
        const label = row.key.split(' / ')[1] || row.label.zh
        return { ...row, label: { zh: label, en: label } }
      })
      return { name, sum: summed(name, members), rows: short }
    })
    .sort((one, other) => new Big(other.sum.amount).cmp(one.sum.amount))
}
