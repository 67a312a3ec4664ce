import type { Edition, HandbookFunction } from '../../handbook/model.ts'
import { useGet } from '../query.ts'

/** The handbook in force as the browser gets it; read once, since it changes only when an edition is published. */
export function useEdition(): Omit<Edition, 'files'> | undefined {
  const content = useGet<{ edition: Omit<Edition, 'files'> }>(
    '/handbook/editions/effective/content',
    undefined,
    { staleTime: 600_000 },
  )
  return content.data?.edition
}

/** The functions of the matrix by which a post works in a workflow: the department's own where there are any, else all. */
export function functionsOf(
  edition: Pick<Edition, 'functions'> | undefined,
  workflow: string,
  post: string,
): HandbookFunction[] {
  const all = edition?.functions.filter((one) => one.workflows.includes(workflow) && post in one.cells) ?? []
  const core = all.filter((one) => one.dutyClass === 'core')
  return core.length > 0 ? core : all
}
