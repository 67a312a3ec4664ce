import { moneyExact } from '../format/money.ts'
import { useFormat } from '../format/useFormat.ts'

/** An amount (exact decimal text) with its unit; the exact value on hover. */
export function Money({ value, places }: { value: string | null | undefined; places?: number }) {
  const { lang, money } = useFormat()
  if (value === null || value === undefined || value === '') return <span className="kb-3">—</span>
  return (
    <span className="kb-num" title={moneyExact(value, lang)}>
      {money(value, places)}
    </span>
  )
}
