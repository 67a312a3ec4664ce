import { Segmented } from 'antd'
import { useEffect, useRef, useState } from 'react'
import type { KpiFigure } from '../../../kernel/figures/wire.ts'
import { amountIn, type MoneyUnit, percent, unitName } from '../../../ui/format/money.ts'
import { useLang } from '../../../ui/theme/display.ts'
import { type Chosen, textOf } from './periods.ts'
import { marksOf } from './scale.ts'
import { useT } from './texts.ts'

/** Month by month: the year before in grey, what was sold, the target as a tick; the same as a table. */
export function Months(props: {
  items: readonly KpiFigure[]
  today: string
  chosen: Chosen
  unit: MoneyUnit
  onMonth: (period: string) => void
}) {
  const t = useT()
  const lang = useLang()
  const [as, setAs] = useState<'chart' | 'table'>('chart')
  const { items, chosen, unit } = props
  const targets = items.some((one) => one.target !== null)
  return (
    <section className="kf-block" aria-label={t('months')}>
      <div className="kb-row">
        <h2>{t('months')}</h2>
        <span className="kb-note">
          {textOf({ year: chosen.year, quarter: null, month: null }, lang)} ·{' '}
          {t('unit', { unit: unitName(unit, lang) })}
        </span>
        <span className="kb-grow" />
        <span className="kf-key">
          <i className="kf-key-last" /> {t('lastYear')} <i className="kf-key-now" /> {t('actual')}{' '}
          {items.some((one) => one.state === 'open') ? (
            <>
              <i className="kf-key-open" /> {t('hatched')}{' '}
            </>
          ) : null}
          {targets ? (
            <>
              <i className="kf-key-target" /> {t('target')}
            </>
          ) : null}
        </span>
        <Segmented
          aria-label={t('drawnAs')}
          size="small"
          value={as}
          onChange={setAs}
          options={[
            { value: 'chart', label: t('chart') },
            { value: 'table', label: t('table') },
          ]}
        />
      </div>
      {as === 'chart' ? <Chart {...props} /> : <MonthTable {...props} />}
    </section>
  )
}

function useWidthOf(): [React.RefObject<HTMLDivElement | null>, number] {
  const box = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(0)
  useEffect(() => {
    const element = box.current
    if (!element) return
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return [box, width]
}

const height = 200
const foot = 22

function Chart({
  items,
  chosen,
  unit,
  onMonth,
}: {
  items: readonly KpiFigure[]
  chosen: Chosen
  unit: MoneyUnit
  onMonth: (period: string) => void
}) {
  const t = useT()
  const lang = useLang()
  const [box, width] = useWidthOf()
  const numbers = items.flatMap((one) =>
    [one.value?.amount, one.base?.amount, one.target?.amount].map((value) => Number(value ?? 0)),
  )
  const marks = marksOf(Math.max(0, ...numbers))
  const top = marks.at(-1) || 1
  const left = 52
  const step = (width - left) / Math.max(1, items.length)
  const bar = Math.max(3, Math.min(18, step * 0.32))
  const y = (value: number) => 8 + (height - 8) * (1 - value / top)
  const inside = (period: string) => {
    const month = Number(period.slice(5))
    return chosen.month !== null
      ? chosen.month === month
      : chosen.quarter !== null
        ? Math.ceil(month / 3) === chosen.quarter
        : true
  }
  return (
    <div ref={box} className="kf-chart">
      {width > 0 ? (
        // biome-ignore lint/a11y/useSemanticElements: a drawing whose columns are pressed is a group, and no fieldset
        <svg width={width} height={height + foot} role="group" aria-label={t('months')}>
          <defs>
            <pattern
              id="kf-hatch"
              width={5}
              height={5}
              patternUnits="userSpaceOnUse"
              patternTransform="rotate(45)"
            >
              <rect width={2} height={5} className="kf-hatch" />
            </pattern>
          </defs>
          {marks.map((mark) => (
            <g key={mark}>
              <line x1={left} x2={width} y1={y(mark)} y2={y(mark)} className="kf-grid" />
              <text x={left - 8} y={y(mark) + 4} textAnchor="end" className="kf-axis">
                {amountIn(String(mark), unit, lang, 0)}
              </text>
            </g>
          ))}
          {items.map((one, index) => {
            const centre = left + step * (index + 0.5)
            const [now, last, target] = [one.value?.amount, one.base?.amount, one.target?.amount].map(
              (value) => (value === null || value === undefined ? null : Number(value)),
            )
            const said = [
              textOf({ year: chosen.year, quarter: null, month: index + 1 }, lang),
              `${t('actual')} ${amountIn(one.value?.amount, unit, lang) || t('na')}`,
              `${t('lastYear')} ${amountIn(one.base?.amount, unit, lang) || t('na')}`,
              one.growth === null ? '' : percent(one.growth, 1, true),
            ]
            return (
              <g key={one.period} className={inside(one.period) ? '' : 'kf-dim'}>
                <title>{said.filter(Boolean).join(' · ')}</title>
                {last ? (
                  <rect
                    x={centre - bar - 1}
                    y={y(last)}
                    width={bar}
                    height={y(0) - y(last)}
                    rx={1.5}
                    className="kf-last"
                  />
                ) : null}
                {now ? (
                  <rect
                    x={centre + 1}
                    y={y(now)}
                    width={bar}
                    height={y(0) - y(now)}
                    rx={1.5}
                    className={one.state === 'open' ? 'kf-now-open' : 'kf-now'}
                  />
                ) : null}
                {target ? (
                  <rect
                    x={centre - bar - 3}
                    y={y(target) - 1}
                    width={bar * 2 + 6}
                    height={2}
                    className="kf-tick"
                  />
                ) : null}
                <text x={centre} y={height + 16} textAnchor="middle" className="kf-axis">
                  {index + 1}
                </text>
                {/* biome-ignore lint/a11y/useSemanticElements: a picture has no buttons of HTML */}
                <rect
                  role="button"
                  tabIndex={0}
                  aria-label={said.filter(Boolean).join(' · ')}
                  x={left + step * index}
                  y={0}
                  width={Math.max(0, step)}
                  height={height + foot}
                  className="kf-hit"
                  onClick={() => onMonth(one.period)}
                  onKeyDown={(event) => {
                    if (event.key === 'Enter' || event.key === ' ') onMonth(one.period)
                  }}
                />
              </g>
            )
          })}
        </svg>
      ) : null}
    </div>
  )
}

function MonthTable({ items, unit }: { items: readonly KpiFigure[]; unit: MoneyUnit }) {
  const t = useT()
  const lang = useLang()
  return (
    <div className="kf-scroll">
      <table className="kf-table">
        <thead>
          <tr>
            <th scope="col">{t('monthName')}</th>
            <th scope="col">{t('amount')}</th>
            <th scope="col">{t('lastYear')}</th>
            <th scope="col">{t('growth')}</th>
            <th scope="col">{t('returned')}</th>
            <th scope="col">{t('net')}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((one, index) => (
            <tr key={one.period}>
              <th scope="row">{t('month', { n: index + 1 })}</th>
              <td>
                {one.value ? amountIn(one.value.amount, unit, lang) : <span className="kb-3">{t('na')}</span>}
              </td>
              <td>
                {one.base === null ? (
                  <span className="kb-3">{t('na')}</span>
                ) : (
                  amountIn(one.base?.amount, unit, lang)
                )}
              </td>
              <td>
                {one.growth === null ? <span className="kb-3">{t('na')}</span> : percent(one.growth, 1, true)}
              </td>
              <td>{amountIn(one.returned?.amount, unit, lang)}</td>
              <td>{amountIn(one.net?.amount, unit, lang)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
