import { ChevronDown, ChevronRight } from 'lucide-react'
import { type CSSProperties, useEffect, useMemo, useRef } from 'react'
import { Avatar } from '../../../../ui/components/PersonTag.tsx'
import { useText } from '../../../../ui/i18n/texts.ts'
import type { PlanGrid } from '../../wire.ts'
import { Growth } from '../Growth.tsx'
import { useT } from '../texts.ts'
import { Bars } from './Bars.tsx'
import { type Edges, signedOf } from './edges.ts'
import { hasFocus, holdFocus, sheetKey } from './focus.ts'
import { repeated } from './helpers.ts'
import { meaningOf } from './keys.ts'
import { OnSigned } from './OnSigned.tsx'
import { roles } from './roles.ts'
import { type GridRow, type Line, lastYearOf } from './rows.ts'
import { type Area, copied, type GridState, type Spot, typedValue } from './state.ts'
import type { GridStore } from './store.ts'
import { add, columnSums, rowTotal } from './sums.ts'
import { useColumnName } from './useColumnName.ts'
import type { Written } from './view.ts'

interface Shared {
  readonly grid: PlanGrid
  readonly state: GridState
  readonly written: Written
  /** Largest yearly sum of such a line: the length of a full bar. */
  readonly most: string
  readonly edges: Edges
  readonly style: CSSProperties
}

/** What the cells are measured by, before them. */
function Begins({ last, signed, edges, written }: Pick<Shared, 'edges' | 'written'> & Measures) {
  const money = written.unit !== ''
  return (
    <>
      {edges.last ? (
        <td {...roles.cell} className="kp-cell kb-3">
          {money ? written.money(last) : ''}
        </td>
      ) : null}
      {edges.signed ? (
        <td {...roles.cell} className="kp-cell kb-2">
          {money ? written.money(signed) : ''}
        </td>
      ) : null}
    </>
  )
}

interface Measures {
  readonly last: string
  readonly signed: string
}

function Ends({
  last,
  signed,
  now,
  most,
  edges,
  written,
}: Pick<Shared, 'most' | 'edges' | 'written'> & Measures & { now: string }) {
  const money = written.unit !== ''
  return (
    <>
      <td {...roles.cell} className="kp-cell kp-sum kp-year">
        {written.value(now)}
      </td>
      {edges.signed ? (
        <td {...roles.cell} className="kp-cell">
          {money ? <OnSigned now={now} signed={signed} written={written} /> : ''}
        </td>
      ) : null}
      {edges.last ? (
        <td {...roles.cell} className="kp-cell kb-2">
          {money ? <Growth now={now} before={last} /> : ''}
        </td>
      ) : null}
      {edges.bars ? (
        <td {...roles.cell} className="kp-bars-cell">
          {money ? <Bars last={last} now={now} most={most} /> : null}
        </td>
      ) : null}
    </>
  )
}

/** Head of a group: whose rows follow, with their sums. */
export function GroupRow(props: Shared & { line: Extract<Line, { kind: 'group' }>; onFold: () => void }) {
  const { grid, state, written, line } = props
  const t = useT()
  const text = useText()
  const name = text(line.group.label)
  const sums = useMemo(
    () => columnSums(state.values[state.layer], line.rows, grid.columns),
    [state.values, state.layer, line.rows, grid.columns],
  )
  const measures = useMemo(() => {
    const members = new Set(line.rows)
    const rows = grid.rows.filter((row) => members.has(row.key))
    return {
      last: add(rows.map((row) => lastYearOf(row, grid.columns))),
      signed: signedOf(rows, grid.columns),
    }
  }, [grid, line.rows])
  return (
    <tr {...roles.row} className="kp-row kp-group" style={props.style}>
      <th {...roles.head} scope="rowgroup" className="kp-label">
        <button
          type="button"
          className="kp-fold"
          aria-expanded={!line.folded}
          aria-label={t(line.folded ? 'unfold' : 'fold', { name })}
          onClick={props.onFold}
        >
          {line.folded ? <ChevronRight size={14} aria-hidden /> : <ChevronDown size={14} aria-hidden />}
        </button>
        <Avatar name={name} size={20} />
        <span className="kp-name" title={name}>
          {name}
        </span>
        <span className="kb-note">{t('rowsIn', { n: line.rows.length })}</span>
      </th>
      <Begins {...props} {...measures} />
      {grid.columns.map(({ id }) => (
        <td key={id} {...roles.cell} className="kp-cell">
          {written.value(sums.byColumn[id] ?? '0')}
        </td>
      ))}
      <Ends {...props} {...measures} now={sums.total} />
    </tr>
  )
}

interface DataProps extends Shared {
  readonly store: GridStore
  readonly row: GridRow
  readonly index: number
  /** The selection, when it touches this row. */
  readonly area: Area | null
  readonly fillTo: Spot | null
}

/** A row of cells; the one under the cursor takes what is typed and pasted. */
export function DataRow(props: DataProps) {
  const { grid, state, written, row, index, area } = props
  const text = useText()
  const columnName = useColumnName()
  const values = state.values[state.layer][row.key]
  const total = rowTotal(state.values[state.layer], row.key, grid.columns)
  const measures = { last: lastYearOf(row, grid.columns), signed: signedOf([row], grid.columns) }
  const cursorHere = state.cursor.row === index
  const inFill = (column: number) =>
    props.fillTo !== null &&
    column >= Math.min(state.anchor.column, state.cursor.column) &&
    column <= Math.max(state.anchor.column, state.cursor.column) &&
    index > Math.max(state.anchor.row, state.cursor.row) &&
    index <= props.fillTo.row
  return (
    <tr {...roles.row} className="kp-row" style={props.style} aria-rowindex={index + 1}>
      <th
        {...roles.head}
        scope="row"
        className={row.group ? 'kp-label kp-inner' : 'kp-label'}
        title={text(row.label)}
      >
        <span className="kp-name">{text(row.label)}</span>
      </th>
      <Begins {...props} {...measures} />
      {grid.columns.map(({ id }, column) => {
        const value = values?.[id] ?? '0'
        const active = cursorHere && state.cursor.column === column
        const chosen = area !== null && column >= area.left && column <= area.right
        const refused = [state.refused, ...(state.refused?.also ?? [])].some(
          (one) => one?.spot.row === index && one.spot.column === column,
        )
        const name = [
          'kp-cell',
          row.editable ? 'kp-free' : '',
          chosen ? 'kp-chosen' : '',
          active ? 'kp-active' : '',
          refused ? 'kp-refused' : '',
          inFill(column) ? 'kp-willfill' : '',
        ]
        return (
          <td
            key={id}
            {...roles.chosen(chosen)}
            data-spot={`${index}:${column}`}
            aria-colindex={column + 1}
            className={name.join(' ')}
          >
            {active ? (
              <ActiveCell
                {...props}
                name={`${text(row.label)} ${columnName(grid.columns[column])}`}
                shown={written.value(value)}
              />
            ) : (
              written.value(value)
            )}
            {row.editable && area?.bottom === index && area.right === column && state.typing === null ? (
              <span className="kp-handle" data-fill aria-hidden />
            ) : null}
          </td>
        )
      })}
      <Ends {...props} {...measures} now={total} />
    </tr>
  )
}

function ActiveCell({ store, state, name, shown, grid }: DataProps & { name: string; shown: string }) {
  const input = useRef<HTMLInputElement>(null)
  const inText = useRef(false)
  const sheet = sheetKey(grid)
  const { row, column } = state.cursor
  // Runs again for each place the cursor comes to, as one input may serve two cells of a row.
  useEffect(() => {
    void row
    void column
    if (!hasFocus(sheet)) return
    input.current?.focus({ preventScroll: true })
    input.current?.closest('td')?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [sheet, row, column])
  const typing = state.typing !== null
  if (!typing) inText.current = false
  const edit = () => {
    inText.current = true
    store.act({ do: 'type', text: typedValue(state, state.cursor) })
  }
  return (
    <>
      {typing ? null : <span aria-hidden>{shown}</span>}
      <input
        ref={input}
        className="kp-input"
        aria-label={`${name}: ${shown}`}
        aria-invalid={state.refused !== null}
        inputMode="decimal"
        autoComplete="off"
        spellCheck={false}
        value={state.typing ?? ''}
        onFocus={() => holdFocus(sheet)}
        onChange={(event) => store.act({ do: 'type', text: event.target.value })}
        onDoubleClick={() => {
          if (!typing) edit()
        }}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing || event.altKey) return
          const pressed = {
            key: event.key,
            command: event.metaKey || event.ctrlKey,
            shift: event.shiftKey,
          }
          const meaning = meaningOf(state, pressed, inText.current)
          if (meaning === null) return
          event.preventDefault()
          event.stopPropagation()
          if (meaning === 'save') void store.save()
          else if (meaning === 'editCell') edit()
          else if (meaning === 'down' || meaning === 'right')
            store.act({ do: 'put', entries: repeated(state, meaning) })
          else store.act(meaning)
        }}
        onPaste={(event) => {
          const said = event.clipboardData.getData('text/plain')
          if (typing && !/[\t\n]/.test(said)) return
          event.preventDefault()
          if (typing) store.act({ do: 'cancel' })
          store.act({ do: 'paste', text: said })
        }}
        onCopy={(event) => {
          if (typing) return
          event.preventDefault()
          event.clipboardData.setData('text/plain', copied(state))
        }}
        onCut={(event) => {
          if (typing) return
          event.preventDefault()
          event.clipboardData.setData('text/plain', copied(state))
          store.act({ do: 'clear' })
        }}
      />
    </>
  )
}
