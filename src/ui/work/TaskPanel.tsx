import { Button } from 'antd'
import { ArrowDown, ArrowLeft, ArrowUp, ExternalLink, History, Shield } from 'lucide-react'
import { type ComponentType, Suspense, useMemo } from 'react'
import type { TaskDetail } from '../../kernel/workflow/wire.ts'
import { Chip } from '../components/Chip.tsx'
import { Go } from '../components/Go.tsx'
import { Avatar } from '../components/PersonTag.tsx'
import { Waiting } from '../components/Waiting.tsx'
import { Why } from '../components/Why.tsx'
import { useFormat } from '../format/useFormat.ts'
import { useListed, useText } from '../i18n/texts.ts'
import { lazyPart } from '../part.ts'
import { useGet } from '../query.ts'
import { useMe } from '../session.ts'
import { useWidth } from '../theme/media.ts'
import { Completion } from './Completion.tsx'
import { behind, handedWith } from './caseView.ts'
import { contentOf, type TaskContentProps } from './content.ts'
import { Facts } from './Facts.tsx'
import { Gone } from './Gone.tsx'
import type { around } from './inboxState.ts'
import { Opinions, usePost } from './Opinions.tsx'
import { StepStrip } from './StepStrip.tsx'
import { ReturnedTag } from './TaskRow.tsx'
import { useT } from './texts.ts'
import { useWork, type Work } from './useWork.ts'

const TaskForm = lazyPart(() => import('./TaskForm.tsx'))

interface Place {
  readonly around: ReturnType<typeof around>
  /** Address of the inbox, or of one of its tasks. */
  readonly href: (task?: number) => string
}

/** One task: what it is, why it is mine, its figures, what is asked, what others said, and how to complete it. */
export function TaskPanel({ id, place }: { id: number; place: Place }) {
  const task = useGet<TaskDetail>(`/tasks/${id}`)
  if (task.error && !task.data) return <Gone error={task.error} onAgain={() => void task.refetch()} />
  if (!task.data) return <Waiting rows={10} />
  return <Drawn key={task.data.id} task={task.data} place={place} />
}

function Drawn({ task, place }: { task: TaskDetail; place: Place }) {
  const t = useT()
  const text = useText()
  const work = useWork(task)
  const after = place.around.after
  return (
    <article className="kb-task">
      <div className="kb-scroll kb-task-body">
        <Top task={task} place={place} />
        <Handed task={task} />
        <WhyLine task={task} />
        <Facts facts={task.facts} />
        <StepStrip steps={behind(task.steps)} step={task.step} late={task.why.late} />
        <Notes task={task} />
        <Warnings task={task} />
        <Restored work={work} />
        <Content work={work} />
        <Said task={task} />
      </div>
      {task.mine ? (
        <Completion work={work} after={place.href(after ?? undefined)} inbox={place.href()} />
      ) : (
        <p className="kb-sticky kb-2">
          {task.status === 'done'
            ? t('isDone', { outcome: text(task.outcomes.find((one) => one.id === task.outcome)?.label) })
            : t(task.status === 'cancelled' ? 'cancelled' : 'notYours')}
        </p>
      )}
    </article>
  )
}

function Top({ task, place }: { task: TaskDetail; place: Place }) {
  const t = useT()
  const text = useText()
  const { day, deadline, moment } = useFormat()
  const width = useWidth()
  const me = useMe().data
  const { at, of, before, after } = place.around
  const left = deadline(task.dueAt, task.workdaysLeft)
  const late = task.group === 'overdue'
  const due = task.doneAt
    ? t('doneAt', { moment: moment(task.doneAt) })
    : task.dueAt
      ? late
        ? t('lateSince', { day: day(task.dueAt), late: left.text })
        : left.text
      : left.text
  return (
    <header className="kb-task-top">
      <div className="kb-row kb-task-path">
        {width === 'phone' || width === 'narrow' ? (
          <Go href={place.href()} className="kb-task-back" aria-label={t('toInbox')}>
            <ArrowLeft size={18} strokeWidth={1.6} aria-hidden />
            {t('inbox')}
          </Go>
        ) : null}
        <Chip clause={task.why.clause} edition={task.editionId} />
        <span className="kb-2 kb-cut">
          {[text(task.workflowName), task.round > 1 ? t('round', { n: task.round }) : '']
            .filter(Boolean)
            .join(' · ')}
        </span>
        <span className="kb-grow" />
        {of > 0 && at > 0 ? (
          <nav className="kb-row kb-task-walk" aria-label={t('place', { at, of })}>
            <span className="kb-3">{t('place', { at, of })}</span>
            <Step to={before === null ? null : place.href(before)} label={t('previous')} icon={ArrowUp} />
            <Step to={after === null ? null : place.href(after)} label={t('next')} icon={ArrowDown} />
          </nav>
        ) : null}
      </div>
      <h2 className="kb-task-title">{text(task.title)}</h2>
      <p className="kb-row kb-task-about">
        <Go href={`/cases/${task.case}`}>{text(task.caseTitle)}</Go>
        {task.recordTitle && task.href ? (
          <Go href={task.href}>
            {text(task.recordTitle)} <ExternalLink size={13} strokeWidth={1.6} aria-hidden />
          </Go>
        ) : null}
        {task.from && task.from.id !== me?.person.id ? (
          <span className="kb-2">{t('from', { name: task.from.name })}</span>
        ) : null}
        <span className={late ? 'kb-late' : left.urgency === 'near' && !task.doneAt ? 'kb-near' : 'kb-2'}>
          {due}
        </span>
      </p>
    </header>
  )
}

function Step({ to, label, icon: Icon }: { to: string | null; label: string; icon: typeof ArrowUp }) {
  return to === null ? (
    <span className="kb-icon kb-off" aria-hidden>
      <Icon size={16} strokeWidth={1.6} />
    </span>
  ) : (
    <Go href={to} className="kb-icon" aria-label={label}>
      <Icon size={16} strokeWidth={1.6} aria-hidden />
    </Go>
  )
}

function WhyLine({ task }: { task: TaskDetail }) {
  const t = useT()
  const text = useText()
  const post = usePost()
  const listed = useListed()
  const ours = listed(
    task.functions.map((one) => `${one.id} ${text(one.name)}`),
    'phrases',
  )
  return (
    <div className="kb-task-why">
      <Shield size={16} strokeWidth={1.6} aria-hidden />
      <div>
        <Why
          verdict={text(task.why.text)}
          clause={task.why.clause}
          edition={task.editionId}
          rows={[
            { label: t('post'), value: post(task.why.post) },
            ...(ours ? [{ label: t('function'), value: ours }] : []),
            {
              label: t('deadline'),
              value: [text(task.why.deadline), text(task.why.deadlineNote)]
                .filter(Boolean)
                .map((said) => <p key={said}>{said}</p>),
            },
            { label: t('editionLabel'), value: t('edition', { n: task.why.edition }) },
          ]}
        >
          {text(task.why.text)}
        </Why>
        <p className="kb-2">{text(task.why.deadline)}</p>
      </div>
    </div>
  )
}

/** The words with which the task came here stand at its head: after a return they say what is to be done. */
function Handed({ task }: { task: TaskDetail }) {
  const text = useText()
  const { moment } = useFormat()
  const t = useT()
  const one = task.status === 'open' ? handedWith(task) : null
  if (!one && task.returned)
    return (
      <div className="kb-task-said kb-task-handed kb-task-returned">
        <Avatar name={task.returned.by?.name ?? '·'} size={24} />
        <p>
          <strong>{task.returned.by?.name ?? t('nobody')}</strong> <ReturnedTag task={task} />{' '}
          <span className="kb-note">{moment(task.returned.at)}</span>
        </p>
      </div>
    )
  if (!one) return null
  return (
    <div className={`kb-task-said kb-task-handed${task.returned ? ' kb-task-returned' : ''}`}>
      <Avatar name={one.person?.name ?? '·'} size={24} />
      <div>
        <p>
          <strong>{one.person?.name}</strong>{' '}
          <span className="kb-2">
            {one.step} {text(one.title)}
          </span>{' '}
          <strong>{text(one.outcomeLabel)}</strong>{' '}
          {task.returned && task.round > 1 ? <ReturnedTag task={task} /> : null}{' '}
          <span className="kb-note">{moment(one.at)}</span>
        </p>
        <p className="kb-said">{one.comment}</p>
      </div>
    </div>
  )
}

/** What those before wrote to whoever does this task. */
function Notes({ task }: { task: TaskDetail }) {
  const t = useT()
  const { moment } = useFormat()
  return task.said.map((one) => (
    <div key={one.name + one.at} className="kb-task-said">
      <Avatar name={one.name} size={24} />
      <div>
        <p>
          <strong>{t('noteOf', { name: one.name })}</strong> <span className="kb-note">{moment(one.at)}</span>
        </p>
        {one.text ? <p className="kb-said">{one.text}</p> : <p className="kb-2">{t('noNote')}</p>}
      </div>
    </div>
  ))
}

/** What whoever decides should know first; the confirmation says it again. */
function Warnings({ task }: { task: TaskDetail }) {
  const text = useText()
  const found = task.outcomes.flatMap((one) => one.notices).filter((notice) => notice.kind === 'warn')
  if (!task.mine || found.length === 0) return null
  return (
    <div className="kb-warn kb-task-warn" role="note">
      {found.map((notice) => (
        <p key={notice.text.zh}>{text(notice.text)}</p>
      ))}
    </div>
  )
}

/** What was written at an earlier visit stands in the fields again; it is said, and may be thrown away. */
function Restored({ work }: { work: Work }) {
  const t = useT()
  if (!work.restored) return null
  return (
    <div className="kb-draft" role="status">
      <History size={16} strokeWidth={1.6} aria-hidden />
      <p>{t('draftThere')}</p>
      <Button size="small" onClick={work.discard}>
        {t('draftDiscard')}
      </Button>
    </div>
  )
}

const drawn = new Map<string, ComponentType<TaskContentProps>>()
/** A module's content as a component, made once per key. */
function componentOf(task: TaskDetail): ComponentType<TaskContentProps> | null {
  const found = contentOf(task)
  if (!found) return null
  const made = drawn.get(found.key) ?? lazyPart(found.load)
  drawn.set(found.key, made)
  return made
}

function Content({ work }: { work: Work }) {
  const t = useT()
  const { task } = work
  const { workflow, step, node, forms } = task
  // biome-ignore lint/correctness/useExhaustiveDependencies: a task's content follows from these alone
  const Own = useMemo(() => componentOf(task), [workflow, step, node, forms])
  if (!Own)
    return work.forms.length === 0 ? null : (
      <Suspense fallback={<Waiting />}>
        <TaskForm work={work} />
      </Suspense>
    )
  return (
    <section className="kb-task-content" aria-label={t('content')}>
      <Suspense fallback={<Waiting />}>
        <Own
          task={task}
          editable={task.mine}
          onSaved={work.onSaved}
          onForm={work.onForm}
          onBefore={work.onBefore}
        />
      </Suspense>
    </section>
  )
}

const few = 5

function Said({ task }: { task: TaskDetail }) {
  const t = useT()
  const text = useText()
  const last = task.opinions.slice(-few)
  return (
    <section className="kb-block">
      <h2>
        {t('opinions')} <small className="kb-3">{task.opinions.length}</small>{' '}
        {task.opinions.length > few ? (
          <Go href={`/cases/${task.case}`} className="kb-note">
            {t('toCase')}
          </Go>
        ) : null}
      </h2>
      {last.length > 0 ? (
        <Opinions opinions={last} />
      ) : task.withheld === null ? (
        <p className="kb-2">{t('noOpinions')}</p>
      ) : null}
      {task.withheld ? <p className="kb-2">{text(task.withheld)}</p> : null}
    </section>
  )
}
