import { TriangleAlert } from 'lucide-react'
import { type ReactNode, useEffect } from 'react'
import { ApiProblem } from '../api.ts'
import { useText } from '../i18n/texts.ts'
import { Empty } from './Empty.tsx'
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
  useEffect(() => {
    // What the program itself threw means nothing to who reads the page; it stands where it can be looked up.
    if (error && !(error instanceof ApiProblem)) console.error(error)
  }, [error])
  if (!error) return null
  const problem = error instanceof ApiProblem ? error : null
  if (problem && onAgain && (problem.status === 403 || problem.status === 404))
    return <NoRight why={problem.status === 403 ? text(problem.text) : null}>{children}</NoRight>
  if (problem?.code === 'outdated')
    return (
      <Empty
        title={text(problem.text)}
        action={
          <button type="button" className="kb-button" onClick={() => location.reload()}>
            {t('reload')}
          </button>
        }
      />
    )
  if (problem?.status === 0 && onAgain)
    return (
      <Empty
        title={t('awayTitle')}
        hint={t('awayPage')}
        action={
          <button type="button" className="kb-button" onClick={onAgain}>
            {t('again')}
          </button>
        }
      />
    )
  return (
    <div className="kb-error" role="alert">
      <p>
        <TriangleAlert size={16} strokeWidth={1.6} aria-hidden />
        <strong>{problem ? text(problem.text) : t('defect')}</strong>
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
