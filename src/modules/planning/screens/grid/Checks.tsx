import Big from 'big.js'
import { Check, TriangleAlert } from 'lucide-react'
import { Chip } from '../../../../ui/components/Chip.tsx'
import { StatusTag } from '../../../../ui/components/StatusTag.tsx'
import { percent } from '../../../../ui/format/money.ts'
import { useFormat } from '../../../../ui/format/useFormat.ts'
import type { PlanGrid } from '../../wire.ts'
import { useT } from '../texts.ts'
import { Band } from './Bars.tsx'
import type { GridState } from './state.ts'
import { liveChecks } from './sums.ts'
import type { Written } from './view.ts'

const names = ['Q1', 'Q2', 'Q3', 'Q4', 'total']

/** How many of a sheet's sums are out of range now; `null` while nothing was given. */
export function outOfRange(grid: PlanGrid, state: GridState): number | null {
  const checks = liveChecks(grid, state.values.amount)
  return checks && names.filter((id) => checks[id] && !checks[id].ok).length
}

export function CheckTag({ out }: { out: number }) {
  const t = useT()
  return out === 0 ? (
    <StatusTag tone="success" text={t('allIn')} />
  ) : (
    <StatusTag tone="error" text={t('someOut', { n: out })} />
  )
}

/** Per quarter and for the year: given, split, difference, and where the sum lies in the allowed band. */
export function Checks({ grid, state, written }: { grid: PlanGrid; state: GridState; written: Written }) {
  const t = useT()
  const { quarter } = useFormat()
  const checks = liveChecks(grid, state.values.amount)
  if (!checks) return null
  const out = outOfRange(grid, state) ?? 0
  const { min, max } = grid.range
  return (
    <section className="kp-checks" aria-label={t('sumCheck')}>
      <div className="kb-row">
        <h2>{t('sumCheck')}</h2>
        <span className="kb-grow" />
        <CheckTag out={out} />
      </div>
      <p className="kb-note">
        {t('checkRule', { min: percent(min, 0), max: percent(max, 0) })}{' '}
        <Chip clause="policy:MP-02" label="MP-02" />
      </p>
      <table className="kp-check-table">
        <thead>
          <tr>
            <td />
            <th scope="col">{t('given')}</th>
            <th scope="col">{t('split')}</th>
            <th scope="col">{t('difference')}</th>
          </tr>
        </thead>
        <tbody>
          {names.map((id) => {
            const check = checks[id]
            if (!check) return null
            const equal = new Big(check.difference).eq(0)
            return (
              <tr key={id} className={check.ok ? '' : 'kp-out'}>
                <th scope="row">
                  {id === 'total' ? t('quarterTotal') : quarter(Number(id.slice(1)))}
                  <Band ratio={check.ratio} min={min} max={max} ok={check.ok} />
                </th>
                <td title={written.exact(check.given)}>{written.money(check.given)}</td>
                <td title={written.exact(check.sum)}>
                  {written.money(check.sum)}
                  <small>{check.ratio === null ? '' : percent(check.ratio, 1)}</small>
                </td>
                <td title={written.exact(check.difference)}>
                  {equal ? (
                    <Check size={14} aria-label={t('exact')} />
                  ) : (
                    <>
                      {check.ok ? null : <TriangleAlert size={12} aria-hidden />}
                      {written.signed(check.difference)}
                    </>
                  )}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}
