import type { ReactNode } from 'react'
import { Chip } from '../components/Chip.tsx'
import { ErrorBox } from '../components/ErrorBox.tsx'
import { NoRight } from '../components/NoRight.tsx'
import { Waiting } from '../components/Waiting.tsx'
import { useText } from '../i18n/texts.ts'
import { useMeta } from '../session.ts'
import { FiguresHead } from './FiguresHead.tsx'

/** A page of figures for whoever may read the sales that they add up; everybody else is told why it is not his. */
export function WithSales({ current, children }: { current: 'cockpit' | 'bases'; children: ReactNode }) {
  const text = useText()
  const meta = useMeta()
  const sales = meta.data?.kinds.find((kind) => kind.id === 'order')
  const read = sales?.may.read
  if (meta.data && (!read || read.allowed)) return <>{children}</>
  return (
    <div className="kb-page">
      <FiguresHead current={current} />
      {meta.error ? (
        <div className="kb-pad">
          <ErrorBox error={meta.error} onAgain={() => void meta.refetch()} />
        </div>
      ) : read ? (
        <NoRight why={text(read.why)}>
          <Chip clause={sales.clause} />
        </NoRight>
      ) : (
        <Waiting />
      )}
    </div>
  )
}
