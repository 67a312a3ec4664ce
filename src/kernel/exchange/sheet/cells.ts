import type { Mapping, Taken, TakenSheet } from '../importer.ts'

export interface SheetRow {
  /** Row number in the file. */
  readonly row: number
  readonly sheet: TakenSheet
  /** The cell of a column by its id; `null` where the column is left out. */
  readonly cell: (column: string) => string | null
}

/** Goes through a taken sheet row by row. */
export function* cellsOf(spec: string, taken: Taken, _mapping?: Mapping): Generator<SheetRow> {
  const sheet = taken[spec]
  if (!sheet) return
  for (const [index, cells] of sheet.rows.entries())
    yield { row: sheet.numbers[index] as number, sheet, cell: cellsBy(sheet, cells) }
}

/** Goes through the rows that are faulty already; what could not be read of them is `null`. */
export function* refusedOf(spec: string, taken: Taken): Generator<SheetRow> {
  const sheet = taken[spec]
  for (const { row, cells } of sheet?.refused ?? [])
    yield { row, sheet: sheet as TakenSheet, cell: cellsBy(sheet as TakenSheet, cells) }
}

const places = new WeakMap<TakenSheet, ReadonlyMap<string, number>>()

function cellsBy(sheet: TakenSheet, cells: readonly (string | null)[]): SheetRow['cell'] {
  let at = places.get(sheet)
  if (!at) {
    at = new Map(sheet.columns.map((id, place) => [id, place]))
    places.set(sheet, at)
  }
  const known = at
  return (id) => cells[known.get(id) ?? -1] ?? null
}
