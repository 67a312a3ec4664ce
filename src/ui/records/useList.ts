import { useInfiniteQuery } from '@tanstack/react-query'
import { useLocation } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { KindMeta, RecordItem, RecordList } from '../../kernel/records/wire.ts'
import { type ApiProblem, get } from '../api.ts'
import { useGo } from '../components/Go.tsx'
import { useGet } from '../query.ts'
import { apiQuery, type ListState, readState, writeState } from './listState.ts'

/** The state in the address bar and how to change it. */
export function useListState(): [ListState, (change: Partial<ListState>, replace?: boolean) => void] {
  const { pathname, searchStr } = useLocation()
  const go = useGo()
  const state = useMemo(() => readState(searchStr), [searchStr])
  return [state, (change, replace) => go(pathname + writeState({ ...state, ...change }), replace)]
}

/** Pages of rows, and the total and sums of exactly what the filters show. `fixed` filters always hold (a tab of a record). */
export function useRows(kind: KindMeta, state: ListState, fixed: Record<string, string> = {}) {
  const query = { ...apiQuery(state), ...fixed }
  const path = `/records/${kind.id}`
  const pages = useInfiniteQuery<RecordList, ApiProblem>({
    queryKey: ['list', path, query],
    queryFn: ({ pageParam, signal }) =>
      get<RecordList>(
        path,
        { ...query, limit: 100, ...(pageParam ? { cursor: String(pageParam) } : {}) },
        signal,
      ),
    enabled: kind.may.read?.allowed !== false,
    initialPageParam: null as unknown,
    getNextPageParam: (page) => page.next,
    placeholderData: (before) => before,
  })
  const totals = useGet<RecordList>(kind.may.read?.allowed === false ? null : path, {
    ...query,
    limit: 1,
    total: 1,
    sums: 1,
  })
  const items = useMemo<RecordItem[]>(
    () => pages.data?.pages.flatMap((page) => page.items) ?? [],
    [pages.data],
  )
  return {
    pages,
    items,
    total: totals.data?.total,
    sums: totals.data?.sums ?? {},
    none: totals.data?.empty ?? [],
    query,
  }
}
