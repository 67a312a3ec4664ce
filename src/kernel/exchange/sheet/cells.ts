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
  const at = new Map(sheet.columns.map((id, place) => [id, place]))
  for (const [index, cells] of sheet.rows.entries())
    yield {
      row: sheet.numbers[index] as number,
      sheet,
      cell: (id) => cells[at.get(id) ?? -1] ?? null,
    }
}
