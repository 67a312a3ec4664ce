import { useInfiniteQuery } from '@tanstack/react-query'
import { useLocation } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { Task } from '../../kernel/workflow/wire.ts'
import { type ApiProblem, get } from '../api.ts'
import { dayOf } from '../format/dates.ts'
import { grouped, type InboxState, readInbox } from './inboxState.ts'

interface Page {
  readonly items: readonly Task[]
  readonly next: string | null
  readonly counts: Readonly<Record<string, number>>
}

/** The inbox as its address asks for it: state, tasks read so far, and their groups. */
export function useInbox() {
  const { searchStr } = useLocation()
  const state: InboxState = useMemo(() => readInbox(searchStr), [searchStr])
  const pages = useInfiniteQuery<Page, ApiProblem>({
    queryKey: ['list', '/tasks', state.box, state.q],
    queryFn: ({ pageParam, signal }) =>
      get<Page>('/tasks', { box: state.box, q: state.q, limit: 100, cursor: pageParam as string }, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
    refetchInterval: 60_000,
  })
  const tasks = useMemo(() => pages.data?.pages.flatMap((page) => page.items) ?? [], [pages.data])
  const groups = useMemo(() => grouped(tasks, state, dayOf), [tasks, state])
  const counts = pages.data?.pages[0]?.counts ?? {}
  return { state, pages, tasks, groups, counts }
}
