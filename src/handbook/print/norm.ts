import type { Norm } from '../model.ts'
import { cellText } from '../words/norms.ts'
import { type Block, heading, table, whole } from './block.ts'
import type { Speaker } from './words.ts'

/** Rows up to which a table is not torn apart by the end of a page. */
const short = 10

/** A norm table under its name: single values with their units, or rows and columns as they are. */
export function normBlocks(norm: Norm, s: Speaker): Block[] {
  const body: Block[] = [
    ...(norm.note
      ? [{ kind: 'text', text: s.t(norm.note), quiet: true, origin: s.tag(norm.tag) } as const]
      : []),
    ...(norm.rows.length === 0 ? values(norm, s) : rows(norm, s)),
  ]
  const count = norm.rows.length || Object.keys(norm.values).length
  return [heading(3, s.t(norm.name)), ...(count <= short ? whole(body) : body)]
}

function values(norm: Norm, s: Speaker): Block[] {
  const noted = Object.values(norm.values).some((value) => value.note)
  return table(
    [s.say('parameter'), s.say('value'), ...(noted ? [s.say('note')] : []), s.say('origin')],
    noted ? [3, 2.4, 3, 0.7] : [3.6, 3.6, 0.7],
    Object.values(norm.values).map((value) => [
      s.t(value.name),
      s.norm(value),
      ...(noted ? [s.t(value.note)] : []),
      s.origin(value.tag),
    ]),
  )
}

const rows = (norm: Norm, s: Speaker): Block[] =>
  table(
    [s.say('parameter'), ...norm.columns.map((column) => s.t(column.name)), s.say('origin')],
    [2.4, ...norm.columns.map(() => 1.4), 0.8],
    norm.rows.map((row) => [
      row.note ? `${s.t(row.name)}\n${s.t(row.note)}` : s.t(row.name),
      ...norm.columns.map((column) => {
        const cell = row.cells[column.id]
        return cell ? s.t(cellText(cell, s.called, row.unit ?? column.unit)) : ''
      }),
      s.origin(row.tag),
    ]),
  )
