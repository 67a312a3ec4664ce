import Big from 'big.js'

/** Last year above, target below, on one zero base. */
export function Bars({
  last,
  now,
  most,
  width = 108,
}: {
  last: string
  now: string
  most: string
  width?: number
}) {
  const part = (value: string) =>
    new Big(most).lte(0) ? 0 : Math.max(0, Math.min(width, new Big(value).div(most).times(width).toNumber()))
  return (
    <svg width={width} height={18} className="kp-bars" aria-hidden>
      <rect x={0} y={2} width={part(last)} height={6} rx={1.5} className="kp-bar-last" />
      <rect x={0} y={10} width={part(now)} height={6} rx={1.5} className="kp-bar-now" />
    </svg>
  )
}

/** Where a sum lies against what was given: the allowed band shaded, a tick at the sum; 90 % to 115 % is drawn. */
export function Band({
  ratio,
  min,
  max,
  ok,
}: {
  ratio: string | null
  min: string
  max: string
  ok: boolean
}) {
  // Narrow, so that sums of eight figures stand beside it.
  const width = 48
  const at = (value: string | number) =>
    Math.max(1, Math.min(width - 1, ((Number(value) - 0.9) / 0.25) * width))
  return (
    <svg width={width} height={14} className="kp-band" aria-hidden>
      <line x1={0} x2={width} y1={7} y2={7} className="kp-band-line" />
      <rect x={at(min)} y={3} width={at(max) - at(min)} height={8} rx={2} className="kp-band-range" />
      {ratio === null ? null : (
        <rect
          x={at(ratio) - 1.5}
          y={0}
          width={3}
          height={14}
          rx={1}
          className={ok ? 'kp-band-ok' : 'kp-band-out'}
        />
      )}
    </svg>
  )
}
