import { useQueries } from '@tanstack/react-query'
import type { Form } from '../../handbook/model.ts'
import { type ApiProblem, get } from '../api.ts'

interface Answer {
  readonly form: Form
}

/** Forms by their codes as the edition of the work lays them out; each is read once, since an edition never changes. */
export function useForms(editionId: number, ids: readonly string[]): readonly Form[] {
  return useQueries({
    queries: ids.map((id) => {
      const path = `/handbook/editions/${editionId}/forms/${id}`
      return {
        queryKey: ['get', path, {}],
        queryFn: ({ signal }: { signal: AbortSignal }) => get<Answer>(path, undefined, signal),
        staleTime: Number.POSITIVE_INFINITY,
      }
    }),
    combine: formsOf,
  })
}

// One function, so that equal answers give the very same list.
const formsOf = (
  answers: readonly { data?: Answer | undefined; error: ApiProblem | Error | null }[],
): Form[] => answers.flatMap((answer) => (answer.data ? [answer.data.form] : []))
