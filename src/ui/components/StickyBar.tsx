import type { ReactNode } from 'react'

/** The bar that stays at the foot of a page: actions left, what follows right; within thumb's reach on a phone. */
export const StickyBar = ({ children, aside }: { children: ReactNode; aside?: ReactNode }) => (
  <div className="kb-sticky">
    <div className="kb-row">{children}</div>
    {aside ? <div className="kb-2">{aside}</div> : null}
  </div>
)
