import type { ReactNode } from 'react'

/** An empty place: what will come here, and one act. */
export function Empty({ title, hint, action }: { title: ReactNode; hint?: ReactNode; action?: ReactNode }) {
  return (
    <div className="kb-empty">
      <strong>{title}</strong>
      {hint ? <p className="kb-2">{hint}</p> : null}
      {action}
    </div>
  )
}
