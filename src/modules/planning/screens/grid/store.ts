import type { LastChange } from '../../../../kernel/records/wire.ts'
import { ApiProblem } from '../../../../ui/api.ts'
import type { Cells, PlanGrid } from '../../wire.ts'
import { sheetOf } from './rows.ts'
import { type Action, act, cellsToSave, type GridState, type Layer, startOf, valueAt } from './state.ts'

/** A cell that two people changed: what stood, what the other wrote, what stands here. */
export interface Clash {
  readonly row: string
  readonly column: string
  readonly layer: Layer
  readonly theirs: string
  readonly mine: string
}

export interface Snapshot {
  readonly grid: PlanGrid
  readonly state: GridState
  readonly saving: boolean
  /** When the last save was written, in milliseconds of this device's clock. */
  readonly savedAt: number | null
  readonly problem: unknown
  readonly clashes: readonly Clash[]
  /** Who wrote the sheet since it was read here, and when. */
  readonly changed: LastChange
  /** Cells that another person changed and that were taken over at the last save. */
  readonly merged: number
}

export interface Transport {
  readonly read: () => Promise<PlanGrid>
  readonly write: (cells: Cells) => Promise<PlanGrid>
  /** Told after every written save. */
  readonly saved: (grid: PlanGrid) => void
}

const nobody: LastChange = { who: null, at: null }
/** Whom a refused save names. */
const changeIn = (problem: unknown): LastChange =>
  problem instanceof ApiProblem ? { ...nobody, ...(problem.detail as Partial<LastChange>) } : nobody

const key = (row: string, column: string, layer: Layer) => `${row}\n${column}\n${layer}`

/** Cells changed here and, since then, by somebody else to another value. */
export function clashesOf(state: GridState, before: PlanGrid, now: PlanGrid): Clash[] {
  const [old, fresh] = [sheetOf(before).values, sheetOf(now).values]
  const seen = new Set<string>()
  return state.unsaved.flatMap(({ row, column, layer }) => {
    if (seen.has(key(row, column, layer))) return []
    seen.add(key(row, column, layer))
    const theirs = fresh[layer][row]?.[column] ?? '0'
    const mine = valueAt(state, row, column, layer)
    return theirs === (old[layer][row]?.[column] ?? '0') || theirs === mine
      ? []
      : [{ row, column, layer, theirs, mine }]
  })
}

/** How many cells differ between two readings of a sheet. */
export function changedCells(before: PlanGrid, now: PlanGrid): number {
  const [old, fresh] = [sheetOf(before).values, sheetOf(now).values]
  let count = 0
  for (const layer of ['amount', 'orders'] as const)
    for (const [row, cells] of Object.entries(fresh[layer]))
      for (const [column, value] of Object.entries(cells))
        if (value !== (old[layer][row]?.[column] ?? '0')) count += 1
  return count
}

/** One open sheet: what the person did, and what of it is written. Saves follow one another; a refusal stops them and is told. */
export class GridStore {
  private now: Snapshot
  private readonly listeners = new Set<() => void>()
  private timer: ReturnType<typeof setTimeout> | undefined
  private running: Promise<boolean> | null = null
  private readonly wire: Transport
  private readonly pause: number

  constructor(grid: PlanGrid, wire: Transport, options: { scale?: number; pause?: number } = {}) {
    this.wire = wire
    this.pause = options.pause ?? 1200
    this.now = {
      grid,
      state: startOf(sheetOf(grid), options.scale ?? 0),
      saving: false,
      savedAt: null,
      problem: null,
      clashes: [],
      changed: nobody,
      merged: 0,
    }
  }

  readonly snapshot = (): Snapshot => this.now
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }
  private set(change: Partial<Snapshot>): void {
    this.now = { ...this.now, ...change }
    for (const listener of this.listeners) listener()
  }

  /** Something typed or changed is not written yet. */
  readonly dirty = (): boolean => this.now.state.unsaved.length > 0 || this.now.state.typing !== null

  readonly act = (action: Action): void => {
    const state = act(this.now.state, action)
    if (state === this.now.state) return
    this.set({ state })
    if (state.unsaved.length > 0 && this.now.clashes.length === 0) this.soon()
  }

  private soon(): void {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => void this.save(), this.pause)
  }

  /** A newer reading of the sheet is taken over when nothing here waits to be written. */
  readonly refresh = (grid: PlanGrid): void => {
    if (grid === this.now.grid || this.dirty() || this.running || grid.rev < this.now.grid.rev) return
    this.set({ grid, state: act(this.now.state, { do: 'load', sheet: sheetOf(grid) }) })
  }

  /** Writes everything that is not written. False when it was refused; the reason is in the snapshot. */
  readonly save = (): Promise<boolean> => {
    clearTimeout(this.timer)
    this.running ??= this.writeAll().finally(() => {
      this.running = null
      this.set({ saving: false })
    })
    return this.running
  }

  private async writeAll(): Promise<boolean> {
    if (this.now.clashes.length > 0) return false
    // What is being typed counts as written down once one saves.
    if (this.now.state.typing !== null) this.act({ do: 'go', spot: this.now.state.cursor, extend: true })
    if (this.now.state.typing !== null) return false
    let retried = false
    while (this.now.state.unsaved.length > 0) {
      const { state, grid } = this.now
      this.set({ saving: true, problem: null })
      try {
        const written = await this.wire.write({ rev: grid.rev, cells: cellsToSave(state) })
        const taken = act(this.now.state, { do: 'taken', count: state.unsaved.length })
        this.set({
          grid: written,
          state: act(taken, { do: 'load', sheet: sheetOf(written) }),
          savedAt: Date.now(),
        })
        this.wire.saved(written)
      } catch (problem) {
        const stale = problem instanceof ApiProblem && problem.code === 'conflict'
        if (!stale || retried || !(await this.catchUp(problem))) {
          if (!stale || retried) this.set({ problem })
          return false
        }
        retried = true
      }
    }
    clearTimeout(this.timer)
    return true
  }

  /** After a conflict: reads the sheet again and goes on, unless the same cells were changed on both sides. */
  private async catchUp(problem: unknown): Promise<boolean> {
    const before = this.now.grid
    const fresh = await this.wire.read().catch((error: unknown) => {
      this.set({ problem: error })
      return null
    })
    if (!fresh) return false
    const clashes = clashesOf(this.now.state, before, fresh)
    const sheet = sheetOf(fresh)
    const kept = this.now.state.unsaved.filter((change) => !sheet.locked.has(change.row))
    if (kept.length < this.now.state.unsaved.length) {
      this.set({ problem })
      return false
    }
    this.set({
      grid: fresh,
      state: act(this.now.state, { do: 'load', sheet }),
      clashes,
      changed: changeIn(problem),
      merged: changedCells(before, fresh) - clashes.length,
    })
    return clashes.length === 0
  }

  /** Ends a conflict: what stands here is written over theirs, or theirs is taken and the rest of mine written. */
  readonly settle = (side: 'mine' | 'theirs'): Promise<boolean> => {
    const { clashes, grid, state } = this.now
    const gone = new Set(clashes.map((clash) => key(clash.row, clash.column, clash.layer)))
    this.set({ clashes: [], problem: null })
    if (side === 'theirs') {
      const unsaved = state.unsaved.filter((one) => !gone.has(key(one.row, one.column, one.layer)))
      this.set({ state: act({ ...state, unsaved }, { do: 'load', sheet: sheetOf(grid) }) })
    }
    return this.save()
  }

  /** Drops what is not written and shows the sheet as it is kept. */
  readonly discard = async (): Promise<void> => {
    clearTimeout(this.timer)
    const state = act(this.now.state, { do: 'reset', sheet: sheetOf(this.now.grid) })
    this.set({ state, clashes: [], problem: null })
    this.refresh(await this.wire.read())
  }
}
