import type { TaskDetail } from '../../kernel/workflow/wire.ts'
import { moneyExact, percent, plain } from '../format/money.ts'
import { useFormat } from '../format/useFormat.ts'
import { useText } from '../i18n/texts.ts'
import { useT } from './texts.ts'

type Fact = TaskDetail['facts'][number]

/** The figures a decision rests on, each beside its measure. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  const t = useT()
  const text = useText()
  const { lang, money, date } = useFormat()
  if (facts.length === 0) return null
  const words = (value: string, unit: Fact['unit']): string => {
    if (value === '') return t('na')
    if (unit === 'money') return money(value)
    if (unit === 'percent') return percent(value)
    if (unit === 'number') return plain(value)
    return unit === 'date' ? date(value) : value
  }
  return (
    <dl className="kb-task-facts" aria-label={t('figures')}>
      {facts.map((fact) => (
        <div key={fact.label.zh}>
          <dt>{text(fact.label)}</dt>
          <dd
            className={fact.wrong ? 'kb-late' : ''}
            title={fact.unit === 'money' ? moneyExact(fact.value, lang) : undefined}
          >
            {words(fact.value, fact.unit)}
            {fact.against ? (
              <small>
                {text(fact.against.label)} {words(fact.against.value, fact.against.unit ?? fact.unit)}
              </small>
            ) : null}
          </dd>
        </div>
      ))}
    </dl>
  )
}
