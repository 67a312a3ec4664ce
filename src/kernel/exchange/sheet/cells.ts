import type { Mapping, ReadSheet, Taken } from '../importer.ts'
import { textOf } from './values.ts'

export interface SheetRow {
  /** Row number in the file. */
  readonly row: number
  readonly sheet: ReadSheet
  /** The cell of a column by its id; `null` where the column is left out. */
  readonly cell: (column: string) => unknown
}

/** Reads a mapped sheet row by row; rows without any value are passed over. */
export function* cellsOf(spec: string, taken: Taken, mapping: Mapping): Generator<SheetRow> {
  const sheet = taken[spec]
  if (!sheet) return
  const at = new Map(
    Object.entries(mapping.columns[spec] ?? {}).map(([id, heading]) => [
      id,
      heading === null ? -1 : sheet.headings.indexOf(heading),
    ]),
  )
  for (const [index, cells] of sheet.rows.entries()) {
    if (cells.every((cell) => textOf(cell) === '')) continue
    yield { row: sheet.firstRow + index, sheet, cell: (id) => cells[at.get(id) ?? -1] ?? null }
  }
}
