import { cellsOfText, readNumber, textOfCells } from './clipboard.ts'

/** Which of a cell's two figures is looked at and edited. */
export type Layer = 'amount' | 'orders'
/** Exact decimals by row key, then column id. */
export type Values = Readonly<Record<string, Readonly<Record<string, string>>>>

/** A place in the grid: indexes into `rows` and `columns`. */
export interface Spot {
  readonly row: number
  readonly column: number
}
export interface Area {
  readonly top: number
  readonly left: number
  readonly bottom: number
  readonly right: number
}
interface Change {
  readonly layer: Layer
  readonly row: string
  readonly column: string
  readonly from: string
  readonly to: string
}

export interface Sheet {
  /** Keys of the rows in the order shown, group rows left out. */
  readonly rows: readonly string[]
  readonly columns: readonly string[]
  /** Rows that may not be typed into. */
  readonly locked: ReadonlySet<string>
  readonly values: Readonly<Record<Layer, Values>>
}

export interface GridState extends Sheet {
  readonly layer: Layer
  /** One shown unit in yuan, as a power of ten: 0 for 元, 4 for 万元. */
  readonly scale: number
  readonly cursor: Spot
  /** Other corner of the selection. */
  readonly anchor: Spot
  /** Text being typed into the cursor's cell; `null` when none. */
  readonly typing: string | null
  readonly undone: readonly (readonly Change[])[]
  readonly done: readonly (readonly Change[])[]
  /** What changed since it was last taken for saving. */
  readonly unsaved: readonly Change[]
  /** Why the last entry was not taken. */
  readonly refused: Refused | null
  /** Cells of the last paste that stood over the edge of the sheet or in locked rows. */
  readonly left: number
}

/** The first entry that is no number; `also` names the others of the same paste. */
export interface Refused {
  readonly spot: Spot
  readonly text: string
  readonly also?: readonly { readonly spot: Spot; readonly text: string }[]
}

/** A value for a cell, by keys. */
export interface Entry {
  readonly row: string
  readonly column: string
  readonly value: string
}

export type Step =
  | 'up'
  | 'down'
  | 'left'
  | 'right'
  | 'home'
  | 'end'
  | 'top'
  | 'bottom'
  | 'pageUp'
  | 'pageDown'
export type Action =
  | { readonly do: 'load'; readonly sheet: Sheet }
  | { readonly do: 'show'; readonly layer?: Layer; readonly scale?: number }
  | { readonly do: 'go'; readonly spot: Spot; readonly extend?: boolean }
  | { readonly do: 'move'; readonly step: Step; readonly extend?: boolean }
  | { readonly do: 'next'; readonly step: 'down' | 'up' | 'right' | 'left' }
  | { readonly do: 'type'; readonly text: string }
  | { readonly do: 'cancel' }
  | { readonly do: 'clear' }
  | { readonly do: 'paste'; readonly text: string }
  | { readonly do: 'fill'; readonly to: Spot }
  | { readonly do: 'put'; readonly entries: readonly Entry[] }
  | { readonly do: 'reset'; readonly sheet: Sheet }
  | { readonly do: 'undo' }
  | { readonly do: 'redo' }
  | { readonly do: 'selectAll' }
  | { readonly do: 'taken'; readonly count: number }

export const startOf = (sheet: Sheet, scale = 0): GridState => ({
  ...sheet,
  layer: 'amount',
  scale,
  cursor: { row: 0, column: 0 },
  anchor: { row: 0, column: 0 },
  typing: null,
  undone: [],
  done: [],
  unsaved: [],
  refused: null,
  left: 0,
})

export const areaOf = (state: Pick<GridState, 'cursor' | 'anchor'>): Area => ({
  top: Math.min(state.cursor.row, state.anchor.row),
  bottom: Math.max(state.cursor.row, state.anchor.row),
  left: Math.min(state.cursor.column, state.anchor.column),
  right: Math.max(state.cursor.column, state.anchor.column),
})

export const valueAt = (state: GridState, row: string, column: string, layer = state.layer): string =>
  state.values[layer][row]?.[column] ?? '0'

/** Moves the decimal point `by` places: exact, no arithmetic on floats. */
export function shift(value: string, by: number): string {
  if (by === 0 || value === '0') return value
  const minus = value.startsWith('-') ? '-' : ''
  const [whole = '0', part = ''] = value.replace('-', '').split('.')
  const digits = whole + part
  const point = whole.length + by
  const padded = point <= 0 ? '0'.repeat(1 - point) + digits : digits.padEnd(point, '0')
  const cut = Math.max(point, 1)
  const left = padded.slice(0, cut).replace(/^0+(?=\d)/, '')
  const right = padded.slice(cut).replace(/0+$/, '')
  return minus + (right ? `${left}.${right}` : left)
}

/** What the cell holds, in the shown unit, as one would type it. */
export const typedValue = (state: GridState, spot: Spot): string =>
  shift(
    valueAt(state, state.rows[spot.row] ?? '', state.columns[spot.column] ?? ''),
    state.layer === 'amount' ? -state.scale : 0,
  )

/** A typed text as the exact value to keep, or why it is none. Amounts keep two decimals of a yuan, orders are whole. */
export function entryOf(state: Pick<GridState, 'layer' | 'scale'>, text: string): string | null {
  const number = readNumber(text)
  if (number === null || number.startsWith('-')) return null
  if (state.layer === 'orders') return number.includes('.') || number.length > 9 ? null : number
  const yuan = shift(number, state.scale)
  const decimals = yuan.split('.')[1]?.length ?? 0
  return decimals > 2 || yuan.split('.')[0]!.length > 13 ? null : yuan
}

const clamp = (value: number, most: number): number => Math.max(0, Math.min(value, most))
const within = (state: GridState, spot: Spot): Spot => ({
  row: clamp(spot.row, state.rows.length - 1),
  column: clamp(spot.column, state.columns.length - 1),
})

function stepped(state: GridState, { row, column }: Spot, step: Step): Spot {
  const last = { row: state.rows.length - 1, column: state.columns.length - 1 }
  const to: Record<Step, Spot> = {
    up: { row: row - 1, column },
    down: { row: row + 1, column },
    left: { row, column: column - 1 },
    right: { row, column: column + 1 },
    home: { row, column: 0 },
    end: { row, column: last.column },
    top: { row: 0, column: 0 },
    bottom: last,
    pageUp: { row: row - 12, column },
    pageDown: { row: row + 12, column },
  }
  return within(state, to[step])
}

/** Where Tab and Enter lead: to the next cell, at the edge on to the next row or column. */
function following(state: GridState, step: 'down' | 'up' | 'right' | 'left'): Spot {
  const { row, column } = state.cursor
  const [rows, columns] = [state.rows.length, state.columns.length]
  if (step === 'right' && column === columns - 1)
    return within(state, row < rows - 1 ? { row: row + 1, column: 0 } : state.cursor)
  if (step === 'left' && column === 0)
    return within(state, row > 0 ? { row: row - 1, column: columns - 1 } : state.cursor)
  if (step === 'down' && row === rows - 1)
    return within(state, column < columns - 1 ? { row: 0, column: column + 1 } : state.cursor)
  if (step === 'up' && row === 0)
    return within(state, column > 0 ? { row: rows - 1, column: column - 1 } : state.cursor)
  return stepped(state, state.cursor, step)
}

function applied(state: GridState, changes: readonly Change[], side: 'from' | 'to'): GridState['values'] {
  const values = {
    amount: { ...state.values.amount },
    orders: { ...state.values.orders },
  }
  for (const change of changes)
    values[change.layer][change.row] = {
      ...values[change.layer][change.row],
      [change.column]: change[side],
    }
  return values
}

const takes = (state: GridState, { row, column }: Spot): boolean => {
  const key = state.rows[row]
  return key !== undefined && column < state.columns.length && !state.locked.has(key)
}

/** Writes values into cells as one act that can be taken back as one; locked rows and equal values stay out. */
function write(state: GridState, entries: readonly { spot: Spot; value: string }[]): GridState {
  const changes: Change[] = []
  for (const { spot, value } of entries) {
    const [row, column] = [state.rows[spot.row], state.columns[spot.column]]
    if (row === undefined || column === undefined || state.locked.has(row)) continue
    const from = valueAt(state, row, column)
    if (from !== value) changes.push({ layer: state.layer, row, column, from, to: value })
  }
  if (changes.length === 0) return { ...state, typing: null, refused: null, left: 0 }
  return {
    ...state,
    values: applied(state, changes, 'to'),
    typing: null,
    refused: null,
    left: 0,
    done: [...state.done.slice(-199), changes],
    undone: [],
    unsaved: [...state.unsaved, ...changes],
  }
}

/** Ends typing: the entry is kept, or refused with the text left in place. */
function settled(state: GridState): GridState {
  if (state.typing === null) return state
  const value = entryOf(state, state.typing)
  if (value === null) return { ...state, refused: { spot: state.cursor, text: state.typing } }
  return write(state, [{ spot: state.cursor, value }])
}

function pasted(state: GridState, text: string): GridState {
  const cells = cellsOfText(text)
  const first = cells[0]
  if (!first) return state
  const area = areaOf(state)
  // One copied cell fills the whole selection, as spreadsheets do.
  const single = cells.length === 1 && first.length === 1
  const rows = single ? area.bottom - area.top + 1 : cells.length
  const entries: { spot: Spot; value: string }[] = []
  const bad: { spot: Spot; text: string }[] = []
  let left = 0
  for (let row = 0; row < rows; row++) {
    const line = single ? first : cells[row]!
    const columns = single ? area.right - area.left + 1 : line.length
    for (let column = 0; column < columns; column++) {
      const spot = { row: area.top + row, column: area.left + column }
      const written = single ? first[0]! : line[column]!
      const value = entryOf(state, written)
      if (value === null) bad.push({ spot: within(state, spot), text: written })
      else entries.push({ spot, value })
      if (!takes(state, spot)) left += 1
    }
  }
  const [worst, ...also] = bad
  if (worst) return { ...state, refused: { ...worst, ...(also.length > 0 ? { also } : {}) } }
  const end = within(state, entries.at(-1)!.spot)
  return {
    ...write(state, entries),
    left,
    anchor: { row: area.top, column: area.left },
    cursor: end,
  }
}

/** Repeats the selection's rows (or columns) up to `to`: down or up first, sideways when the drag stays in the rows. */
function filled(state: GridState, target: Spot): GridState {
  const area = areaOf(state)
  const to = within(state, target)
  const entries: { spot: Spot; value: string }[] = []
  const copy = (spot: Spot, from: Spot) =>
    entries.push({
      spot,
      value: valueAt(state, state.rows[from.row]!, state.columns[from.column]!),
    })
  const [height, width] = [area.bottom - area.top + 1, area.right - area.left + 1]
  const down = to.row > area.bottom || to.row < area.top
  const sideways = !down && (to.column > area.right || to.column < area.left)
  if (!down && !sideways) return state
  const [top, bottom] = down
    ? [Math.min(area.top, to.row), Math.max(area.bottom, to.row)]
    : [area.top, area.bottom]
  const [left, right] = sideways
    ? [Math.min(area.left, to.column), Math.max(area.right, to.column)]
    : [area.left, area.right]
  const turn = (index: number, start: number, size: number) =>
    start + ((((index - start) % size) + size) % size)
  for (let row = top; row <= bottom; row++)
    for (let column = left; column <= right; column++)
      copy(
        { row, column },
        {
          row: turn(row, area.top, height),
          column: turn(column, area.left, width),
        },
      )
  return {
    ...write(state, entries),
    anchor: { row: top, column: left },
    cursor: { row: bottom, column: right },
  }
}

const indexOf = (keys: readonly string[]) => new Map(keys.map((key, index) => [key, index]))

/** A newly loaded sheet keeps what is unsaved on top, the place of the cursor and the way back. */
function loaded(state: GridState, sheet: Sheet): GridState {
  const next = { ...state, ...sheet }
  const kept = { ...next, values: applied(next, state.unsaved, 'to') }
  return {
    ...kept,
    cursor: within(kept, state.cursor),
    anchor: within(kept, state.anchor),
  }
}

/** The whole behaviour of the grid: what a key, a paste or a drag does to it. */
export function act(state: GridState, action: Action): GridState {
  switch (action.do) {
    case 'load':
      return loaded(state, action.sheet)
    case 'show': {
      const ready = settled(state)
      return {
        ...ready,
        layer: action.layer ?? ready.layer,
        scale: action.scale ?? ready.scale,
        typing: null,
      }
    }
    case 'go': {
      const ready = settled(state)
      if (ready.refused && ready.typing !== null) return ready
      const cursor = within(ready, action.spot)
      return {
        ...ready,
        refused: null,
        cursor,
        anchor: action.extend ? ready.anchor : cursor,
      }
    }
    case 'move': {
      const ready = settled(state)
      if (ready.refused && ready.typing !== null) return ready
      const cursor = stepped(ready, ready.cursor, action.step)
      return {
        ...ready,
        refused: null,
        cursor,
        anchor: action.extend ? ready.anchor : cursor,
      }
    }
    case 'next': {
      const ready = settled(state)
      if (ready.refused && ready.typing !== null) return ready
      const cursor = following(ready, action.step)
      return { ...ready, refused: null, cursor, anchor: cursor }
    }
    case 'type':
      if (state.locked.has(state.rows[state.cursor.row] ?? '')) return state
      return {
        ...state,
        typing: action.text,
        refused: null,
        anchor: state.cursor,
      }
    case 'cancel':
      return { ...state, typing: null, refused: null }
    case 'clear': {
      const area = areaOf(state)
      const entries: { spot: Spot; value: string }[] = []
      for (let row = area.top; row <= area.bottom; row++)
        for (let column = area.left; column <= area.right; column++)
          entries.push({ spot: { row, column }, value: '0' })
      return write(state, entries)
    }
    case 'paste':
      return pasted(state, action.text)
    case 'fill':
      return filled(state, action.to)
    case 'put': {
      const [rows, columns] = [indexOf(state.rows), indexOf(state.columns)]
      return write(
        state,
        action.entries.flatMap(({ row, column, value }) => {
          const spot = { row: rows.get(row) ?? -1, column: columns.get(column) ?? -1 }
          return spot.row < 0 || spot.column < 0 ? [] : [{ spot, value }]
        }),
      )
    }
    case 'reset':
      return { ...startOf(action.sheet, state.scale), layer: state.layer }
    case 'undo': {
      const last = state.done.at(-1)
      if (!last) return state
      const back = last.map((change) => ({
        ...change,
        from: change.to,
        to: change.from,
      }))
      return {
        ...state,
        values: applied(state, last, 'from'),
        typing: null,
        done: state.done.slice(0, -1),
        undone: [...state.undone, last],
        unsaved: [...state.unsaved, ...back],
      }
    }
    case 'redo': {
      const last = state.undone.at(-1)
      if (!last) return state
      return {
        ...state,
        values: applied(state, last, 'to'),
        undone: state.undone.slice(0, -1),
        done: [...state.done, last],
        unsaved: [...state.unsaved, ...last],
      }
    }
    case 'selectAll':
      return {
        ...state,
        anchor: { row: 0, column: 0 },
        cursor: {
          row: state.rows.length - 1,
          column: state.columns.length - 1,
        },
      }
    case 'taken':
      return { ...state, unsaved: state.unsaved.slice(action.count) }
  }
}

/** The selection as spreadsheet text, in the shown unit. */
export function copied(state: GridState): string {
  const area = areaOf(state)
  const rows: string[][] = []
  for (let row = area.top; row <= area.bottom; row++) {
    const line: string[] = []
    for (let column = area.left; column <= area.right; column++) line.push(typedValue(state, { row, column }))
    rows.push(line)
  }
  return textOfCells(rows)
}

/** What is to be sent: the last value of every changed cell, each once. */
export function cellsToSave(
  state: GridState,
): { row: string; column: string; amount?: string; orders?: number }[] {
  const cells = new Map<string, { row: string; column: string; amount?: string; orders?: number }>()
  for (const { row, column, layer, to } of state.unsaved) {
    const key = `${row}\n${column}`
    const cell = cells.get(key) ?? { row, column }
    cells.set(key, layer === 'amount' ? { ...cell, amount: to } : { ...cell, orders: Number(to) })
  }
  return [...cells.values()]
}
