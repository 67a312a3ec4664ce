import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useLocation } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { Task } from '../../kernel/workflow/wire.ts'
import { type ApiProblem, get } from '../api.ts'
import { dayOf } from '../format/dates.ts'
import { queryClient } from '../query.ts'
import { grouped, type InboxState, readInbox } from './inboxState.ts'
import { useApprovals } from './useApprovals.ts'

interface Page {
  readonly items: readonly Task[]
  readonly next: string | null
  readonly counts: Readonly<Record<string, number>>
}

const todoKey = ['todo', '/tasks']

/** Number of tasks and approvals that wait for this person. In the inbox its list tells the tasks; elsewhere they are asked for by themselves. */
export function useTodoCount(): number {
  const { pathname } = useLocation()
  const { yours } = useApprovals()
  const count = useQuery<number, ApiProblem>({
    queryKey: todoKey,
    queryFn: async ({ signal }) =>
      (await get<Page>('/tasks', { box: 'todo', limit: 1 }, signal)).counts.todo ?? 0,
    staleTime: 30_000,
    enabled: !/^\/inbox(\/|$)/.test(pathname),
  })
  return (count.data ?? 0) + yours
}

/** The inbox as its address asks for it: state, tasks read so far, and their groups. */
export function useInbox() {
  const { searchStr } = useLocation()
  const state: InboxState = useMemo(() => readInbox(searchStr), [searchStr])
  const pages = useInfiniteQuery<Page, ApiProblem>({
    queryKey: ['list', '/tasks', state.box, state.q],
    queryFn: async ({ pageParam, signal }) => {
      const ask = { box: state.box, q: state.q, limit: 100, cursor: pageParam as string }
      const page = await get<Page>('/tasks', ask, signal)
      queryClient.setQueryData(todoKey, page.counts.todo)
      return page
    },
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
    refetchInterval: 60_000,
  })
  const tasks = useMemo(() => pages.data?.pages.flatMap((page) => page.items) ?? [], [pages.data])
  const groups = useMemo(() => grouped(tasks, state, dayOf), [tasks, state])
  const approvals = useApprovals()
  const read = pages.data?.pages[0]?.counts
  const counts: Page['counts'] = read ? { ...read, todo: (read.todo ?? 0) + approvals.yours } : {}
  return { approvals, state, pages, tasks, groups, counts }
}
