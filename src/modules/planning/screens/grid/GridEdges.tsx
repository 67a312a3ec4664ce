import Big from 'big.js'
import { Check } from 'lucide-react'
import { useMemo } from 'react'
import { useFormat } from '../../../../ui/format/useFormat.ts'
import { useText } from '../../../../ui/i18n/texts.ts'
import type { PlanGrid } from '../../wire.ts'
import { Growth } from '../Growth.tsx'
import { useT } from '../texts.ts'
import { type Edges, signedOf } from './edges.ts'
import { OnSigned } from './OnSigned.tsx'
import { roles } from './roles.ts'
import type { GridState } from './state.ts'
import { add, columnSums, liveChecks, outside } from './sums.ts'
import type { Written } from './view.ts'

/** Quarters as the columns run: each with the columns it spans. */
const spansOf = (columns: PlanGrid['columns']): { quarter: number; span: number }[] =>
  [...new Set(columns.map((column) => column.quarter))].map((quarter) => ({
    quarter,
    span: columns.filter((column) => column.quarter === quarter).length,
  }))

export function GridHead({ grid, written, edges }: { grid: PlanGrid; written: Written; edges: Edges }) {
  const t = useT()
  const text = useText()
  const format = useFormat()
  const unit = written.unit ? ` (${written.unit})` : ''
  const months = grid.columns.length > 4
  return (
    <thead {...roles.rows} className="kp-head">
      {months ? (
        <tr {...roles.row} className="kp-row">
          <th {...roles.column} className="kp-label" aria-hidden />
          {edges.last ? <th {...roles.column} aria-hidden /> : null}
          {edges.signed ? <th {...roles.column} aria-hidden /> : null}
          {spansOf(grid.columns).map(({ quarter, span }) => (
            <th
              key={quarter}
              {...roles.column}
              scope="colgroup"
              className="kp-span"
              style={{ gridColumn: `span ${span}` }}
            >
              {format.quarter(quarter)}
            </th>
          ))}
          <th {...roles.column} className="kp-year" aria-hidden />
          {edges.signed ? <th {...roles.column} aria-hidden /> : null}
          {edges.last ? <th {...roles.column} aria-hidden /> : null}
          {edges.bars ? <th {...roles.column} aria-hidden /> : null}
        </tr>
      ) : null}
      <tr {...roles.row} className="kp-row">
        <th {...roles.column} scope="col" className="kp-label">
          {t(months ? 'rowAccount' : 'rowRegion')}
          <span className="kb-3">{unit}</span>
        </th>
        {edges.last ? (
          <th {...roles.column} scope="col" className="kp-cell">
            {t('lastYear')}
          </th>
        ) : null}
        {edges.signed ? (
          <th {...roles.column} scope="col" className="kp-cell">
            {t('signedPlan')}
          </th>
        ) : null}
        {grid.columns.map((column) => (
          <th key={column.id} {...roles.column} scope="col" className="kp-cell">
            {months ? text(column.label) : format.quarter(column.quarter)}
          </th>
        ))}
        <th {...roles.column} scope="col" className="kp-cell kp-year">
          {t('quarterTotal')}
        </th>
        {edges.signed ? (
          <th {...roles.column} scope="col" className="kp-cell">
            {t('onSigned')}
          </th>
        ) : null}
        {edges.last ? (
          <th {...roles.column} scope="col" className="kp-cell">
            {t('onLastYear')}
          </th>
        ) : null}
        {edges.bars ? (
          <th {...roles.column} scope="col">
            {t('bars')}
          </th>
        ) : null}
      </tr>
    </thead>
  )
}

interface FootProps {
  readonly grid: PlanGrid
  readonly state: GridState
  readonly written: Written
  readonly edges: Edges
}

/** Sums of the columns; below them what was given and how far the split is from it, or last year where nothing was given. */
export function GridFoot(props: FootProps) {
  const { grid, state, written, edges } = props
  const t = useT()
  const keys = useMemo(() => grid.rows.map((row) => row.key), [grid.rows])
  const sums = useMemo(
    () => columnSums(state.values[state.layer], keys, grid.columns),
    [state.values, state.layer, keys, grid.columns],
  )
  const last = useMemo(
    () => columnSums(Object.fromEntries(grid.rows.map((row) => [row.key, row.lastYear])), keys, grid.columns),
    [grid, keys],
  )
  const signed = useMemo(() => signedOf(grid.rows, grid.columns), [grid])
  const money = state.layer === 'amount'
  return (
    <tfoot {...roles.rows} className="kp-foot">
      <tr {...roles.row} className="kp-row kp-total">
        <th {...roles.head} scope="row" className="kp-label">
          {t('total')}
        </th>
        {edges.last ? (
          <td {...roles.cell} className="kp-cell">
            {money ? written.money(last.total) : ''}
          </td>
        ) : null}
        {edges.signed ? (
          <td {...roles.cell} className="kp-cell">
            {money ? written.money(signed) : ''}
          </td>
        ) : null}
        {grid.columns.map(({ id }) => (
          <td key={id} {...roles.cell} className="kp-cell">
            {written.value(sums.byColumn[id] ?? '0')}
          </td>
        ))}
        <td {...roles.cell} className="kp-cell kp-year">
          {written.value(sums.total)}
        </td>
        {edges.signed ? (
          <td {...roles.cell} className="kp-cell">
            {money ? <OnSigned now={sums.total} signed={signed} written={written} /> : ''}
          </td>
        ) : null}
        {edges.last ? (
          <td {...roles.cell} className="kp-cell">
            {money ? <Growth now={sums.total} before={last.total} /> : ''}
          </td>
        ) : null}
        {edges.bars ? <td {...roles.cell} /> : null}
      </tr>
      {!money ? null : grid.check ? (
        <GivenRows {...props} />
      ) : (
        <tr {...roles.row} className="kp-row">
          <th {...roles.head} scope="row" className="kp-label kb-2">
            {t('onLastYear')}
          </th>
          <Blank edges={edges} />
          {grid.columns.map(({ id }) => (
            <td key={id} {...roles.cell} className="kp-cell kb-2">
              <Growth now={sums.byColumn[id] ?? '0'} before={last.byColumn[id] ?? '0'} />
            </td>
          ))}
          <td {...roles.cell} className="kp-year" />
          <Blank edges={edges} after />
        </tr>
      )}
    </tfoot>
  )
}

/** Cells of a row that has nothing to say beside the columns, before them or after. */
function Blank({ edges, after = false }: { edges: Edges; after?: boolean }) {
  return (
    <>
      {edges.signed ? <td {...roles.cell} /> : null}
      {edges.last ? <td {...roles.cell} /> : null}
      {after && edges.bars ? <td {...roles.cell} /> : null}
    </>
  )
}

function GivenRows({ grid, state, written, edges }: FootProps) {
  const t = useT()
  const checks = useMemo(() => liveChecks(grid, state.values.amount), [grid, state.values.amount])
  if (!checks) return null
  const spans = spansOf(grid.columns)
  const difference = (id: string) => {
    const check = checks[id]
    if (!check) return null
    const off = outside(check, grid.range)
    return (
      <span className={check.ok ? 'kp-in' : 'kp-out'} title={written.exact(check.difference)}>
        {new Big(check.difference).eq(0) ? null : written.signed(check.difference)}
        {check.ok ? <Check size={13} aria-label={t('allIn')} /> : null}
        <span className="kb-hidden">{check.ok ? '' : written.exact(off)}</span>
      </span>
    )
  }
  const given = add(spans.map(({ quarter }) => checks[`Q${quarter}`]?.given ?? '0'))
  return (
    <>
      <tr {...roles.row} className="kp-row">
        <th {...roles.head} scope="row" className="kp-label kb-2">
          {t('given')}
        </th>
        <Blank edges={edges} />
        {spans.map(({ quarter, span }) => (
          <td key={quarter} {...roles.cell} className="kp-cell kb-2" style={{ gridColumn: `span ${span}` }}>
            {written.money(checks[`Q${quarter}`]?.given ?? '0')}
          </td>
        ))}
        <td {...roles.cell} className="kp-cell kp-year kb-2">
          {written.money(given)}
        </td>
        <Blank edges={edges} after />
      </tr>
      <tr {...roles.row} className="kp-row">
        <th {...roles.head} scope="row" className="kp-label kb-2">
          {t('difference')}
        </th>
        <Blank edges={edges} />
        {spans.map(({ quarter, span }) => (
          <td key={quarter} {...roles.cell} className="kp-cell" style={{ gridColumn: `span ${span}` }}>
            {difference(`Q${quarter}`)}
          </td>
        ))}
        <td {...roles.cell} className="kp-cell kp-year">
          {difference('total')}
        </td>
        <Blank edges={edges} after />
      </tr>
    </>
  )
}
