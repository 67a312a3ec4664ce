// Answers that take longer than a request are followed wherever something is asked for.
import './jobs.ts'
import { QueryClient, useQuery } from '@tanstack/react-query'
import { ApiProblem, get, type Query } from './api.ts'

/** One client for the program. A refusal is an answer, so only an unreached server is asked again. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      retry: (times, error) => error instanceof ApiProblem && error.status === 0 && times < 2,
    },
    mutations: { retry: false },
  },
})

/** Reads from the API under its own address; `null` as path waits. */
export function useGet<T>(path: string | null, query?: Query, more: { staleTime?: number } = {}) {
  return useQuery<T, ApiProblem>({
    queryKey: ['get', path, query ?? {}],
    queryFn: ({ signal }) => get<T>(path as string, query, signal),
    enabled: path !== null,
    ...more,
  })
}

/** Everything read under a path is read again, e.g. `/records/account`. */
export const again = (path: string): Promise<void> =>
  queryClient.invalidateQueries({
    predicate: ({ queryKey }) => typeof queryKey[1] === 'string' && queryKey[1].startsWith(path),
  })
