import type { ElementChange } from '../../../handbook/compare/compare.ts'
import { useText } from '../../i18n/texts.ts'
import type { ComparisonAnswer } from './comparison.ts'
import { useT } from './texts.ts'

/** Where a change stands on the page. */
export const anchorOf = (key: string): string => `change-${key.replaceAll(/[^\w-]/g, '-')}`

/** Code and name as people speak of it; the name alone where a code says nothing. */
export const titleOf = (change: ElementChange, name: string): string =>
  change.code && change.group !== 'right' && change.group !== 'post' ? `${change.code} ${name}` : name

/** What changed, in the order of the handbook. */
export function ChangeList(props: {
  told: ComparisonAnswer
  at: string | null
  onPick: (key: string) => void
}) {
  const t = useT()
  const text = useText()
  const { changes, same } = props.told
  return (
    <nav className="kb-redline-list" aria-label={t('changes')}>
      <h2 className="kb-3">{t('changes')}</h2>
      <ul>
        {changes.map((change) => (
          <li key={change.key}>
            <button
              type="button"
              className={change.key === props.at ? 'kb-redline-pick kb-redline-on' : 'kb-redline-pick'}
              aria-current={change.key === props.at}
              onClick={() => props.onPick(change.key)}
            >
              <span className="kb-redline-name">{titleOf(change, text(change.name))}</span>
              <ChangeTag change={change} />
            </button>
          </li>
        ))}
      </ul>
      <p className="kb-3">{t('same', { n: same })}</p>
    </nav>
  )
}

export function ChangeTag({ change }: { change: ElementChange }) {
  const t = useT()
  const { change: how, parts } = change
  return (
    <span className={`kb-redline-tag kb-redline-${how}`}>
      {how === 'changed' ? t('changed', { n: parts.length }) : t(how)}
    </span>
  )
}
