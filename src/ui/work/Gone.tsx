import { ErrorBox } from '../components/ErrorBox.tsx'
import { PageHead } from '../components/PageHead.tsx'
import { useT } from './texts.ts'

/** A task or case that cannot be shown: the way back, and another try where that may help. `page`: nothing else bears the page's head. */
export function Gone(props: { error: unknown; onAgain: () => void; page?: boolean }) {
  const t = useT()
  const said = (
    <div className="kb-pad">
      <ErrorBox error={props.error} onAgain={props.onAgain} />
    </div>
  )
  if (!props.page) return said
  return (
    <div className="kb-page">
      <PageHead title={t('case')} path={[{ label: t('inbox'), href: '/inbox' }]} />
      {said}
    </div>
  )
}
