import { ApiProblem } from '../api.ts'
import { ErrorBox } from '../components/ErrorBox.tsx'
import { Go } from '../components/Go.tsx'
import { useT } from './texts.ts'

/** A task or case that cannot be shown: the way back, and another try where that may help. */
export function Gone(props: { error: unknown; href: string; onAgain: () => void }) {
  const t = useT()
  const gone = props.error instanceof ApiProblem && props.error.status === 404
  return (
    <div className="kb-pad">
      {gone ? (
        <ErrorBox error={props.error}>
          <Go href={props.href}>{t('toInbox')}</Go>
        </ErrorBox>
      ) : (
        <ErrorBox error={props.error} onAgain={props.onAgain} />
      )}
    </div>
  )
}
