import { RefreshCw } from 'lucide-react'
import { useT } from './texts.ts'

/** The program was renewed while this tab was open: what stays, and the one thing to do. */
export function Outdated() {
  const t = useT()
  return (
    <div className="kb-notice" role="status">
      <RefreshCw size={16} strokeWidth={1.6} aria-hidden />
      <p>
        <strong>{t('outdatedTitle')}</strong> {t('outdatedHint')}
      </p>
      <button type="button" className="kb-button" onClick={() => location.reload()}>
        {t('reload')}
      </button>
    </div>
  )
}
