import Big from 'big.js'
import { levelToward, spread } from '../../rules.ts'
import type { PlanGrid } from '../../wire.ts'
import { type Area, areaOf, type Entry, type GridState, type Values, valueAt } from './state.ts'
import { add } from './sums.ts'

type Shape = Pick<PlanGrid, 'rows' | 'columns'>

/** By what a sum is shared out: what stands in the cells now, or last year's sales. */
export type Weights = 'now' | 'lastYear'

interface Cell {
  readonly row: string
  readonly column: string
  readonly now: string
  readonly lastYear: string
  readonly signed: string | null
}

function cellsOf(grid: Shape, amounts: Values, columns: readonly string[]): Cell[] {
  return grid.rows
    .filter((row) => row.editable)
    .flatMap((row) =>
      columns.map((column) => ({
        row: row.key,
        column,
        now: amounts[row.key]?.[column] ?? '0',
        lastYear: row.lastYear[column] ?? '0',
        signed: row.signed?.[column] ?? null,
      })),
    )
}

function shared(cells: readonly Cell[], total: string, by: Weights): Entry[] {
  const weights = cells.map((cell) => (new Big(cell[by]).lt(0) ? '0' : cell[by]))
  const parts = spread(total, weights)
  return cells.map(({ row, column }, index) => ({ row, column, value: parts[index] ?? '0' }))
}

/**
 * Makes each named quarter add up to what was given times `factor`, to the cent. Cells go back towards the signed plan; without one
 * they keep their proportions, or take last year's when asked to.
 */
export function level(
  grid: Shape & Pick<PlanGrid, 'check'>,
  amounts: Values,
  quarters: readonly number[],
  factor: string,
  by: Weights,
): Entry[] {
  return quarters.flatMap((quarter) => {
    const given = grid.check?.[`Q${quarter}`]?.given
    if (given === undefined) return []
    const columns = grid.columns.filter((column) => column.quarter === quarter).map(({ id }) => id)
    const cells = cellsOf(grid, amounts, columns)
    const total = new Big(given).times(factor).round(2).toFixed()
    const signed = cells.flatMap((cell) => (cell.signed === null ? [] : [{ ...cell, signed: cell.signed }]))
    if (by === 'lastYear' || signed.length < cells.length) return shared(cells, total, by)
    const parts = levelToward(signed, total)
    return cells.map(({ row, column }, index) => ({ row, column, value: parts[index] ?? '0' }))
  })
}

/** Shares a sum out over every cell by last year's sales, to the cent. */
export const shareOut = (grid: Shape, amounts: Values, total: string): Entry[] =>
  shared(
    cellsOf(
      grid,
      amounts,
      grid.columns.map(({ id }) => id),
    ),
    total,
    'lastYear',
  )

/** Last year's cells times one plus `growth`, within the area or everywhere. */
export function grown(grid: Shape, growth: string, area?: Area): Entry[] {
  const factor = new Big(1).plus(growth)
  const rows = area ? grid.rows.slice(area.top, area.bottom + 1) : grid.rows
  const columns = area ? grid.columns.slice(area.left, area.right + 1) : grid.columns
  return rows.flatMap((row) =>
    columns.map(({ id }) => {
      const value = new Big(row.lastYear[id] ?? '0').times(factor).round(2)
      return { row: row.key, column: id, value: value.lt(0) ? '0' : value.toFixed() }
    }),
  )
}

/** Puts what a quarter lacks (or has too much) into one of its cells; `null` when the cell cannot take it. */
export function intoCell(
  grid: Shape & Pick<PlanGrid, 'check'>,
  amounts: Values,
  spot: { row: string; column: string },
): Entry | null {
  const quarter = grid.columns.find((column) => column.id === spot.column)?.quarter
  const given = quarter === undefined ? undefined : grid.check?.[`Q${quarter}`]?.given
  if (given === undefined) return null
  const columns = grid.columns.filter((column) => column.quarter === quarter).map(({ id }) => id)
  const sum = add(grid.rows.flatMap((row) => columns.map((column) => amounts[row.key]?.[column] ?? '0')))
  const value = new Big(amounts[spot.row]?.[spot.column] ?? '0').plus(given).minus(sum)
  return value.lt(0) || new Big(sum).eq(given) ? null : { ...spot, value: value.toFixed() }
}

/** Copies the first row (or column) of the selection over the rest of it. */
export function repeated(state: GridState, way: 'down' | 'right'): Entry[] {
  const area = areaOf(state)
  const entries: Entry[] = []
  for (let row = area.top; row <= area.bottom; row++)
    for (let column = area.left; column <= area.right; column++) {
      const from =
        way === 'down'
          ? valueAt(state, state.rows[area.top] ?? '', state.columns[column] ?? '')
          : valueAt(state, state.rows[row] ?? '', state.columns[area.left] ?? '')
      entries.push({ row: state.rows[row] ?? '', column: state.columns[column] ?? '', value: from })
    }
  return entries
}
