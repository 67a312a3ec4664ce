import { describe, expect, it } from 'vitest'
import { ApiProblem } from '../../../../ui/api.ts'
import type { Cells, PlanGrid } from '../../wire.ts'
import { valueAt } from './state.ts'
import { GridStore } from './store.ts'

const text = { zh: '', en: '' }
const conflict = () => new ApiProblem(412, { code: 'conflict', text })

/** A sheet as the API keeps it: revisions, whole saves, and a second person who writes in between. */
class Kept {
  rev = 1
  refuse: ApiProblem | null = null
  values: Record<string, Record<string, string>> = { a: { Q1: '1', Q2: '2' }, b: { Q1: '3', Q2: '4' } }
  saves: Cells[] = []
  told = 0

  read = async (): Promise<PlanGrid> => ({
    planId: 1,
    sheetId: 2,
    kind: 'draft',
    tree: 'account',
    title: text,
    giver: null,
    taker: null,
    columns: [1, 2].map((quarter) => ({ id: `Q${quarter}`, label: text, quarter })),
    rows: Object.entries(this.values).map(([key, values]) => ({
      key,
      label: text,
      group: null,
      values: { ...values },
      orders: {},
      lastYear: {},
      editable: true,
    })),
    check: null,
    range: { min: '1', max: '1.05' },
    attempts: 0,
    handUp: { allowed: false, why: text },
    lastYearNote: text,
    regions: 'booked',
    rev: this.rev,
    may: { edit: true, why: text },
  })
  write = async (cells: Cells): Promise<PlanGrid> => {
    if (this.refuse) throw this.refuse
    if (cells.rev !== this.rev) throw conflict()
    this.saves.push(cells)
    this.put(cells.cells.map((cell) => [cell.row, cell.column, cell.amount ?? '0']))
    return this.read()
  }
  saved = () => {
    this.told += 1
  }
  put(cells: readonly (readonly [string, string, string])[]): void {
    this.rev += 1
    for (const [row, column, value] of cells) this.values[row] = { ...this.values[row], [column]: value }
  }
}

const open = async () => {
  const kept = new Kept()
  return { kept, store: new GridStore(await kept.read(), kept, { pause: 100_000 }) }
}
const type = (store: GridStore, row: number, column: number, value: string) => {
  store.act({ do: 'go', spot: { row, column } })
  store.act({ do: 'type', text: value })
}

describe('saving a sheet', () => {
  it('sends each changed cell once, with what was being typed', async () => {
    const { kept, store } = await open()
    type(store, 0, 0, '10')
    store.act({ do: 'next', step: 'down' })
    type(store, 0, 0, '11')
    store.act({ do: 'next', step: 'down' })
    type(store, 1, 1, '12')
    expect(await store.save()).toBe(true)
    expect(kept.saves.map((save) => save.cells)).toEqual([
      [
        { row: 'a', column: 'Q1', amount: '11' },
        { row: 'b', column: 'Q2', amount: '12' },
      ],
    ])
    expect([store.dirty(), kept.told, store.snapshot().grid.rev]).toEqual([false, 1, 2])
  })
  it('does not save while an entry is no number', async () => {
    const { kept, store } = await open()
    type(store, 0, 0, '约 10')
    expect(await store.save()).toBe(false)
    expect([kept.saves.length, store.snapshot().state.refused?.text]).toEqual([0, '约 10'])
  })
  it('writes what was typed during a save in the next one', async () => {
    const { kept, store } = await open()
    type(store, 0, 0, '10')
    const first = store.save()
    store.act({ do: 'put', entries: [{ row: 'b', column: 'Q1', value: '20' }] })
    expect(await first).toBe(true)
    expect(kept.values).toEqual({ a: { Q1: '10', Q2: '2' }, b: { Q1: '20', Q2: '4' } })
  })
  it('keeps everything here when the save is refused, and writes it later', async () => {
    const { kept, store } = await open()
    kept.refuse = new ApiProblem(0, { code: 'offline', text })
    type(store, 0, 0, '10')
    expect(await store.save()).toBe(false)
    expect([store.snapshot().problem, store.dirty()]).toEqual([kept.refuse, true])
    kept.refuse = null
    expect(await store.save()).toBe(true)
    expect([kept.values.a?.Q1, store.snapshot().problem]).toEqual(['10', null])
  })
})

describe('two people on one sheet', () => {
  it('takes over other cells of the other person and says how many', async () => {
    const { kept, store } = await open()
    type(store, 0, 0, '10')
    kept.put([['b', 'Q2', '40']])
    expect(await store.save()).toBe(true)
    expect(kept.values).toEqual({ a: { Q1: '10', Q2: '2' }, b: { Q1: '3', Q2: '40' } })
    expect([store.snapshot().merged, valueAt(store.snapshot().state, 'b', 'Q2')]).toEqual([1, '40'])
  })
  it('asks about a cell both changed and writes nothing until it is settled', async () => {
    const { kept, store } = await open()
    type(store, 0, 0, '10')
    kept.put([['a', 'Q1', '99']])
    expect(await store.save()).toBe(false)
    expect(store.snapshot().clashes).toEqual([
      { row: 'a', column: 'Q1', layer: 'amount', theirs: '99', mine: '10' },
    ])
    expect([await store.save(), kept.values.a?.Q1]).toEqual([false, '99'])
    expect(await store.settle('mine')).toBe(true)
    expect(kept.values.a?.Q1).toBe('10')
  })
  it('takes theirs and still writes the rest of mine', async () => {
    const { kept, store } = await open()
    type(store, 0, 0, '10')
    store.act({ do: 'put', entries: [{ row: 'b', column: 'Q1', value: '30' }] })
    type(store, 0, 0, '10')
    kept.put([['a', 'Q1', '99']])
    expect(await store.save()).toBe(false)
    expect(await store.settle('theirs')).toBe(true)
    expect(kept.values).toEqual({ a: { Q1: '99', Q2: '2' }, b: { Q1: '30', Q2: '4' } })
    expect(valueAt(store.snapshot().state, 'a', 'Q1')).toBe('99')
  })
  it('takes a newer reading over only while nothing waits here', async () => {
    const { kept, store } = await open()
    kept.put([['a', 'Q1', '99']])
    type(store, 1, 0, '5')
    store.refresh(await kept.read())
    expect(valueAt(store.snapshot().state, 'a', 'Q1')).toBe('1')
    await store.discard()
    expect([valueAt(store.snapshot().state, 'a', 'Q1'), store.dirty()]).toEqual(['99', false])
  })
})
