/**
 * Bounds of a file; beyond them the person is told to split it. `unpacked` is what an .xlsx holds once unpacked; memory and time are those
 * of the thread that reads it.
 */
export const limits = {
  bytes: 60_000_000,
  rows: 300_000,
  columns: 200,
  sheets: 500,
  unpacked: 300_000_000,
  entries: 2000,
  memoryMb: 1500,
  seconds: 120,
} as const

export type ReadFault =
  | 'unreadable'
  | 'encrypted'
  | 'entities'
  | 'too-many-rows'
  | 'too-large'
  | 'no-table'
  | 'empty'
