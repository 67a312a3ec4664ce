import { WifiOff } from 'lucide-react'
import { useState } from 'react'
import { lookForServer } from '../connection.ts'
import { useT } from './texts.ts'

/** The server is away: what still works, another try at once, and that it goes on by itself. */
export function Away() {
  const t = useT()
  const [trying, set] = useState(false)
  return (
    <div className="kb-notice" role="status">
      <WifiOff size={16} strokeWidth={1.6} aria-hidden />
      <p>
        <strong>{t('awayTitle')}</strong> {t('awayHint')}
      </p>
      <button
        type="button"
        className="kb-button"
        disabled={trying}
        onClick={() => {
          set(true)
          void lookForServer().finally(() => set(false))
        }}
      >
        {t('again')}
      </button>
    </div>
  )
}
