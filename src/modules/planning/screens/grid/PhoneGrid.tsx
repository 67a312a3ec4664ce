import { useVirtualizer } from '@tanstack/react-virtual'
import { Button, Segmented } from 'antd'
import Big from 'big.js'
import { useEffect, useMemo, useRef, useState } from 'react'
import { Avatar } from '../../../../ui/components/PersonTag.tsx'
import { percent } from '../../../../ui/format/money.ts'
import { useFormat } from '../../../../ui/format/useFormat.ts'
import { useText } from '../../../../ui/i18n/texts.ts'
import { Growth } from '../Growth.tsx'
import { useT } from '../texts.ts'
import { Bars } from './Bars.tsx'
import { signedOf } from './edges.ts'
import { OnSigned } from './OnSigned.tsx'
import { type GridRow, lastYearOf, linesOf, readingOrder } from './rows.ts'
import { entryOf, shift } from './state.ts'
import type { GridStore, Snapshot } from './store.ts'
import { add, columnSums, liveChecks, rowTotal } from './sums.ts'
import type { Written } from './view.ts'

interface Props {
  readonly store: GridStore
  readonly shot: Snapshot
  readonly written: Written
}

const none: ReadonlySet<string> = new Set()

/** Not a quarter but all of them. */
const year = 0

/**
 * The grid on a phone, a card per row: one quarter at a time where it is written; who only reads sees the year first, the largest
 * rows first, and those without a target folded.
 */
export function PhoneGrid({ store, shot, written, inTask }: Props & { inTask: boolean }) {
  const t = useT()
  const text = useText()
  const format = useFormat()
  const { grid, state } = shot
  const reading = !grid.rows.some((row) => row.editable)
  const [chosen, setQuarter] = useState(reading ? year : 1)
  const [unfolded, unfold] = useState(false)
  // A grid that opens for writing has no cards of a whole year.
  const quarter = reading ? chosen : Math.max(1, chosen)
  const columns = useMemo(
    () => grid.columns.filter((column) => quarter === year || column.quarter === quarter),
    [grid, quarter],
  )
  const values = state.values[state.layer]
  const { filled, empty } = useMemo(
    () =>
      reading
        ? readingOrder(grid.rows, (row) => rowTotal(values, row.key, columns))
        : { filled: grid.rows, empty: [] },
    [reading, grid.rows, values, columns],
  )
  const lines = useMemo(
    () => linesOf(unfolded ? [...filled, ...empty] : filled, none),
    [filled, empty, unfolded],
  )
  // A short list scrolls with the page around it.
  const frame = inTask && reading && lines.length <= 60 ? 'kp-phone-list kp-phone-whole' : 'kp-phone-list'
  const checks = useMemo(() => liveChecks(grid, state.values.amount), [grid, state.values.amount])
  const scroller = useRef<HTMLDivElement>(null)
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) =>
      lines[index]?.kind === 'group' ? 44 : quarter !== year && columns.length > 1 ? 128 : 104,
    overscan: 6,
  })
  const most = useMemo(
    () =>
      grid.rows.reduce((top, row) => {
        const now = add(columns.map(({ id }) => state.values.amount[row.key]?.[id] ?? '0'))
        const last = lastYearOf(row, columns)
        return [now, last].reduce((a, b) => (new Big(a).gt(b) ? a : b), top)
      }, '0'),
    [grid.rows, columns, state.values.amount],
  )
  const check = checks?.[`Q${quarter}`]
  const sum = columnSums(
    state.values[state.layer],
    grid.rows.map((row) => row.key),
    columns,
  ).total
  return (
    <div className="kp-phone">
      <Segmented<number>
        block
        aria-label={t('quarter')}
        value={quarter}
        onChange={setQuarter}
        options={[...(reading ? [year] : []), 1, 2, 3, 4].map((value) => ({
          value,
          label: value === year ? t('quarterTotal') : format.quarter(value),
        }))}
      />
      <dl className="kp-phone-sum">
        <div>
          <dt>{t('total')}</dt>
          <dd className="kb-num">{written.value(sum)}</dd>
        </div>
        {check && state.layer === 'amount' ? (
          <>
            <div>
              <dt>{t('given')}</dt>
              <dd className="kb-num">{written.money(check.given)}</dd>
            </div>
            <div className={check.ok ? 'kp-in' : 'kp-out'}>
              <dt>{t('difference')}</dt>
              <dd className="kb-num">
                {new Big(check.difference).eq(0) ? t('exact') : written.signed(check.difference)}
                {check.ratio ? <small> {percent(check.ratio)}</small> : null}
              </dd>
            </div>
          </>
        ) : null}
      </dl>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a list that may only be read must scroll by keyboard too */}
      <section className={frame} ref={scroller} tabIndex={0} aria-label={text(grid.title)}>
        <ul style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map((item) => {
            const line = lines[item.index]
            if (!line) return null
            const style = { transform: `translateY(${item.start}px)` }
            return (
              <li key={line.key} ref={rows.measureElement} data-index={item.index} style={style}>
                {line.kind === 'group' ? (
                  <div className="kp-phone-group">
                    <Avatar name={text(line.group.label)} />
                    <strong>{text(line.group.label)}</strong>
                    <span className="kb-grow" />
                    <span className="kb-num">
                      {written.value(columnSums(state.values[state.layer], line.rows, columns).total)}
                    </span>
                  </div>
                ) : (
                  <Card
                    {...{ store, shot, written, columns, most, summed: quarter === year }}
                    row={line.row}
                  />
                )}
              </li>
            )
          })}
        </ul>
        {empty.length > 0 ? (
          <Button type="text" block className="kp-phone-zero" onClick={() => unfold(!unfolded)}>
            {t(unfolded ? 'foldZero' : 'zeroRows', { n: empty.length })}
          </Button>
        ) : null}
      </section>
    </div>
  )
}

function Card({
  store,
  shot,
  written,
  columns,
  most,
  summed,
  row,
}: Props & { columns: Snapshot['grid']['columns']; most: string; summed: boolean; row: GridRow }) {
  const t = useT()
  const text = useText()
  const { state } = shot
  const now = add(columns.map(({ id }) => state.values.amount[row.key]?.[id] ?? '0'))
  const last = lastYearOf(row, columns)
  return (
    <div className="kp-phone-card">
      <div className="kb-row">
        <strong className="kb-grow">{text(row.label)}</strong>
        <Bars last={last} now={now} most={most} width={72} />
      </div>
      {state.layer === 'amount' ? (
        <p className="kb-note">
          {t('lastYear')} {written.money(last)} · {t('onLastYear')} <Growth now={now} before={last} />
          {row.signed ? (
            <>
              {' · '}
              {t('signedPlan')} {written.money(signedOf([row], columns))}{' '}
              <OnSigned now={now} signed={signedOf([row], columns)} written={written} />
            </>
          ) : null}
        </p>
      ) : null}
      {summed ? (
        <p className="kp-phone-year">
          <span className="kb-note">{t('target')}</span>{' '}
          <strong className="kb-num">
            {written.value(rowTotal(state.values[state.layer], row.key, columns))}
          </strong>
        </p>
      ) : null}
      <div className="kp-phone-cells">
        {(summed ? [] : columns).map((column) => {
          const value = state.values[state.layer][row.key]?.[column.id] ?? '0'
          const label = columns.length > 1 ? text(column.label) : t('target')
          return (
            <div key={column.id}>
              <span className="kb-note">{label}</span>
              {row.editable ? (
                <PhoneCell
                  key={`${value}/${state.scale}/${state.layer}`}
                  name={`${text(row.label)} ${text(column.label)}`}
                  {...{ store, shot, value }}
                  row={row.key}
                  column={column.id}
                />
              ) : (
                <span className="kb-num">{written.value(value)}</span>
              )}
            </div>
          )
        })}
      </div>
    </div>
  )
}

function PhoneCell(props: {
  store: GridStore
  shot: Snapshot
  name: string
  value: string
  row: string
  column: string
}) {
  const t = useT()
  const { state } = props.shot
  const shown = shift(props.value, state.layer === 'amount' ? -state.scale : 0)
  const [typed, setTyped] = useState(shown)
  const [bad, setBad] = useState(false)
  useEffect(() => setTyped(shown), [shown])
  const keep = () => {
    const value = entryOf(state, typed)
    setBad(value === null)
    if (value !== null && value !== props.value)
      props.store.act({ do: 'put', entries: [{ row: props.row, column: props.column, value }] })
  }
  return (
    <>
      <input
        className="kp-phone-input"
        aria-label={props.name}
        aria-invalid={bad}
        inputMode="decimal"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onFocus={(event) => event.target.select()}
        onBlur={keep}
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.currentTarget.blur()
        }}
      />
      {bad ? <span className="kb-late kb-note">{t('entryHint')}</span> : null}
    </>
  )
}
