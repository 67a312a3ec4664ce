import { ApiProblem } from '../api.ts'
import type { Both } from '../i18n/texts.ts'

/** One line of a sum check that a refusal carries: what was given, what it came to, the difference. */
export interface CheckLine {
  /** `Q1` … `Q4`, then `total`. */
  readonly key: string
  readonly given: string
  readonly sum: string
  readonly difference: string
  readonly ratio: string | null
  readonly ok: boolean
}

const isText = (value: unknown): value is string => typeof value === 'string'

/** The sum checks in a refusal's detail, by name, the total last; empty when it carries none. */
export function checksIn(detail: Record<string, unknown>): CheckLine[] {
  const checks = detail.checks
  if (typeof checks !== 'object' || checks === null) return []
  return Object.entries(checks as Record<string, Record<string, unknown>>)
    .flatMap(([key, one]) =>
      isText(one?.given) && isText(one.sum) && isText(one.difference)
        ? {
            key,
            given: one.given,
            sum: one.sum,
            difference: one.difference,
            ratio: isText(one.ratio) ? one.ratio : null,
            ok: one.ok === true,
          }
        : [],
    )
    .sort((a, b) => Number(a.key === 'total') - Number(b.key === 'total') || a.key.localeCompare(b.key))
}

/** What the faults of a refusal say about one place of the completion (`comment`, `form.FM-18.year`). */
export const faultAt = (error: unknown, path: string): Both | null =>
  error instanceof ApiProblem ? (error.faults.find((fault) => fault.path === path)?.text ?? null) : null

/** What a refused completion asks of the person. */
export type Refused = 'offline' | 'conflict' | 'already-done' | 'gone' | 'mend'
export function refusedAs(error: unknown): Refused {
  if (!(error instanceof ApiProblem)) return 'mend'
  if (error.status === 0) return 'offline'
  if (error.status === 404) return 'gone'
  return error.code === 'conflict' || error.code === 'already-done' ? error.code : 'mend'
}
