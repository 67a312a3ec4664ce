import { useInfiniteQuery } from '@tanstack/react-query'
import { Button, Segmented } from 'antd'
import Big from 'big.js'
import { Fragment, useState } from 'react'
import { type ApiProblem, get } from '../../../../ui/api.ts'
import { Chip } from '../../../../ui/components/Chip.tsx'
import { Empty } from '../../../../ui/components/Empty.tsx'
import { ErrorBox } from '../../../../ui/components/ErrorBox.tsx'
import { Go } from '../../../../ui/components/Go.tsx'
import { Waiting } from '../../../../ui/components/Waiting.tsx'
import { amountIn, moneyExact, percent, plain, unitFor, unitName } from '../../../../ui/format/money.ts'
import { useText } from '../../../../ui/i18n/texts.ts'
import { useLang } from '../../../../ui/theme/display.ts'
import { useWidth } from '../../../../ui/theme/media.ts'
import type { PlanBasis } from '../../wire.ts'
import { Rate } from '../Growth.tsx'
import { linesHref } from '../rowsLink.ts'
import { useT } from '../texts.ts'
import '../planning.css'
import './basis.css'
import { type BasisRow, byCategory } from './categories.ts'

type Cut = PlanBasis['cut']
const cuts: { cut: Cut; label: Parameters<ReturnType<typeof useT>>[0] }[] = [
  { cut: 'region', label: 'byRegion' },
  { cut: 'home', label: 'byHome' },
  { cut: 'account', label: 'byAccount' },
  { cut: 'product', label: 'byProduct' },
  { cut: 'quarter', label: 'byQuarter' },
  { cut: 'manager', label: 'byManager' },
  { cut: 'industry', label: 'byIndustry' },
]

/** C-1: sales of the base year by one cut at a time, returns beside them, against the year before. */
export function Basis({ planId, plan }: { planId: number; plan: { baseYear: number; growthYear: number } }) {
  const t = useT()
  const text = useText()
  const phone = useWidth() === 'phone'
  const [cut, setCut] = useState<Cut>('region')
  const pages = useInfiniteQuery<PlanBasis, ApiProblem>({
    queryKey: ['get', `/plans/${planId}/basis`, { cut, pages: true }],
    queryFn: ({ pageParam, signal }) =>
      get<PlanBasis>(
        `/plans/${planId}/basis`,
        { cut, limit: 100, cursor: pageParam as string | undefined },
        signal,
      ),
    initialPageParam: undefined,
    getNextPageParam: (page) => page.next,
  })
  const first = pages.data?.pages[0]
  const rows = pages.data?.pages.flatMap((page) => page.rows) ?? []
  const options = cuts.map((one) => ({ value: one.cut, label: t(one.label) }))
  return (
    <section className="kp-basis" aria-label={t('basis')}>
      <div className="kp-basis-tools">
        {/* Seven words do not fit beside each other on a phone. */}
        {phone ? (
          <select
            className="kb-select"
            aria-label={t('cutBy')}
            value={cut}
            onChange={(event) => setCut(event.target.value as Cut)}
          >
            {options.map((one) => (
              <option key={one.value} value={one.value}>
                {one.label}
              </option>
            ))}
          </select>
        ) : (
          <Segmented value={cut} onChange={setCut} aria-label={t('cutBy')} options={options} />
        )}
        <span className="kb-note">
          {first ? text(first.note) : ''} <Chip clause="wf:PLAN/C-1" />
        </span>
      </div>
      {pages.error && !first ? (
        <ErrorBox error={pages.error} onAgain={() => void pages.refetch()} />
      ) : !first ? (
        <Waiting rows={8} />
      ) : rows.length === 0 ? (
        <Empty
          title={t('noFacts')}
          hint={t('noFactsHint', { year: plan.baseYear })}
          action={<Go href="/imports">{t('toImport')}</Go>}
        />
      ) : (
        <>
          <Table basis={first} rows={rows} plan={plan} phone={phone} />
          {pages.hasNextPage ? (
            <div className="kb-row kp-more">
              <Button loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
                {t('moreRows', { n: 100 })}
              </Button>
              <span className="kb-note">{t('rowsRead', { n: rows.length })}</span>
            </div>
          ) : null}
        </>
      )}
    </section>
  )
}

function Table(props: {
  basis: PlanBasis
  rows: readonly BasisRow[]
  plan: { baseYear: number; growthYear: number }
  phone: boolean
}) {
  const { basis, rows, plan, phone } = props
  const t = useT()
  const lang = useLang()
  const unit = unitFor([...rows.map((row) => row.amount), basis.total.amount])
  const categories = basis.cut === 'product' ? byCategory(rows) : []
  const drawn = basis.cut === 'product' ? categories.map((one) => one.sum) : rows
  const most = drawn.reduce(
    (top, row) => [row.amount, row.before].reduce((a, b) => (new Big(a).gt(b) ? a : b), top),
    '0',
  )
  const shared = { basis, unit, most, phone }
  const label = cuts.find((one) => one.cut === basis.cut)?.label ?? 'name'
  return (
    <div className="kp-basis-scroll">
      <table className="kp-table">
        <thead>
          <tr>
            <th scope="col">
              {t(label)} <span className="kb-3">({unitName(unit, lang)})</span>
            </th>
            <th scope="col">{t('baseOf', { year: plan.baseYear })}</th>
            {phone ? null : <th scope="col">{t('before', { year: plan.growthYear })}</th>}
            <th scope="col">{t('growth')}</th>
            {phone ? null : (
              <>
                <th scope="col" className="kp-left">
                  {plan.growthYear} / {plan.baseYear}
                </th>
                <th scope="col">{t('share')}</th>
                <th scope="col">{t('returned')}</th>
                <th scope="col">{t('net')}</th>
                <th scope="col">{t('profit')}</th>
                <th scope="col">{t('orders')}</th>
              </>
            )}
          </tr>
        </thead>
        <tbody>
          {basis.cut === 'product'
            ? categories.map((category) => (
                <Fragment key={category.name}>
                  <Line {...shared} row={category.sum} className="kp-strong" />
                  {category.rows.map((row) => (
                    <Line key={row.key} {...shared} row={row} className="kp-indent" />
                  ))}
                </Fragment>
              ))
            : rows.map((row) => <Line key={row.key} {...shared} row={row} />)}
        </tbody>
        <tfoot>
          <Line {...shared} row={basis.total} className="kp-strong" />
        </tfoot>
      </table>
    </div>
  )
}

function Line(props: {
  basis: PlanBasis
  row: BasisRow
  unit: ReturnType<typeof unitFor>
  most: string
  phone: boolean
  className?: string
}) {
  const { basis, row, unit, most, phone } = props
  const t = useT()
  const text = useText()
  const lang = useLang()
  const href = row.key === 'total' ? null : linesHref(basis, row.key)
  const width = (value: string) =>
    new Big(most).lte(0) ? 0 : Math.min(120, new Big(value).div(most).times(120).toNumber())
  const cell = (value: string) => <span title={moneyExact(value, lang)}>{amountIn(value, unit, lang)}</span>
  return (
    <tr className={props.className}>
      <th scope="row">
        {href ? (
          <Go href={href} title={t('rowsOf')}>
            {text(row.label)}
          </Go>
        ) : (
          text(row.label)
        )}
      </th>
      <td>{cell(row.amount)}</td>
      {phone ? null : <td className="kb-2">{cell(row.before)}</td>}
      <td>
        <Rate of={row.growth} />
      </td>
      {phone ? null : (
        <>
          <td className="kp-left">
            {row.key === 'total' ? null : (
              <svg width={120} height={16} aria-hidden>
                <rect y={1} height={6} rx={1.5} width={width(row.before)} className="kp-bar-last" />
                <rect y={9} height={6} rx={1.5} width={width(row.amount)} className="kp-bar-now" />
              </svg>
            )}
          </td>
          <td>{row.share === null ? '' : percent(row.share)}</td>
          <td>{cell(row.returned)}</td>
          <td>{cell(row.net)}</td>
          <td className={new Big(row.profit).lt(0) ? 'kb-2' : ''}>{cell(row.profit)}</td>
          <td>{row.orders > 0 ? plain(row.orders) : ''}</td>
        </>
      )}
    </tr>
  )
}
