import { percent } from '../../../ui/format/money.ts'
import { growth } from '../rules.ts'
import { useT } from './texts.ts'

/** Growth in words: a signed percentage, or that there is nothing to compare with. */
export function Growth({ now, before }: { now: string; before: string }) {
  return <Rate of={growth(now, before)} />
}

/** A growth that is a fraction already; `null` is n/a. */
export function Rate({ of }: { of: string | null }) {
  const t = useT()
  return of === null ? <span className="kb-3">{t('nothing')}</span> : percent(of, 1, true)
}
