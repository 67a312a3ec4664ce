import { useQuery } from '@tanstack/react-query'
import type { Reading } from '../../kernel/exchange/reading.ts'
import type { ImportRow, ImportRun } from '../../kernel/exchange/wire.ts'
import { type ApiProblem, address, api, get, post } from '../api.ts'
import { again, queryClient, useGet } from '../query.ts'

/** A run as the API tells it; while it is being written it is asked for again and again. */
export function useRun(id: string) {
  return useQuery<ImportRun, ApiProblem>({
    queryKey: ['get', `/imports/${id}`, {}],
    queryFn: ({ signal }) => get<ImportRun>(`/imports/${id}`, undefined, signal),
    refetchInterval: ({ state }) => (state.data?.state === 'writing' ? 700 : false),
  })
}

/** Takes over an answer that is a run. */
export function keepRun(run: ImportRun): ImportRun {
  queryClient.setQueryData(['get', `/imports/${run.id}`, {}], run)
  void queryClient.invalidateQueries({ queryKey: ['get', '/imports'], exact: false })
  return run
}

export interface ImporterRow {
  readonly id: string
  readonly label: { zh: string; en: string }
  readonly hint: { zh: string; en: string }
  readonly may: boolean
  readonly why: { zh: string; en: string } | null
}

export const useImporters = (enabled = true) =>
  useGet<{ items: ImporterRow[] }>(enabled ? '/importers' : null, undefined, { staleTime: 60_000 })
export const useRuns = () => useGet<{ items: ImportRow[] }>('/imports')

/** Sends a file; the answer is the run that was opened for it. */
export async function upload(importer: string, file: File): Promise<ImportRun> {
  const run = await api<ImportRun>('POST', '/imports', { query: { importer, name: file.name }, body: file })
  return keepRun(run)
}

/** Reads the file of a run anew, as chosen; its columns may be others then. */
export const readAnew = async (run: ImportRun, reading: Reading) =>
  keepRun(await post<ImportRun>(`/imports/${run.id}/reading`, { rev: run.rev, reading }))

export const tryRun = async (
  run: ImportRun,
  mapping: ImportRun['mapping'],
  choices: ImportRun['choices'],
) => {
  const tried = keepRun(await post<ImportRun>(`/imports/${run.id}/trial`, { rev: run.rev, mapping, choices }))
  await again(`/imports/${run.id}/`)
  return tried
}

export const writeRun = async (run: ImportRun, owners: Record<string, number>, leaveOutFaulty: boolean) =>
  keepRun(await post<ImportRun>(`/imports/${run.id}/write`, { rev: run.rev, leaveOutFaulty, owners }))

export const cancelRun = async (run: ImportRun) => keepRun(await post<ImportRun>(`/imports/${run.id}/cancel`))

/** Address of the sheet of faulty rows. */
export const faultsSheet = (run: ImportRun): string => address(`/imports/${run.id}/faults.xlsx`)
