import type { Text } from '../../../handbook/model.ts'
import type { Tx } from '../../db/database.ts'
import { keyOf } from '../../records/key.ts'
import type { Field, Kind } from '../../records/kind.ts'
import type { Mapping, RowFault, Taken } from '../importer.ts'
import { cellsOf, refusedOf, type SheetRow } from '../sheet/cells.ts'
import { type Named, thingsNamed } from './names.ts'
import { readValue, typed } from './values.ts'

export type Kinds = ReadonlyMap<string, Kind>
/** The one part that a list asks of a file. */
export const part = 'rows'

/** A sound row: columns that say something, by field. */
export type ListRow = Readonly<Record<string, unknown>>

/** What stands in the records already, by code, and by the key of the code where spellings make no difference: the fields that stay once a record exists. */
export type Standing = ReadonlyMap<string, ListRow>

interface Place {
  readonly fault: (column: string, text: Text) => void
  readonly cell: (column: string) => unknown
}

const missing = ({ zh, en }: Text): Text => ({
  zh: `缺“${zh}”，补上后再导`,
  en: `${en} is missing; fill it in`,
})

/** The fields a sheet was matched to. */
export const mappedFields = (kind: Kind, mapping: Mapping): [string, Field][] =>
  Object.entries(kind.fields).filter(([id]) => mapping.columns[part]?.[id])

/** What the names in each column of references mean. */
async function namedIn(
  tx: Tx,
  kinds: Kinds,
  fields: readonly [string, Field][],
  rows: readonly SheetRow[],
): Promise<ReadonlyMap<string, Named>> {
  const named = new Map<string, Named>()
  for (const [id, { type, to }] of fields) {
    if (type !== 'reference' || !to) continue
    const names = new Set(rows.map(({ cell }) => typed(cell(id))))
    named.set(id, await thingsNamed(tx, to, kinds, [...names]))
  }
  return named
}

/** Rows that can be written, and every one that cannot, with its column, its value and what to do. */
export async function rowsOf(
  tx: Tx,
  kind: Kind,
  kinds: Kinds,
  sheets: Taken,
  mapping: Mapping,
  standing: (codes: readonly string[]) => Promise<Standing>,
): Promise<{ rows: ListRow[]; faults: RowFault[] }> {
  const code = kind.code as string
  const same = kind.fields[code]?.alike ? keyOf : (said: string) => said
  const fields = mappedFields(kind, mapping)
  const read = [...cellsOf(part, sheets, mapping)]
  const refused = [...refusedOf(part, sheets)]
  const named = await namedIn(tx, kinds, fields, [...read, ...refused])
  const there = await standing(read.map(({ cell }) => typed(cell(code))))
  const rows: ListRow[] = []
  const faults: RowFault[] = []
  const seen = new Map<string, number>()
  const faulty =
    ({ row, sheet, cell }: SheetRow): Place['fault'] =>
    (column, text) =>
      faults.push({
        sheet: sheet.name,
        row,
        // A column that the file does not have is named by the reason, in the reader's language.
        column: mapping.columns[part]?.[column] ?? '',
        value: typed(cell(column)).slice(0, 80),
        text,
      })
  // A row with a cell that could not be read is refused already; what else is wrong with it is said all the same.
  for (const one of refused) valuesIn(fields, named, { cell: one.cell, fault: faulty(one) })
  for (const one of read) {
    const { row, cell } = one
    const before = faults.length
    const fault = faulty(one)
    const values = valuesIn(fields, named, { cell, fault })
    const key = typed(cell(code))
    if (key === '') fault(code, missing(kind.fields[code]?.label as Text))
    else judge(kind, values, there.get(key) ?? there.get(same(key)), { cell, fault })
    const first = seen.get(same(key))
    if (key !== '' && first !== undefined)
      fault(code, {
        zh: `和第 ${first} 行是同一个编号，留一行（大小写、全角半角、空格不算差别）`,
        en: `The same code as in row ${first}; keep one of them (case, width and blanks make no difference)`,
      })
    seen.set(same(key), first ?? row)
    if (faults.length === before) rows.push(values)
  }
  return { rows, faults }
}

function valuesIn(
  fields: readonly [string, Field][],
  named: ReadonlyMap<string, Named>,
  { cell, fault }: Place,
): ListRow {
  const values: Record<string, unknown> = {}
  for (const [id, field] of fields) {
    const said = readValue(field, cell(id), named.get(id))
    if ('fault' in said) fault(id, said.fault)
    else if (said.value !== null) values[id] = said.value
  }
  return values
}

/** What a new record needs, and what one that exists keeps. */
function judge(kind: Kind, values: ListRow, standing: ListRow | undefined, { cell, fault }: Place): void {
  for (const [id, field] of Object.entries(kind.fields)) {
    if (field.computed) continue
    if (!standing && field.required && typed(cell(id)) === '') fault(id, missing(field.label))
    if (standing && field.settled && !field.alike && values[id] !== undefined && values[id] !== standing[id])
      fault(id, {
        zh: `“${field.label.zh}”建立后不能修改，现在是“${standing[id] ?? ''}”`,
        en: `${field.label.en} is fixed once the record exists; it is “${standing[id] ?? ''}”`,
      })
  }
}
