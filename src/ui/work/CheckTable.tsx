import { Check, TriangleAlert } from 'lucide-react'
import { amountIn, percent, unitFor } from '../format/money.ts'
import { useFormat } from '../format/useFormat.ts'
import type { CheckLine } from './refused.ts'
import { useT } from './texts.ts'

/** The sum check of a refused completion: given, sum, difference, period by period. */
export function CheckTable({ lines }: { lines: readonly CheckLine[] }) {
  const t = useT()
  const { lang, unit, quarter } = useFormat()
  if (lines.length === 0) return null
  const shown = unitFor(lines.flatMap((line) => [line.given, line.sum]))
  const amount = (value: string) => amountIn(value, shown, lang)
  const period = (key: string): string => {
    const [, kind, n] = /^([QM])(\d+)$/.exec(key) ?? []
    return !n ? t('total') : kind === 'Q' ? quarter(Number(n)) : t('month', { n: Number(n) })
  }
  return (
    <table className="kb-checks">
      <thead>
        <tr>
          <th scope="col">{t('column')}</th>
          <th scope="col">
            {t('given')} ({unit(shown)})
          </th>
          <th scope="col">{t('sum')}</th>
          <th scope="col">{t('difference')}</th>
          <th scope="col">{t('ratio')}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.key} className={line.key === 'total' ? 'kb-checks-total' : ''}>
            <th scope="row">
              {line.ok ? (
                <Check size={14} aria-label={t('enough')} />
              ) : (
                <TriangleAlert size={14} aria-label={t('notEnough')} className="kb-late" />
              )}{' '}
              {period(line.key)}
            </th>
            <td>{amount(line.given)}</td>
            <td>{amount(line.sum)}</td>
            <td className={line.ok ? '' : 'kb-late'}>{amount(line.difference)}</td>
            <td>{line.ratio === null ? t('na') : percent(line.ratio)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
