import { Undo2 } from 'lucide-react'
import type { Task } from '../../kernel/workflow/wire.ts'
import { clauseLabel } from '../components/Chip.tsx'
import { Go } from '../components/Go.tsx'
import { useFormat } from '../format/useFormat.ts'
import { useText } from '../i18n/texts.ts'
import { useMe, useMeta } from '../session.ts'
import { Deadline } from './Deadline.tsx'
import { useT } from './texts.ts'

/** In a few words why a task is with the reader: his post, his own share, or a vacant post. */
export function useReason(): (task: Task) => string {
  const t = useT()
  const text = useText()
  const me = useMe().data
  const posts = useMeta().data?.posts ?? {}
  return (task) => {
    if (task.why.reason === 'stand-in')
      return t('asStandIn', { post: text(posts[task.why.standsIn ?? task.post]) || t('post') })
    if (task.why.reason === 'subject') return t('asSubject')
    const mine = me?.posts.find((one) => one.post === task.post)
    return mine ? t('asPost', { post: text(mine.title) }) : text(posts[task.post])
  }
}

/** 退回: it was done once and came back, or came by an outcome that sends work back, which then names itself. */
export function ReturnedTag({ task }: { task: Pick<Task, 'round' | 'returned'> }) {
  const t = useT()
  const text = useText()
  return (
    <span className="kb-tag kb-tag-warning">
      <Undo2 size={13} strokeWidth={1.8} aria-hidden />
      {task.round > 1 ? t('returned') : text(task.returned?.outcome)}
    </span>
  )
}

/** A task in three lines: what and by when, which case, which clause and why. */
export function TaskRow({ task, href, current }: { task: Task; href: string; current: boolean }) {
  const t = useT()
  const text = useText()
  const { moment } = useFormat()
  const reason = useReason()
  const me = useMe().data
  const outcome = task.outcomes.find((one) => one.id === task.outcome)
  return (
    <Go
      href={href}
      className={current ? 'kb-task-row kb-task-row-on' : 'kb-task-row'}
      aria-current={current ? 'true' : undefined}
      data-row
    >
      <span className="kb-task-row-line">
        <span className="kb-row">
          <strong>{text(task.title)}</strong>
          {task.returned ? <ReturnedTag task={task} /> : null}
        </span>
        {task.status === 'open' ? (
          <Deadline task={task} />
        ) : (
          <span className="kb-2">{outcome ? text(outcome.label) : t('cancelled')}</span>
        )}
      </span>
      <span className="kb-task-row-line kb-2">
        <span className="kb-cut">{text(task.caseTitle)}</span>
        {task.round > 1 ? <span>{t('round', { n: task.round })}</span> : null}
      </span>
      {task.returned ? (
        <span className="kb-task-row-line kb-near">
          <span className="kb-cut">
            {t(task.returned.why ? 'returnedWhy' : 'returnedBy', {
              name: task.returned.by?.name ?? t('nobody'),
              outcome: text(task.returned.outcome),
              moment: moment(task.returned.at),
              why: task.returned.why,
            })}
          </span>
        </span>
      ) : null}
      <span className="kb-task-row-line kb-3">
        <span className="kb-cut">
          <span className="kb-chip">{clauseLabel(task.why.clause)}</span>{' '}
          {[
            reason(task),
            task.from && !task.returned && task.from.id !== me?.person.id
              ? t('from', { name: task.from.name })
              : '',
            task.why.makeUp ? t('makeUp') : '',
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
        {task.doneAt ? <span>{moment(task.doneAt)}</span> : null}
      </span>
    </Go>
  )
}
