import { useEffect, useState } from 'react'
import { useT } from './texts.ts'

/** Nothing for 200 ms, then lines of the shape to come. */
export function Waiting({ rows = 6, tall = false }: { rows?: number; tall?: boolean }) {
  const t = useT()
  const [shown, show] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => show(true), 200)
    return () => clearTimeout(timer)
  }, [])
  if (!shown) return <div hidden data-waiting />
  return (
    <div className="kb-waiting" role="status" aria-label={t('loading')}>
      {Array.from({ length: rows }, (_, row) => row).map((row) => (
        <span key={row} style={{ width: `${40 + ((row * 37) % 50)}%`, height: tall ? 24 : 12 }} />
      ))}
    </div>
  )
}
