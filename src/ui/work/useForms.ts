import { useQueries } from '@tanstack/react-query'
import type { Form } from '../../handbook/model.ts'
import { type ApiProblem, get } from '../api.ts'

interface Answer {
  readonly form: Form
}

/** Forms of the handbook in force by their codes; each is read once, since it changes only when an edition is published. */
export function useForms(ids: readonly string[]): readonly Form[] {
  return useQueries({
    queries: ids.map((id) => {
      const path = `/handbook/editions/effective/forms/${id}`
      return {
        queryKey: ['get', path, {}],
        queryFn: ({ signal }: { signal: AbortSignal }) => get<Answer>(path, undefined, signal),
        staleTime: 600_000,
      }
    }),
    combine: formsOf,
  })
}

// One function, so that equal answers give the very same list.
const formsOf = (
  answers: readonly { data?: Answer | undefined; error: ApiProblem | Error | null }[],
): Form[] => answers.flatMap((answer) => (answer.data ? [answer.data.form] : []))
