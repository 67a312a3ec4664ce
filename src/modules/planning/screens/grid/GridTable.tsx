import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual'
import Big from 'big.js'
import {
  type CSSProperties,
  type MouseEvent,
  type PointerEvent,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { useText } from '../../../../ui/i18n/texts.ts'
import { useDisplay } from '../../../../ui/theme/display.ts'
import { type Edges, edgesOf } from './edges.ts'
import { holdFocus, sheetKey } from './focus.ts'
import { GridFoot, GridHead } from './GridEdges.tsx'
import { DataRow, GroupRow } from './GridRows.tsx'
import { roles } from './roles.ts'
import { lastYearOf, linesOf } from './rows.ts'
import { areaOf, type Spot } from './state.ts'
import type { GridStore, Snapshot } from './store.ts'
import { add, rowTotal } from './sums.ts'
import type { Written } from './view.ts'

const spotOf = (target: EventTarget | Element | null): Spot | null => {
  const said = (target as Element | null)?.closest?.('[data-spot]')?.getAttribute('data-spot')
  const [row, column] = said?.split(':').map(Number) ?? []
  return row === undefined || column === undefined ? null : { row, column }
}

const cellWidth = (columns: number): number => (columns > 4 ? 84 : 88)
/** Widths of the columns before the cells and after them. */
const edgeWidths = ({ last, signed, bars }: Edges): { before: number[]; after: number[] } => ({
  before: [...(last ? [92] : []), ...(signed ? [92] : [])],
  after: [104, ...(signed ? [96] : []), ...(last ? [96] : []), ...(bars ? [140] : [])],
})
const pixels = (widths: readonly number[]) => widths.map((width) => `${width}px`).join(' ')
const templateOf = (columns: number, edges: Edges): string => {
  const { before, after } = edgeWidths(edges)
  return `var(--kp-label) ${pixels(before)} repeat(${columns}, minmax(${cellWidth(columns)}px, 1fr)) ${pixels(after)}`
}
const widthOf = (columns: number, edges: Edges, label: number): number => {
  const { before, after } = edgeWidths(edges)
  return [...before, ...after].reduce((sum, width) => sum + width, label + columns * cellWidth(columns))
}

/** Larger of two exact amounts. */
const larger = (one: string, other: string): string => (new Big(one).gt(other) ? one : other)

/** The grid itself: heads and sums stay in sight, only rows that are seen are drawn. */
export function GridTable({
  store,
  shot,
  written,
  bars,
}: {
  store: GridStore
  shot: Snapshot
  written: Written
  bars: boolean
}) {
  const { grid, state } = shot
  const edges = edgesOf(grid, bars)
  const text = useText()
  const { density } = useDisplay()
  const height = density === 'dense' ? 30 : 36
  const scroller = useRef<HTMLDivElement>(null)
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set())
  const lines = useMemo(() => linesOf(grid.rows, folded), [grid.rows, folded])
  const area = areaOf(state)
  const active = lines.findIndex((line) => line.kind === 'row' && line.index === state.cursor.row)
  const heads = grid.columns.length > 4 ? 2 : 1
  const headHeight = heads * height
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 10,
    scrollMargin: headHeight,
    // The cell under the cursor holds the focus, so its row is always drawn.
    rangeExtractor: useCallback(
      (range: Range) => {
        const shown = defaultRangeExtractor(range)
        return active < 0 || shown.includes(active) ? shown : [...shown, active].sort((a, b) => a - b)
      },
      [active],
    ),
  })
  useEffect(() => {
    if (height > 0) rows.measure()
  }, [height, rows])
  const group = grid.rows[state.cursor.row]?.group?.key
  useEffect(() => {
    if (group) setFolded((now) => (now.has(group) ? new Set([...now].filter((one) => one !== group)) : now))
  }, [group])
  const drag = useDrag(store, sheetKey(grid))
  const most = useMemo(() => {
    const sums = grid.rows.map((row) => ({
      group: row.group?.key ?? '',
      now: rowTotal(state.values.amount, row.key, grid.columns),
      last: lastYearOf(row, grid.columns),
    }))
    const groups = [...new Set(sums.map((one) => one.group))].map((key) => {
      const own = sums.filter((one) => one.group === key)
      return larger(add(own.map((one) => one.now)), add(own.map((one) => one.last)))
    })
    return {
      row: sums.reduce((top, one) => larger(top, larger(one.now, one.last)), '0'),
      group: groups.reduce(larger, '0'),
    }
  }, [grid, state.values.amount])
  const template = templateOf(grid.columns.length, edges)
  const shared = { grid, state, written, edges, most: most.row }
  const fold = (key: string) =>
    setFolded((now) => {
      const next = new Set(now)
      if (!next.delete(key)) next.add(key)
      return next
    })
  return (
    <div className="kp-scroll" ref={scroller} style={{ '--kp-heads': `${headHeight}px` } as CSSProperties}>
      <table
        {...roles.grid(!grid.rows.some((row) => row.editable))}
        className="kp-grid"
        aria-label={text(grid.title)}
        aria-rowcount={lines.length}
        aria-colcount={grid.columns.length}
        style={
          {
            minWidth: widthOf(grid.columns.length, edges, bars ? 232 : 200),
            '--kp-template': template,
            '--kp-h': `${height}px`,
          } as CSSProperties
        }
      >
        <GridHead grid={grid} written={written} edges={edges} />
        <tbody
          {...roles.rows}
          style={{ height: rows.getTotalSize() }}
          {...drag.handlers}
          className={drag.fillTo ? 'kp-body kp-filling' : 'kp-body'}
        >
          {rows.getVirtualItems().map((item) => {
            const line = lines[item.index]
            if (!line) return null
            const style = { transform: `translateY(${item.start - headHeight}px)` }
            return line.kind === 'group' ? (
              <GroupRow key={line.key} {...shared} line={line} style={style} onFold={() => fold(line.key)} />
            ) : (
              <DataRow
                key={line.key}
                {...shared}
                store={store}
                row={line.row}
                index={line.index}
                area={line.index >= area.top && line.index <= area.bottom ? area : null}
                fillTo={drag.fillTo}
                style={style}
              />
            )
          })}
        </tbody>
        <GridFoot grid={grid} state={state} written={written} edges={edges} />
      </table>
    </div>
  )
}

/** Choosing cells by pointer, and pulling the fill handle. */
function useDrag(store: GridStore, sheet: string) {
  const [fillTo, setFillTo] = useState<Spot | null>(null)
  const mode = useRef<'choose' | 'fill' | null>(null)
  const under = (event: PointerEvent) => spotOf(document.elementFromPoint(event.clientX, event.clientY))
  const handlers = {
    // The cell under the cursor takes the focus itself; the browser would give it to the page.
    onMouseDown: (event: MouseEvent) => {
      if (!(event.target as Element).closest('input,button')) event.preventDefault()
    },
    onPointerDown: (event: PointerEvent) => {
      if (event.button !== 0) return
      if ((event.target as Element).closest('[data-fill]')) {
        event.preventDefault()
        mode.current = 'fill'
        setFillTo(store.snapshot().state.cursor)
        ;(event.currentTarget as Element).setPointerCapture(event.pointerId)
        return
      }
      const spot = spotOf(event.target)
      if (!spot) return
      const { state } = store.snapshot()
      const here = spot.row === state.cursor.row && spot.column === state.cursor.column
      // A click into the text being typed moves its caret.
      if (here && state.typing !== null) return
      holdFocus(sheet)
      if (event.pointerType !== 'touch') mode.current = 'choose'
      store.act({ do: 'go', spot, extend: event.shiftKey })
    },
    onPointerMove: (event: PointerEvent) => {
      if (mode.current === null || event.buttons !== 1) return
      const spot = under(event)
      if (!spot) return
      const { cursor } = store.snapshot().state
      if (mode.current === 'fill') setFillTo(spot)
      else if (spot.row !== cursor.row || spot.column !== cursor.column)
        store.act({ do: 'go', spot, extend: true })
    },
    onPointerUp: (event: PointerEvent) => {
      const spot = under(event)
      if (mode.current === 'fill' && spot) store.act({ do: 'fill', to: spot })
      mode.current = null
      setFillTo(null)
    },
    onPointerCancel: () => {
      mode.current = null
      setFillTo(null)
    },
  }
  return { fillTo, handlers }
}
