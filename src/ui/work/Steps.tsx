import { Check, Circle, CircleDot, Eye } from 'lucide-react'
import type { CaseDetail } from '../../kernel/workflow/wire.ts'
import { Chip } from '../components/Chip.tsx'
import { useFormat } from '../format/useFormat.ts'
import { useText } from '../i18n/texts.ts'
import { behind } from './caseView.ts'
import { useT } from './texts.ts'
import { useWho } from './who.ts'

const icons = { done: Check, here: CircleDot, waiting: Circle, described: Eye }

/** The steps of a case as a table: state, who, by when. */
export function Steps({ one }: { one: CaseDetail }) {
  const t = useT()
  const text = useText()
  const named = useWho()
  const { day } = useFormat()
  return (
    <table className="kb-steps">
      <thead>
        <tr>
          <th scope="col">{t('step')}</th>
          <th scope="col">{t('state')}</th>
          <th scope="col">{t('who')}</th>
          <th scope="col">{t('due')}</th>
        </tr>
      </thead>
      <tbody>
        {behind(one.steps).map((step) => {
          const Icon = icons[step.state]
          return (
            <tr key={step.step} className={`kb-steps-${step.state}`}>
              <th scope="row">
                <Chip clause={`wf:${one.workflow}/${step.step}`} edition={one.editionId} /> {text(step.title)}
              </th>
              <td>
                <Icon size={14} strokeWidth={1.8} aria-hidden /> {t(`step${step.state}`)}
              </td>
              <td>{named(step.who)}</td>
              <td>{step.dueAt ? day(step.dueAt) : ''}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
