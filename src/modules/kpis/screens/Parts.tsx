import Big from 'big.js'
import type { KpiFigure } from '../../../kernel/figures/wire.ts'
import { ErrorBox } from '../../../ui/components/ErrorBox.tsx'
import { Go } from '../../../ui/components/Go.tsx'
import { Avatar } from '../../../ui/components/PersonTag.tsx'
import { Waiting } from '../../../ui/components/Waiting.tsx'
import { amountIn, type MoneyUnit, moneyExact, percent, unitName } from '../../../ui/format/money.ts'
import { useFormat } from '../../../ui/format/useFormat.ts'
import { useListed, useText } from '../../../ui/i18n/texts.ts'
import { useGet } from '../../../ui/query.ts'
import { useLang } from '../../../ui/theme/display.ts'
import { useWidth } from '../../../ui/theme/media.ts'
import { daysOf, readPeriod } from './periods.ts'
import { Reached } from './Reached.tsx'
import { rowsHref } from './scale.ts'
import { useT } from './texts.ts'

export type By = 'region' | 'manager' | 'rep' | 'quarter'
const titles = { region: 'byRegion', manager: 'byManager', rep: 'byRep', quarter: 'byQuarter' } as const

/** The same figure by quarter, region, manager or representative, each beside its target and the year before. */
export function Parts(props: {
  by: By
  asked: { period: string; scope: string; basis: string | null; regions: string | null }
  /** The figure of the whole, as the last line. */
  whole: KpiFigure
  days: { from: string; to: string }
  unit: MoneyUnit
  onPart: (part: KpiFigure) => void
}) {
  const { by, asked, days, whole, unit, onPart } = props
  const t = useT()
  const text = useText()
  const listed = useListed()
  const lang = useLang()
  const format = useFormat()
  const phone = useWidth() === 'phone'
  const parts = useGet<{ items: KpiFigure[] }>('/kpis/parts', {
    kpi: 'K01',
    ...asked,
    by,
  })
  const items = (parts.data?.items ?? []).filter(
    (one) => one.value !== null || one.base !== null || one.target !== null,
  )
  const most = items.reduce(
    (top, one) =>
      [one.value?.amount ?? '0', one.base?.amount ?? '0'].reduce((a, b) => (new Big(a).gt(b) ? a : b), top),
    '0',
  )
  const width = (value: string | null | undefined) =>
    !value || new Big(most).lte(0) ? 0 : new Big(value).div(most).times(120).toNumber()
  // Beside a target or a year before, no sales are a sum of nothing, not a missing figure.
  const sold = (one: KpiFigure) => (one.value ? amountIn(one.value.amount, unit, lang) : '0')
  const na = <span className="kb-3">{t('na')}</span>
  const targets = items.some((one) => one.target !== null)
  const untold = targets ? null : items.find((one) => one.targetWhy)?.targetWhy
  const seenInPart = items
    .filter((one) => one.partial !== null && (by === 'region' || by === 'manager' || by === 'rep'))
    .map((one) =>
      t('partOf', { name: text(one.scopeName), ...(one.partial as { seen: number; all: number }) }),
    )
  const returns = !phone && items.some((one) => one.returned !== null)
  if (parts.data && items.length === 0) return null
  return (
    <section className="kf-block" aria-label={t(titles[by])}>
      <div className="kb-row">
        <h2>{t(titles[by])}</h2>
        <span className="kb-note">
          {[t('unit', { unit: unitName(unit, lang) }), by === 'region' ? text(items[0]?.regionsName) : '']
            .filter(Boolean)
            .join(' · ')}
        </span>
      </div>
      {untold ? <p className="kb-note">{text(untold)}</p> : null}
      {parts.data && seenInPart.length > 0 ? (
        <p className="kb-note">{t('partsPartial', { names: listed(seenInPart) })}</p>
      ) : null}
      {parts.error && !parts.data ? (
        <ErrorBox error={parts.error} onAgain={() => void parts.refetch()} />
      ) : null}
      {!parts.data && !parts.error ? <Waiting rows={4} /> : null}
      {items.length > 0 ? (
        <div className="kf-scroll">
          <table className="kf-table">
            <thead>
              <tr>
                <th scope="col">{t(by)}</th>
                <th scope="col">{t('amount')}</th>
                {phone ? null : (
                  <th scope="col" className="kf-left">
                    {t('lastYear')} / {t('actual')}
                  </th>
                )}
                {phone ? null : <th scope="col">{t('lastYear')}</th>}
                <th scope="col">{t('growth')}</th>
                {targets ? <th scope="col">{t('target')}</th> : null}
                {targets && !phone ? (
                  <th scope="col" className="kf-left">
                    {t('completion')}
                  </th>
                ) : null}
                {returns ? (
                  <>
                    <th scope="col">{t('returned')}</th>
                    <th scope="col">{t('net')}</th>
                  </>
                ) : null}
              </tr>
            </thead>
            <tbody>
              {items.map((one) => {
                const quarter = by === 'quarter' ? readPeriod(one.period) : null
                const name = quarter?.quarter ? format.quarter(quarter.quarter) : text(one.scopeName)
                const href = rowsHref(one, quarter ? daysOf(quarter) : days)
                const amount = sold(one)
                return (
                  <tr key={`${one.scope} ${one.period}`}>
                    <th scope="row">
                      <span className="kf-name">
                        {by === 'region' || by === 'quarter' ? null : <Avatar name={name} size={20} />}
                        <button
                          type="button"
                          className="kf-link"
                          title={t('onlyThis', { name })}
                          onClick={() => onPart(one)}
                        >
                          {name}
                        </button>
                      </span>
                    </th>
                    <td title={moneyExact(one.value?.amount, lang)}>
                      {href && one.value ? (
                        <Go href={href} title={t('rows')}>
                          {amount}
                        </Go>
                      ) : (
                        amount
                      )}
                    </td>
                    {phone ? null : (
                      <td className="kf-left">
                        <svg width={120} height={16} aria-hidden>
                          <rect
                            y={1}
                            height={6}
                            rx={1.5}
                            width={width(one.base?.amount)}
                            className="kf-last"
                          />
                          <rect
                            y={9}
                            height={6}
                            rx={1.5}
                            width={width(one.value?.amount)}
                            className="kf-now"
                          />
                        </svg>
                      </td>
                    )}
                    {phone ? null : (
                      <td>{one.base === null ? na : amountIn(one.base?.amount, unit, lang)}</td>
                    )}
                    <td>{one.growth === null ? na : percent(one.growth, 1, true)}</td>
                    {targets ? (
                      <td>{one.target === null ? na : amountIn(one.target?.amount, unit, lang)}</td>
                    ) : null}
                    {targets && !phone ? (
                      <td className="kf-left">
                        <Reached reached={one.reached} width={96} />
                      </td>
                    ) : null}
                    {returns ? (
                      <>
                        <td>{amountIn(one.returned?.amount, unit, lang)}</td>
                        <td>{amountIn(one.net?.amount, unit, lang)}</td>
                      </>
                    ) : null}
                  </tr>
                )
              })}
            </tbody>
            <tfoot>
              <tr>
                <th scope="row">{text(whole.scopeName)}</th>
                <td>{sold(whole)}</td>
                {phone ? null : (
                  <>
                    <td />
                    <td>{whole.base === null ? na : amountIn(whole.base?.amount, unit, lang)}</td>
                  </>
                )}
                <td>{whole.growth === null ? na : percent(whole.growth, 1, true)}</td>
                {targets ? (
                  <td>{whole.target === null ? na : amountIn(whole.target?.amount, unit, lang)}</td>
                ) : null}
                {targets && !phone ? (
                  <td className="kf-left">
                    <Reached reached={whole.reached} width={96} />
                  </td>
                ) : null}
                {returns ? (
                  <>
                    <td>{amountIn(whole.returned?.amount, unit, lang)}</td>
                    <td>{amountIn(whole.net?.amount, unit, lang)}</td>
                  </>
                ) : null}
              </tr>
            </tfoot>
          </table>
        </div>
      ) : null}
    </section>
  )
}
