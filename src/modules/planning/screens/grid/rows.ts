import Big from 'big.js'
import type { PlanGrid } from '../../wire.ts'
import type { Sheet, Values } from './state.ts'
import { add } from './sums.ts'

export type GridRow = PlanGrid['rows'][number]

/** What the grid's behaviour works on, from what the API answers. */
export function sheetOf(grid: PlanGrid): Sheet {
  const numbers = (values: Record<string, number>) =>
    Object.fromEntries(Object.entries(values).map(([column, count]) => [column, String(count)]))
  return {
    rows: grid.rows.map((row) => row.key),
    columns: grid.columns.map((column) => column.id),
    locked: new Set(grid.rows.filter((row) => !row.editable).map((row) => row.key)),
    values: {
      amount: Object.fromEntries(grid.rows.map((row) => [row.key, row.values])),
      orders: Object.fromEntries(grid.rows.map((row) => [row.key, numbers(row.orders)])),
    },
  }
}

/** A line as drawn: the head of a group with its rows, or a row with its place in the sheet. */
export type Line =
  | {
      readonly kind: 'group'
      readonly key: string
      readonly group: NonNullable<GridRow['group']>
      readonly rows: readonly string[]
      readonly folded: boolean
    }
  | { readonly kind: 'row'; readonly key: string; readonly row: GridRow; readonly index: number }

/** Lines in the order of the sheet; rows of folded groups are left out. */
export function linesOf(rows: readonly GridRow[], folded: ReadonlySet<string>): Line[] {
  const members = new Map<string, string[]>()
  for (const row of rows)
    if (row.group) members.set(row.group.key, [...(members.get(row.group.key) ?? []), row.key])
  const lines: Line[] = []
  let current: string | null = null
  rows.forEach((row, index) => {
    const group = row.group
    if (group && group.key !== current)
      lines.push({
        kind: 'group',
        key: group.key,
        group,
        rows: members.get(group.key) ?? [],
        folded: folded.has(group.key),
      })
    current = group?.key ?? null
    if (!group || !folded.has(group.key)) lines.push({ kind: 'row', key: row.key, row, index })
  })
  return lines
}

/** Rows for one who only reads: the largest first within their group, those without anything apart. */
export function readingOrder(
  rows: readonly GridRow[],
  amountOf: (row: GridRow) => string,
): { readonly filled: GridRow[]; readonly empty: GridRow[] } {
  const groups = [...new Set(rows.map((row) => row.group?.key))]
  const amounts = new Map(rows.map((row) => [row.key, new Big(amountOf(row))]))
  const of = (row: GridRow) => amounts.get(row.key) ?? new Big(0)
  return {
    filled: groups.flatMap((group) =>
      rows.filter((row) => row.group?.key === group && !of(row).eq(0)).sort((a, b) => of(b).cmp(of(a))),
    ),
    empty: rows.filter((row) => of(row).eq(0)),
  }
}

/** Sum of last year's figures of a row, or of the columns named. */
export const lastYearOf = (row: GridRow, columns: readonly { id: string }[]): string =>
  add(columns.map(({ id }) => row.lastYear[id] ?? '0'))

/** The whole sheet as spreadsheet rows with its heads: group, row, columns, sum. `written` is how a value is shown. */
export function tableOf(
  grid: PlanGrid,
  values: Values,
  words: { text: (text: GridRow['label']) => string; group: string; row: string; total: string },
  written: (value: string) => string,
): string[][] {
  const grouped = grid.rows.some((row) => row.group)
  return [
    [
      ...(grouped ? [words.group] : []),
      words.row,
      ...grid.columns.map((column) => words.text(column.label)),
      words.total,
    ],
    ...grid.rows.map((row) => {
      const cells = grid.columns.map(({ id }) => values[row.key]?.[id] ?? '0')
      return [
        ...(grouped ? [row.group ? words.text(row.group.label) : ''] : []),
        words.text(row.label),
        ...cells.map(written),
        written(add(cells)),
      ]
    }),
  ]
}
