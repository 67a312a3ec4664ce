import type { Action, GridState, Step } from './state.ts'

/** What a key means to the grid: an action, saving, leaving the grid to the browser (`null`). */
export type Meaning = Action | 'save' | 'editCell' | 'down' | 'right' | null

interface Pressed {
  readonly key: string
  readonly command: boolean
  readonly shift: boolean
}

const moves: Record<string, Step> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
  Home: 'home',
  End: 'end',
  PageUp: 'pageUp',
  PageDown: 'pageDown',
}

const commands: Record<string, (shift: boolean) => Meaning> = {
  z: (shift) => ({ do: shift ? 'redo' : 'undo' }),
  y: () => ({ do: 'redo' }),
  a: () => ({ do: 'selectAll' }),
  s: () => 'save',
  d: () => 'down',
  r: () => 'right',
  home: () => ({ do: 'move', step: 'top' }),
  end: () => ({ do: 'move', step: 'bottom' }),
}

/** Tab leaves the grid at its first and last cell, so that nobody is caught in it. */
const leaves = (state: GridState, shift: boolean): boolean => {
  const { row, column } = state.cursor
  return shift
    ? row === 0 && column === 0
    : row === state.rows.length - 1 && column === state.columns.length - 1
}

/** The keys of a spreadsheet. `inText` is true while the caret walks inside the typed text (F2, double click). */
export function meaningOf(state: GridState, { key, command, shift }: Pressed, inText: boolean): Meaning {
  const typing = state.typing !== null
  if (command) {
    // While one types, the text's own undo and select-all are meant.
    if (typing && ['z', 'y', 'a'].includes(key.toLowerCase())) return null
    return commands[key.toLowerCase()]?.(shift) ?? null
  }
  if (key === 'Tab')
    return leaves(state, shift) && !typing ? null : { do: 'next', step: shift ? 'left' : 'right' }
  if (key === 'Enter') return { do: 'next', step: shift ? 'up' : 'down' }
  if (key === 'Escape') return typing || state.refused ? { do: 'cancel' } : null
  if (key === 'F2') return 'editCell'
  if (!typing && (key === 'Delete' || key === 'Backspace')) return { do: 'clear' }
  const step = moves[key]
  if (!step || (typing && inText && ['left', 'right', 'home', 'end'].includes(step))) return null
  return { do: 'move', step, extend: shift && !typing }
}
