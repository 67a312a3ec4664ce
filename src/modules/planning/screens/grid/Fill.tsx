import { Button, Input, Segmented } from 'antd'
import Big from 'big.js'
import { type ReactNode, useState } from 'react'
import { percent } from '../../../../ui/format/money.ts'
import { useText } from '../../../../ui/i18n/texts.ts'
import { Growth } from '../Growth.tsx'
import { useT } from '../texts.ts'
import { readNumber } from './clipboard.ts'
import { grown, intoCell, level, shareOut, type Weights } from './helpers.ts'
import { lastYearOf } from './rows.ts'
import { areaOf, shift } from './state.ts'
import type { GridStore, Snapshot } from './store.ts'
import { liveChecks, rowTotal } from './sums.ts'
import { useColumnName } from './useColumnName.ts'
import type { Written } from './view.ts'

interface Props {
  readonly store: GridStore
  readonly shot: Snapshot
  readonly written: Written
}

/** One-click repairs of a split: level the quarters that are out, or put the difference into the cell one stands in. */
export function Repairs({ store, shot }: Props) {
  const t = useT()
  const text = useText()
  const { grid, state } = shot
  const checks = liveChecks(grid, state.values.amount)
  if (!checks || !grid.rows.some((row) => row.editable)) return null
  const unequal = [1, 2, 3, 4].filter((quarter) => {
    const check = checks[`Q${quarter}`]
    return check !== undefined && !new Big(check.difference).eq(0)
  })
  const out = unequal.filter((quarter) => checks[`Q${quarter}`]?.ok === false)
  const put = (factor: string, by: Weights, quarters: readonly number[]) =>
    store.act({ do: 'put', entries: level(grid, state.values.amount, quarters, factor, by) })
  const spot = { row: state.rows[state.cursor.row] ?? '', column: state.columns[state.cursor.column] ?? '' }
  const entry = intoCell(grid, state.values.amount, spot)
  const here = grid.rows[state.cursor.row]
  return (
    <div className="kp-repairs">
      {unequal.length > 0 ? (
        <Button
          size="small"
          title={t(grid.rows.some((row) => row.signed) ? 'levelSignedHint' : 'levelHint')}
          onClick={() => put(grid.range.min, 'now', out.length > 0 ? out : unequal)}
        >
          {t('levelTo', { percent: percent(grid.range.min, 0) })}
        </Button>
      ) : null}
      <Button
        size="small"
        title={t('fillTotalHint')}
        onClick={() => put(grid.range.min, 'lastYear', [1, 2, 3, 4])}
      >
        {t('levelLast')}
      </Button>
      {entry && here ? (
        <Button size="small" onClick={() => store.act({ do: 'put', entries: [entry] })}>
          {t('intoCell', { name: text(here.label) })}
        </Button>
      ) : null}
    </div>
  )
}

/** Fills cells from last year: plus a growth, or a yearly sum by last year's shares. */
export function Fill({ store, shot, written, onDone }: Props & { onDone: () => void }) {
  const t = useT()
  const { grid, state } = shot
  const [by, setBy] = useState('10')
  const [all, setAll] = useState(true)
  const [total, setTotal] = useState('')
  const growthPart = readNumber(by.replace(/%$/, '').replace(/^[-−]/, ''))
  const sign = /^[-−]/.test(by.trim()) ? '-' : ''
  const sum = total.trim() === '' ? null : readNumber(total)
  const usable = sum !== null && !sum.startsWith('-')
  return (
    <div className="kp-fill">
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (growthPart === null) return
          const factor = new Big(`${sign}${growthPart}`).div(100).toFixed()
          store.act({ do: 'put', entries: grown(grid, factor, all ? undefined : areaOf(state)) })
          onDone()
        }}
      >
        <strong>{t('fillGrowth')}</strong>
        <p className="kb-note">{t('fillGrowthHint')}</p>
        <Segmented
          aria-label={t('fillGrowth')}
          value={all}
          onChange={setAll}
          options={[
            { value: true, label: t('fillAll') },
            { value: false, label: t('fillSelection') },
          ]}
        />
        <div className="kb-row">
          <Input
            aria-label={t('growthPercent')}
            value={by}
            suffix="%"
            inputMode="decimal"
            status={growthPart === null ? 'error' : ''}
            onChange={(event) => setBy(event.target.value)}
          />
          <Button htmlType="submit" disabled={growthPart === null}>
            {t('doFill')}
          </Button>
        </div>
      </form>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (!usable) return
          store.act({
            do: 'put',
            entries: shareOut(grid, state.values.amount, new Big(shift(sum, state.scale)).round(2).toFixed()),
          })
          onDone()
        }}
      >
        <strong>{t('fillTotal')}</strong>
        <p className="kb-note">{t('fillTotalHint')}</p>
        <div className="kb-row">
          <Input
            aria-label={t('totalWan', { unit: written.unit })}
            value={total}
            suffix={written.unit}
            inputMode="decimal"
            status={total.trim() !== '' && !usable ? 'error' : ''}
            onChange={(event) => setTotal(event.target.value)}
          />
          <Button htmlType="submit" disabled={!usable}>
            {t('doFill')}
          </Button>
        </div>
      </form>
    </div>
  )
}

/** What is to be known of the cell one stands in. */
export function CellFacts({ shot, written }: Omit<Props, 'store'>) {
  const t = useT()
  const text = useText()
  const columnName = useColumnName()
  const { grid, state } = shot
  const row = grid.rows[state.cursor.row]
  const column = grid.columns[state.cursor.column]
  if (!row || !column) return null
  const value = state.values.amount[row.key]?.[column.id] ?? '0'
  const last = row.lastYear[column.id] ?? '0'
  const total = rowTotal(state.values.amount, row.key, grid.columns)
  const lastTotal = lastYearOf(row, grid.columns)
  const facts: [string, ReactNode][] = [
    [t('cellNow'), <span key="v">¥ {written.exact(value)}</span>],
    [t('cellLast'), <span key="v">¥ {written.exact(last)}</span>],
    [t('rowGrowth'), <Growth key="v" now={value} before={last} />],
    [t('rowYear'), <span key="v">¥ {written.exact(total)}</span>],
    [t('rowLast'), <span key="v">¥ {written.exact(lastTotal)}</span>],
    ...(row.signed
      ? ([[t('signedPlan'), <span key="v">¥ {written.exact(row.signed[column.id] ?? '0')}</span>]] satisfies [
          string,
          ReactNode,
        ][])
      : []),
    [t('orderCounts'), state.values.orders[row.key]?.[column.id] ?? '0'],
  ]
  return (
    <section className="kp-cell-facts">
      <h2>{t('cell')}</h2>
      <p className="kb-2">
        {text(row.label)} · {columnName(column)}
      </p>
      <dl className="kb-pairs">
        {facts.map(([label, fact]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd className="kb-num">{fact}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
