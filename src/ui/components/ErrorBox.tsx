import { TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { ApiProblem } from '../api.ts'
import { useText } from '../i18n/texts.ts'
import { NoRight } from './NoRight.tsx'
import { useT } from './texts.ts'

/**
 * What went wrong, what is lost, what to do: the API's own words with each fault's place. A page that is not there or not this
 * person's is no fault of the program: it is said calmly, with a way on instead of another try.
 */
export function ErrorBox({
  error,
  onAgain,
  children,
}: {
  error: unknown
  onAgain?: () => void
  children?: ReactNode
}) {
  const t = useT()
  const text = useText()
  if (!error) return null
  const problem = error instanceof ApiProblem ? error : null
  if (problem && onAgain && (problem.status === 403 || problem.status === 404))
    return <NoRight why={problem.status === 403 ? text(problem.text) : null}>{children}</NoRight>
  return (
    <div className="kb-error" role="alert">
      <p>
        <TriangleAlert size={16} strokeWidth={1.6} aria-hidden />
        <strong>{problem ? text(problem.text) : String((error as Error).message ?? error)}</strong>
      </p>
      {problem && problem.faults.length > 0 ? (
        <ul aria-label={t('faults')}>
          {problem.faults.map((fault) => (
            <li key={fault.path + fault.text.zh}>{text(fault.text)}</li>
          ))}
        </ul>
      ) : null}
      {children ??
        (onAgain ? (
          <button type="button" className="kb-button" onClick={onAgain}>
            {t('again')}
          </button>
        ) : null)}
    </div>
  )
}
