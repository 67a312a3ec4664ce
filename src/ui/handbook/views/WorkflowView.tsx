import { Fragment } from 'react'
import type { FlowNode, Process, TaskNode, Workflow } from '../../../handbook/model.ts'
import { findNorm } from '../../../handbook/words/norms.ts'
import { Go } from '../../components/Go.tsx'
import { useText } from '../../i18n/texts.ts'
import { useGet } from '../../query.ts'
import { useBook, useHref } from '../context.ts'
import { SwimLane } from '../drawings.tsx'
import { isTask } from '../element.ts'
import { AdoptionTag, Heading, Pairs, Ref, SourceTag, Table } from '../marks.tsx'
import { useT } from '../texts.ts'
import { WalkThrough } from '../WalkThrough.tsx'
import { type Way, waysOf } from '../ways.ts'

/** A workflow: its picture and, as its accessible twin, the table of steps; a step that a link names is marked in both. */
export function WorkflowView({ workflow, step }: { workflow: Workflow; step: string | null }) {
  const t = useT()
  const text = useText()
  if (workflow.processes.length === 0) return <p className="kb-read-say kb-2">{t('titleOnly')}</p>
  return (
    <>
      {step ? <StepCard workflow={workflow} step={step} /> : null}
      <Pairs
        rows={[
          [t('kind'), t(`kind.${workflow.kind}`)],
          [t('results'), workflow.results.map((one) => text(one.name)).join(' · ')],
          [t('why'), workflow.note ? text(workflow.note) : null],
        ]}
      />
      {workflow.processes.map((process, index) => (
        <Fragment key={process.id}>
          <Heading level={index === 0 ? 2 : 3}>{text(process.name)}</Heading>
          <SwimLane workflow={workflow} process={process} step={step} />
          <WalkThrough workflow={workflow} process={process} />
          <StepTable workflow={workflow} process={process} tasks={process.nodes.filter(isTask)} step={step} />
        </Fragment>
      ))}
    </>
  )
}

/** What the named step asks, before the picture: a link from the inbox lands here. */
function StepCard({ workflow, step }: { workflow: Workflow; step: string }) {
  const text = useText()
  const groups = workflow.processes
    .map((process) => ({ process, tasks: process.nodes.filter(isTask).filter((task) => task.step === step) }))
    .filter((group) => group.tasks.length > 0)
  return (
    <section className="kb-step">
      <Heading anchor={`wf:${workflow.id}/${step}`}>{`${step} ${text(groups[0]?.tasks[0]?.name)}`}</Heading>
      {groups.map(({ process, tasks }) => (
        <Fragment key={process.id}>
          {groups.length > 1 ? <h3 className="kb-read-sub">{text(process.name)}</h3> : null}
          {tasks.length === 1 && tasks[0] ? (
            <StepFacts process={process} task={tasks[0]} />
          ) : (
            <StepTable workflow={workflow} process={process} tasks={tasks} step={null} />
          )}
        </Fragment>
      ))}
    </section>
  )
}

function StepFacts(props: { process: Process; task: TaskNode }) {
  const t = useT()
  const text = useText()
  const { process, task } = props
  return (
    <Pairs
      rows={[
        [
          t('name'),
          <span key="name">
            {text(task.name)} <AdoptionTag adoption={task.adoption} /> <SourceTag tag={task.tag} />
          </span>,
        ],
        [t('owner'), <Owner key="owner" task={task} />],
        [t('outcomes'), <Ways key="ways" ways={waysOf(process, task)} />],
        [t('due'), <Due key="due" task={task} />],
        [t('form'), task.forms.length > 0 ? <FormRefs key="forms" task={task} names /> : null],
        [t('why'), task.note ? text(task.note) : null],
      ]}
    />
  )
}

function Owner({ task }: { task: TaskNode }) {
  const t = useT()
  return (
    <>
      <Ref to={`post:${task.post}`} code={false} />
      {task.with.length > 0 ? (
        <span className="kb-note kb-row kb-advisers">
          {t('advisers')}
          {task.with.map((id) => (
            <Ref key={id} to={`post:${id}`} name={false} />
          ))}
        </span>
      ) : null}
    </>
  )
}

function Due({ task }: { task: TaskNode }) {
  const t = useT()
  const text = useText()
  const href = useHref()
  const { edition } = useBook()
  const due = task.due ? findNorm(edition, task.due) : null
  return due ? (
    <Go href={href(`norm:${task.due}`)}>{text(due.words)}</Go>
  ) : (
    <span className="kb-3">{t('noDue')}</span>
  )
}

const FormRefs = ({ task, names = false }: { task: TaskNode; names?: boolean }) => (
  <span className="kb-row">
    {task.forms.map((id) => (
      <Ref key={id} to={`form:${id}`} name={names} />
    ))}
  </span>
)

function StepTable(props: {
  workflow: Workflow
  process: Process
  tasks: readonly TaskNode[]
  step: string | null
}) {
  const t = useT()
  const text = useText()
  const { workflow, process } = props
  const tasks = props.tasks.toSorted((one, other) =>
    one.step.localeCompare(other.step, 'en', { numeric: true }),
  )
  return (
    <Table<TaskNode>
      label={`${t('steps')} ${text(process.name)}`}
      rows={tasks}
      keyOf={(task) => task.id}
      marked={(task) => task.step === props.step}
      columns={[
        {
          id: 'step',
          label: t('step'),
          width: 60,
          cell: (task) => <Ref to={`wf:${workflow.id}/${task.step}`} name={false} />,
        },
        {
          id: 'name',
          label: t('name'),
          cell: (task) => (
            <>
              {text(task.name)} <AdoptionTag adoption={task.adoption} /> <SourceTag tag={task.tag} />
            </>
          ),
        },
        { id: 'post', label: t('owner'), cell: (task) => <Owner task={task} /> },
        { id: 'ways', label: t('outcomes'), cell: (task) => <Ways ways={waysOf(process, task)} /> },
        { id: 'due', label: t('due'), cell: (task) => <Due task={task} /> },
        { id: 'form', label: t('form'), width: 72, cell: (task) => <FormRefs task={task} /> },
      ]}
    />
  )
}

function Ways({ ways }: { ways: readonly Way[] }) {
  const t = useT()
  const text = useText()
  return (
    <ul className="kb-ways">
      {ways.map((way, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the drawing's own order
        <li key={index}>
          {way.when ? `${text(way.when)} ` : ''}
          <span aria-hidden>→</span> {way.to.map((node) => where(node, t, text)).join(' + ')}
          {way.commentRequired ? <span className="kb-3"> · {t('commentNeeded')}</span> : null}
        </li>
      ))}
    </ul>
  )
}

function where(node: FlowNode, t: ReturnType<typeof useT>, text: ReturnType<typeof useText>): string {
  switch (node.kind) {
    case 'task':
      return `${node.step} ${text(node.name)}`
    case 'call':
      return t('eachDoes', { name: text(node.name) })
    case 'end':
      return t('ends', { word: text(node.name) })
    case 'milestone':
      return t('reaches', { word: text(node.name) })
    default:
      return text(node.name)
  }
}

/** Tasks of the reader that stand in this workflow now. */
export function MyTasks({ workflow }: { workflow: string }) {
  const t = useT()
  const tasks = useGet<{ items: { id: number }[] }>('/tasks', { box: 'todo', workflow })
  const items = tasks.data?.items ?? []
  if (items.length === 0) return null
  return (
    <div className="kb-read-mytasks">
      <strong>{items.length === 1 ? t('myTask') : t('myTasks', { n: items.length })}</strong>
      <Go href={items.length === 1 ? `/inbox/${items[0]?.id}` : '/inbox'}>{t('toTask')}</Go>
    </div>
  )
}
