import { Fragment } from 'react'
import type { Process, Workflow } from '../../../handbook/model.ts'
import { partsIn } from '../../../handbook/words/duties.ts'
import { isStep, isTask, type StepNode } from '../../../handbook/words/element.ts'
import { endsOf } from '../../../handbook/words/ends.ts'
import { Go } from '../../components/Go.tsx'
import { useText } from '../../i18n/texts.ts'
import { useGet } from '../../query.ts'
import { useBook } from '../context.ts'
import { Linked } from '../Linked.tsx'
import { AdoptionTag, Heading, Pairs, Ref, SourceTag, Table } from '../marks.tsx'
import { useMyPosts } from '../mine.ts'
import { useT } from '../texts.ts'
import { WalkThrough } from '../WalkThrough.tsx'
import { Called, Due, FormRefs, Ladder, Owner, Ways } from './step.tsx'

/** A workflow: its picture and, as its accessible twin, the table of steps; a step that a link names is marked in both. */
export function WorkflowView({ workflow, step }: { workflow: Workflow; step: string | null }) {
  const t = useT()
  const text = useText()
  const [main] = workflow.processes
  const ends = (process: Process) => endsOf(workflow, process).map(text).join(' · ')
  if (workflow.processes.length === 0) return <p className="kb-read-say kb-2">{t('titleOnly')}</p>
  return (
    <>
      {step ? <StepCard workflow={workflow} step={step} /> : null}
      <Pairs
        rows={[
          [t('kind'), t(`kind.${workflow.kind}`)],
          ...(main ? [[t('results'), ends(main)] as const] : []),
          [t('why'), workflow.note ? text(workflow.note) : null],
        ]}
      />
      {workflow.processes.map((process, index) => (
        <Fragment key={process.id}>
          <Heading level={index === 0 ? 2 : 3}>{text(process.name)}</Heading>
          {index > 0 && ends(process) ? (
            <p className="kb-2">{t('endsWith', { ends: ends(process) })}</p>
          ) : null}
          <WalkThrough workflow={workflow} process={process} step={step} />
          <StepTable workflow={workflow} process={process} steps={process.nodes.filter(isStep)} step={step} />
        </Fragment>
      ))}
    </>
  )
}

/** What the named step asks, before the picture: a link from the inbox lands here. */
function StepCard({ workflow, step }: { workflow: Workflow; step: string }) {
  const text = useText()
  const all = workflow.processes.flatMap((process) =>
    process.nodes.filter(isStep).flatMap((node) => (node.step === step ? [{ process, node }] : [])),
  )
  // A call bears the code of the first step it runs; where that step is drawn, it is what the code means.
  const tasks = all.filter((one) => isTask(one.node))
  const meant = tasks.length > 0 ? tasks : all
  const groups = workflow.processes.flatMap((process) => {
    const steps = meant.flatMap((one) => (one.process === process ? [one.node] : []))
    return steps.length > 0 ? [{ process, steps }] : []
  })
  return (
    <section className="kb-step">
      <Heading anchor={`wf:${workflow.id}/${step}`}>{`${step} ${text(groups[0]?.steps[0]?.name)}`}</Heading>
      {groups.map(({ process, steps }) => (
        <Fragment key={process.id}>
          {groups.length > 1 ? <h3 className="kb-read-sub">{text(process.name)}</h3> : null}
          {steps.length === 1 && steps[0] ? (
            <StepFacts process={process} step={steps[0]} />
          ) : (
            <StepTable workflow={workflow} process={process} steps={steps} step={null} />
          )}
        </Fragment>
      ))}
    </section>
  )
}

function StepFacts(props: { process: Process; step: StepNode }) {
  const t = useT()
  const text = useText()
  const { process, step } = props
  const { edition } = useBook()
  const posts = useMyPosts()
  const mine = posts.flatMap((post) => partsIn(edition, post)).find((one) => one.task === step)
  return (
    <Pairs
      rows={[
        [
          t('name'),
          <span key="name">
            {text(step.name)} <AdoptionTag adoption={step.adoption} /> <SourceTag tag={step.tag} />
          </span>,
        ],
        [t('owner'), <Owner key="owner" process={process} step={step} />],
        [t('yours'), mine ? t(`how.${mine.how}`) : null],
        [t('runs'), step.kind === 'call' ? <Called key="called" step={step} /> : null],
        [t('byLimit'), step.kind === 'task' && step.ladder ? <Ladder key="by" path={step.ladder} /> : null],
        [t('outcomes'), <Ways key="ways" process={process} step={step} />],
        [t('due'), <Due key="due" step={step} />],
        [
          t('form'),
          step.kind === 'task' && step.forms.length > 0 ? <FormRefs key="forms" step={step} names /> : null,
        ],
        [t('why'), step.note ? <Linked key="note" text={step.note} /> : null],
      ]}
    />
  )
}

function StepTable(props: {
  workflow: Workflow
  process: Process
  steps: readonly StepNode[]
  step: string | null
}) {
  const t = useT()
  const text = useText()
  const { workflow, process } = props
  const steps = props.steps.toSorted((one, other) =>
    one.step.localeCompare(other.step, 'en', { numeric: true }),
  )
  return (
    <Table<StepNode>
      label={`${t('steps')} ${text(process.name)}`}
      rows={steps}
      keyOf={(step) => step.id}
      marked={(step) => step.step === props.step}
      columns={[
        {
          id: 'step',
          label: t('step'),
          width: 60,
          cell: (step) => <Ref to={`wf:${workflow.id}/${step.step}`} name={false} />,
        },
        {
          id: 'name',
          label: t('name'),
          cell: (step) => (
            <>
              {text(step.name)} <AdoptionTag adoption={step.adoption} /> <SourceTag tag={step.tag} />
              {step.kind === 'call' ? (
                <span className="kb-note kb-row">
                  {t('runs')} <Called step={step} />
                </span>
              ) : null}
            </>
          ),
        },
        { id: 'post', label: t('owner'), cell: (step) => <Owner process={process} step={step} /> },
        { id: 'ways', label: t('outcomes'), cell: (step) => <Ways process={process} step={step} brief /> },
        { id: 'due', label: t('due'), cell: (step) => <Due step={step} /> },
        {
          id: 'form',
          label: t('form'),
          width: 72,
          cell: (step) => (step.kind === 'task' ? <FormRefs step={step} /> : null),
        },
      ]}
    />
  )
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
