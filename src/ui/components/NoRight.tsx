import { Lock, SearchX } from 'lucide-react'
import type { ReactNode } from 'react'
import { Go } from './Go.tsx'
import { useT } from './texts.ts'

/** A page that is not this person's, with the reason, or that is not there; always with a way on. */
export function NoRight({ why, children }: { why: string | null; children?: ReactNode }) {
  const t = useT()
  const Icon = why === null ? SearchX : Lock
  return (
    <div className="kb-empty" role="alert">
      <p className="kb-row">
        <Icon size={16} strokeWidth={1.6} aria-hidden />
        <strong>{t(why === null ? 'notThere' : 'noRight')}</strong>
      </p>
      <p className="kb-2">{why ?? t('notThereHint')}</p>
      <div className="kb-row" style={{ gap: 16 }}>
        {children}
        <Go href="/inbox">{t('toInbox')}</Go>
      </div>
    </div>
  )
}
