import { Tooltip } from 'antd'
import type { Element } from '../../handbook/words/element.ts'
import { policyStanding, postStanding, type Standing } from '../../handbook/words/standing.ts'
import { useListed, useText } from '../i18n/texts.ts'
import { useBook } from './context.ts'
import { useT } from './texts.ts'

/** How far a policy or a post sheet holds, as a word; which workflows of it run in the program on hover. */
export function StandingTag({ element }: { element: Element }) {
  const t = useT()
  const text = useText()
  const listed = useListed()
  const { edition, row } = useBook()
  const standing: Standing | null =
    element.is === 'policy'
      ? policyStanding(edition, element.policy)
      : element.is === 'post'
        ? postStanding(edition, element.post)
        : null
  // A text of an edition that is not effective is not in force, whatever it says; the page names the edition's own state.
  if (!standing || standing.is === 'titled' || (row && row.status !== 'effective')) return null
  const flows = listed(standing.flows.map((one) => `${one.id} ${text(one.name)}`))
  const hint = flows
    ? t(`standing.${element.is as 'policy' | 'post'}.runs`, { flows })
    : t('standing.byPeople')
  return (
    <Tooltip title={hint}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what the word means is read by keyboard, too */}
      <span className="kb-tag kb-tag-success" tabIndex={0}>
        {t(standing.is === 'running' ? 'running' : 'inForce')}
      </span>
    </Tooltip>
  )
}
