import { useEffect, useState } from 'react'
import { useConnection } from '../connection.ts'
import { Empty } from './Empty.tsx'
import { useT } from './texts.ts'

/** Nothing for 200 ms, then lines of the shape to come; while the server is away it is said what is waited for. */
export function Waiting({ rows = 6, tall = false }: { rows?: number; tall?: boolean }) {
  const t = useT()
  const { away } = useConnection()
  const [shown, show] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => show(true), 200)
    return () => clearTimeout(timer)
  }, [])
  if (away)
    return (
      <div role="status">
        <Empty title={t('awayTitle')} hint={t('awayPage')} />
      </div>
    )
  if (!shown) return <div hidden data-waiting />
  return (
    <div className="kb-waiting" role="status" aria-label={t('loading')}>
      {Array.from({ length: rows }, (_, row) => row).map((row) => (
        <span key={row} style={{ width: `${40 + ((row * 37) % 50)}%`, height: tall ? 24 : 12 }} />
      ))}
    </div>
  )
}
