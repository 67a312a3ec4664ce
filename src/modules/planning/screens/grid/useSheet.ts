import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { get, put } from '../../../../ui/api.ts'
import { queryClient } from '../../../../ui/query.ts'
import { useLang } from '../../../../ui/theme/display.ts'
import type { Cells, PlanGrid } from '../../wire.ts'
import { GridStore, type Snapshot } from './store.ts'
import { scaleFor, scalesOf } from './view.ts'

export const sheetPath = (planId: number, sheetId: number): string => `/plans/${planId}/sheets/${sheetId}`

/** Nobody may type: the sheet as it is, every row locked. */
const shut = (grid: PlanGrid): PlanGrid => ({
  ...grid,
  rows: grid.rows.map((row) => ({ ...row, editable: false })),
})

/** Reads again what a saved sheet changes: the plan's totals, the tree, the tasks. */
const readAgain = (planId: number) =>
  queryClient.invalidateQueries({
    predicate: ({ queryKey: [, path] }) =>
      path === '/plans' || path === `/plans/${planId}` || path === `/plans/${planId}/sheets`,
  })

/** The store of one open sheet and its snapshot. What is unsaved is written when the sheet is put away. */
export function useSheet(
  grid: PlanGrid,
  options: { editable: boolean; onSaved?: () => void },
): { store: GridStore; shot: Snapshot } {
  const lang = useLang()
  const told = useRef(options.onSaved)
  told.current = options.onSaved
  const { planId, sheetId } = grid
  const path = sheetPath(planId, sheetId)
  const { editable } = options
  const [store] = useState(() => {
    const seen = editable ? (one: PlanGrid) => one : shut
    return new GridStore(
      seen(grid),
      {
        read: async () => seen(await get<PlanGrid>(path)),
        write: (cells: Cells) => put<PlanGrid>(path, cells),
        saved: (written) => {
          queryClient.setQueryData(['get', path, {}], written)
          void readAgain(planId)
          told.current?.()
        },
      },
      { scale: scaleFor(grid, lang) },
    )
  })
  // A unit belongs to its language: what is typed under 万元 must never be taken for thousands.
  useEffect(() => {
    const { scale } = store.snapshot().state
    const own = scalesOf(lang)[scale === 0 ? 0 : 1]?.scale ?? 0
    if (scale !== own) store.act({ do: 'show', scale: own })
  }, [store, lang])
  useEffect(() => store.refresh(editable ? grid : shut(grid)), [store, grid, editable])
  useEffect(() => {
    const online = () => {
      if (store.dirty()) void store.save()
    }
    window.addEventListener('online', online)
    return () => {
      window.removeEventListener('online', online)
      void store.save()
    }
  }, [store])
  return { store, shot: useSyncExternalStore(store.subscribe, store.snapshot) }
}
