import Big from 'big.js'
import { useMemo } from 'react'
import { amountIn, grouped, type MoneyUnit, plain, unitName } from '../../../../ui/format/money.ts'
import { useLang } from '../../../../ui/theme/display.ts'
import type { PlanGrid } from '../../wire.ts'
import type { GridState } from './state.ts'

/** The two units a grid is shown in, as powers of ten of a yuan; English writes thousands. */
export const scalesOf = (lang: 'zh' | 'en'): { scale: number; unit: MoneyUnit }[] => [
  { scale: 0, unit: 'yuan' },
  { scale: lang === 'zh' ? 4 : 3, unit: 'wan' },
]

/** Large cells are shown in 万元, small ones in 元. */
export function scaleFor(grid: PlanGrid, lang: 'zh' | 'en'): number {
  const cells = grid.rows.flatMap((row) => Object.values(row.values))
  const large = cells.filter((value) => new Big(value).gte(10_000)).length
  return large * 2 > cells.length ? (scalesOf(lang)[1]?.scale ?? 0) : 0
}

/** How values of a sheet are written now: by layer and unit. */
export function useWritten(state: Pick<GridState, 'layer' | 'scale'>) {
  const lang = useLang()
  const { layer, scale } = state
  return useMemo(() => {
    const unit: MoneyUnit = scale === 0 ? 'yuan' : 'wan'
    const money = (value: string) => amountIn(value, unit, lang, unit === 'wan' ? 2 : 0)
    return {
      lang,
      unit: layer === 'orders' ? '' : unitName(unit, lang),
      value: (value: string) => (layer === 'orders' ? plain(value) : money(value)),
      money,
      signed: (value: string) => (new Big(value).gt(0) ? `+${money(value)}` : money(value)),
      exact: (value: string) => grouped(new Big(value), 2),
    }
  }, [lang, layer, scale])
}
export type Written = ReturnType<typeof useWritten>
