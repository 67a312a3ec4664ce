import type { ReactNode } from 'react'
import { ErrorBox } from './ErrorBox.tsx'
import { PageHead } from './PageHead.tsx'
import { Waiting } from './Waiting.tsx'

/**
 * A page whose contents are not read yet, or could not be: it bears its head all the same, so that one knows where one is. Without a
 * `title` it is not known yet which page it is.
 */
export function PageState({
  title,
  path,
  error,
  onAgain,
  rows = 8,
  children,
}: {
  title?: string
  path?: readonly { label: string; href: string }[]
  error?: unknown
  onAgain?: () => void
  rows?: number
  /** Ways on beside the error's own. */
  children?: ReactNode
}) {
  return (
    <div className="kb-page">
      {title === undefined ? (
        <h1 className="kb-hidden">Kambook</h1>
      ) : (
        <PageHead title={title} {...(path ? { path } : {})} />
      )}
      {error ? (
        <div className="kb-pad">
          <ErrorBox error={error} {...(onAgain ? { onAgain } : {})}>
            {children}
          </ErrorBox>
        </div>
      ) : (
        <Waiting rows={rows} />
      )}
    </div>
  )
}
