import { Empty } from '../ui/components/Empty.tsx'
import { Go } from '../ui/components/Go.tsx'
import { openPalette, PageHead } from '../ui/components/PageHead.tsx'
import { useT } from './texts.ts'

/** An address that no page has: drawn inside the shell, with the ways on. */
export function NotFound() {
  const t = useT()
  return (
    <div className="kb-page">
      <PageHead title={t('notFound')} />
      <Empty
        title={t('notFoundTitle')}
        hint={t('notFoundHint')}
        action={
          <div className="kb-row">
            <Go href="/inbox">{t('toInbox')}</Go>
            <button type="button" className="kb-link" onClick={openPalette}>
              {t('palette')}
            </button>
          </div>
        }
      />
    </div>
  )
}
