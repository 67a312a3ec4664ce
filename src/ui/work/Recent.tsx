import type { Task } from '../../kernel/workflow/wire.ts'
import { Chip } from '../components/Chip.tsx'
import { Go } from '../components/Go.tsx'
import { useFormat } from '../format/useFormat.ts'
import { useText } from '../i18n/texts.ts'
import { useGet } from '../query.ts'
import { useT } from './texts.ts'

const few = 6

/** Where nothing waits: the cases one has worked at last, to look how far they have come. */
export function Recent() {
  const t = useT()
  const text = useText()
  const { moment } = useFormat()
  const done = useGet<{ items: Task[] }>('/tasks', { box: 'done', limit: 50 }).data?.items ?? []
  const last = done.filter((task, index) => done.findIndex((one) => one.case === task.case) === index)
  if (last.length === 0) return null
  return (
    <section className="kb-recent">
      <h2>{t('recent')}</h2>
      <ul className="kb-started">
        {last.slice(0, few).map((task) => (
          <li key={task.case}>
            <p className="kb-row">
              <Go href={`/cases/${task.case}`} className="kb-grow">
                <strong>{text(task.caseTitle)}</strong>
              </Go>
              <Go href={`/cases/${task.case}`}>{t('whereNow')}</Go>
            </p>
            <p className="kb-row kb-2">
              <Chip clause={task.why.clause} edition={task.editionId} />
              <span className="kb-grow">
                {text(task.title)} · {text(task.outcomes.find((one) => one.id === task.outcome)?.label)}
              </span>
              <span className="kb-note">{task.doneAt ? moment(task.doneAt) : ''}</span>
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}
