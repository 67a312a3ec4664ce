import type { CaseListed } from '../../kernel/workflow/wire.ts'
import { Chip } from '../components/Chip.tsx'
import { Empty } from '../components/Empty.tsx'
import { ErrorBox } from '../components/ErrorBox.tsx'
import { Go } from '../components/Go.tsx'
import { StatusTag } from '../components/StatusTag.tsx'
import { Waiting } from '../components/Waiting.tsx'
import { useFormat } from '../format/useFormat.ts'
import { useText } from '../i18n/texts.ts'
import { useGet } from '../query.ts'
import { toneOf } from './caseView.ts'
import { Deadline } from './Deadline.tsx'
import { useT } from './texts.ts'
import { useWho } from './who.ts'

/** The cases a person started, what runs first: where each one stands, with whom, by when. */
export function Started() {
  const t = useT()
  const cases = useGet<{ items: CaseListed[] }>('/cases', { started: 'me' })
  const items = cases.data?.items
  if (cases.error && !items)
    return (
      <div className="kb-pad">
        <ErrorBox error={cases.error} onAgain={() => void cases.refetch()} />
      </div>
    )
  if (!items) return <Waiting rows={6} />
  if (items.length === 0) return <Empty title={t('emptystarted')} hint={t('emptystartedHint')} />
  const running = (one: CaseListed) => Number(one.waiting.length > 0)
  return (
    <ul className="kb-started">
      {[...items]
        .sort((a, b) => running(b) - running(a) || b.id - a.id)
        .map((one) => (
          <li key={one.id}>
            <Line one={one} />
          </li>
        ))}
    </ul>
  )
}

function Line({ one }: { one: CaseListed }) {
  const t = useT()
  const text = useText()
  const named = useWho()
  const { day } = useFormat()
  return (
    <>
      <p className="kb-row">
        <Go href={`/cases/${one.id}`} data-row>
          <strong>{text(one.title)}</strong>
        </Go>
        <StatusTag tone={toneOf(one)} text={text(one.statusText)} />
        <span className="kb-grow" />
        <span className="kb-note">
          {one.endedAt
            ? t('endedOn', { moment: day(one.endedAt) })
            : t('startedOn', { moment: day(one.startedAt) })}
        </span>
      </p>
      {one.waiting.length === 0 ? <p className="kb-2">{t('noneOpen')}</p> : null}
      {one.waiting.map((waiting) => (
        <p key={`${waiting.step}.${waiting.title.zh}`} className="kb-row">
          <Chip clause={`wf:${one.workflow}/${waiting.step}`} edition={one.editionId} />
          <span>{text(waiting.title)}</span>
          <span className="kb-2 kb-grow">
            {waiting.tasks > 1
              ? t('waitingFor', { n: waiting.tasks, who: named(waiting.who) })
              : named(waiting.who)}
          </span>
          <Deadline task={waiting} />
        </p>
      ))}
    </>
  )
}
