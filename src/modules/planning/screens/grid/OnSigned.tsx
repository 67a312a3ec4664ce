import Big from 'big.js'
import { Check } from 'lucide-react'
import { percent } from '../../../../ui/format/money.ts'
import { growth } from '../../rules.ts'
import { useT } from '../texts.ts'
import type { Written } from './view.ts'

/** How far a row is from the signed plan; equal is a tick. */
export function OnSigned({ now, signed, written }: { now: string; signed: string; written: Written }) {
  const t = useT()
  const difference = new Big(now).minus(signed)
  if (difference.eq(0)) return <Check size={13} aria-label={t('asSigned')} className="kb-3" />
  const part = growth(now, signed)
  return (
    <span className="kb-near" title={part === null ? undefined : percent(part, 1, true)}>
      {written.signed(difference.toFixed())}
    </span>
  )
}
