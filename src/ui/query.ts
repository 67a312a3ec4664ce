// Answers that take longer than a request are followed wherever something is asked for.
import './jobs.ts'
import { keepPreviousData, QueryClient, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { ApiProblem, get, type Query } from './api.ts'
import { onReturn } from './connection.ts'

/** One client for the program. A refusal is an answer, so only an unreached server is asked again. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // Whether the server is there is found out by asking it: what the browser believes of the network would make a page wait for ever.
      networkMode: 'always',
      retry: (times, error) => error instanceof ApiProblem && error.status === 0 && times < 2,
    },
    mutations: { retry: false, networkMode: 'always' },
  },
})
// What could not be read is read when the server is there again.
onReturn(
  () =>
    void queryClient.refetchQueries({
      predicate: ({ state }) => state.error instanceof ApiProblem && state.error.status === 0,
    }),
)

/** A query as the address tells it, so that the same question asked with `1` and with `'1'` is asked once. */
const told = (query: Query = {}): Record<string, string> =>
  Object.fromEntries(
    Object.entries(query).flatMap(([name, value]) =>
      value === undefined || value === null || value === '' ? [] : [[name, String(value)]],
    ),
  )

/** Reads from the API under its own address; `null` as path waits. `keep`: the answer before stays until the next one is there. */
export function useGet<T>(
  path: string | null,
  query?: Query,
  { keep = false, ...more }: { staleTime?: number; keep?: boolean } = {},
) {
  return useQuery<T, ApiProblem>({
    queryKey: ['get', path, told(query)],
    queryFn: ({ signal }) => get<T>(path as string, query, signal),
    enabled: path !== null,
    ...(keep ? { placeholderData: keepPreviousData } : {}),
    ...more,
  })
}

/** Everything read under a path is read again, e.g. `/records/account`. */
export const again = (path: string): Promise<void> =>
  queryClient.invalidateQueries({
    predicate: ({ queryKey }) => typeof queryKey[1] === 'string' && queryKey[1].startsWith(path),
  })

/** A value as it stood when it had not changed for `ms`: what is typed is asked for when the hand rests. */
export function useLate<T>(value: T, ms: number): T {
  const [late, setLate] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setLate(value), ms)
    return () => clearTimeout(timer)
  }, [value, ms])
  return late
}
