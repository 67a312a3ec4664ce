import { percent } from '../../../ui/format/money.ts'
import { useT } from './texts.ts'

/** How much of a target is reached: a bar up to 120 %, an ink tick at the target. */
export function Reached({ reached, width = 132 }: { reached: string | null; width?: number }) {
  const t = useT()
  if (reached === null) return null
  const at = (part: number) => (Math.max(0, Math.min(1.2, part)) / 1.2) * width
  return (
    <span className="kf-reached">
      <svg width={width} height={12} aria-hidden>
        <rect y={4} width={width} height={4} rx={2} className="kf-track" />
        <rect y={4} width={at(Number(reached))} height={4} rx={2} className="kf-fill" />
        <rect x={at(1) - 1} width={2} height={12} className="kf-tick" />
      </svg>
      <small>{t('reached', { percent: percent(reached) })}</small>
    </span>
  )
}
