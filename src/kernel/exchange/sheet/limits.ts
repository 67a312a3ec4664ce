/** Bounds of a file; beyond them the person is told to split it. */
export const limits = { bytes: 60_000_000, rows: 300_000, columns: 200 }

export type ReadFault = 'unreadable' | 'encrypted' | 'too-many-rows' | 'empty'
