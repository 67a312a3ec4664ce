import { Empty } from '../ui/components/Empty.tsx'
import { Go } from '../ui/components/Go.tsx'
import { PageHead } from '../ui/components/PageHead.tsx'
import { useT } from './texts.ts'

export function NotFound() {
  const t = useT()
  return (
    <div className="kb-page">
      <PageHead title={t('notFound')} />
      <Empty title={t('notFound')} hint={t('notFoundHint')} action={<Go href="/inbox">{t('toInbox')}</Go>} />
    </div>
  )
}
