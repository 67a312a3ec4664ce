import type { ImportRun } from '../../kernel/exchange/wire.ts'
import { plain } from '../format/money.ts'
import { useText } from '../i18n/texts.ts'
import { useT } from './texts.ts'

type Count = NonNullable<ImportRun['trial']>['counts'][number]

/** New, changed and same in all, and faulty rows when there are any. */
export function Totals({ counts, faulty }: { counts: readonly Count[]; faulty?: number }) {
  const t = useT()
  const sum = (part: 'fresh' | 'changed' | 'same') => counts.reduce((all, one) => all + one[part], 0)
  return (
    <dl className="kb-import-totals">
      {(['fresh', 'changed', 'same'] as const).map((part) => (
        <div key={part}>
          <dt>{t(part)}</dt>
          <dd className={`kb-num${part === 'same' ? ' kb-2' : ''}`}>{plain(sum(part))}</dd>
        </div>
      ))}
      {faulty === undefined ? null : (
        <div className={faulty > 0 ? 'kb-late' : ''}>
          <dt>{t('bad')}</dt>
          <dd className="kb-num">{plain(faulty)}</dd>
        </div>
      )}
    </dl>
  )
}

/** The same numbers by kind of record. */
export function ByKind({ counts }: { counts: readonly Count[] }) {
  const t = useT()
  const text = useText()
  return (
    <table className="kb-import-table" aria-label={t('byKind')}>
      <thead>
        <tr>
          <th scope="col">{t('kind')}</th>
          <th scope="col" className="kb-right">
            {t('fresh')}
          </th>
          <th scope="col" className="kb-right">
            {t('changed')}
          </th>
          <th scope="col" className="kb-right">
            {t('same')}
          </th>
        </tr>
      </thead>
      <tbody>
        {counts.map((one) => (
          <tr key={one.id}>
            <td>{text(one.label)}</td>
            <td className="kb-right kb-num">{plain(one.fresh)}</td>
            <td className="kb-right kb-num">{plain(one.changed)}</td>
            <td className="kb-right kb-num">{plain(one.same)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
