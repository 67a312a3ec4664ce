import { Fragment } from 'react'
import type { FlowNode, Process, Text, Workflow } from '../../../handbook/model.ts'
import { findNorm, findRow } from '../../../handbook/words/norms.ts'
import { Go } from '../../components/Go.tsx'
import { useText } from '../../i18n/texts.ts'
import { useGet } from '../../query.ts'
import { useBook, useHref } from '../context.ts'
import { SwimLane } from '../drawings.tsx'
import { partsIn } from '../duties.ts'
import { elementOf, isStep, isTask, type Reading, type StepNode } from '../element.ts'
import { Linked } from '../Linked.tsx'
import { AdoptionTag, Heading, Pairs, Ref, SourceTag, Table } from '../marks.tsx'
import { useMyPosts } from '../mine.ts'
import { postName } from '../names.ts'
import { Ranges } from '../sections/Norms.tsx'
import { useT } from '../texts.ts'
import { WalkThrough } from '../WalkThrough.tsx'
import { type Following, followingOf, type Way, waysOf } from '../ways.ts'

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

function Owner({ process, step }: { process: Process; step: StepNode }) {
  const t = useT()
  const post = postOf(process, step)
  const signers = step.kind === 'task' ? step.signers : []
  return (
    <>
      {post ? <Ref to={`post:${post}`} code={false} /> : null}
      <Posts label={t('signers')} ids={signers} />
      <Posts label={t('advisers')} ids={step.with} />
    </>
  )
}

function Posts({ label, ids }: { label: string; ids: readonly string[] }) {
  if (ids.length === 0) return null
  return (
    <span className="kb-note kb-row kb-advisers">
      {label}
      {ids.map((id) => (
        <Ref key={id} to={`post:${id}`} code={false} />
      ))}
    </span>
  )
}

/** The flow that a call runs, and which of its steps. */
function Called({ step }: { step: StepNode & { kind: 'call' } }) {
  const t = useT()
  const text = useText()
  const { edition } = useBook()
  const href = useHref()
  const owner = edition.workflows.find((one) => one.processes.some((process) => process.id === step.process))
  const process = owner?.processes.find((one) => one.id === step.process)
  if (!owner || !process) return null
  const whole = process.id === owner.id
  const { segment } = step
  return (
    <span className="kb-row">
      {whole ? (
        <Ref to={`wf:${owner.id}`} />
      ) : (
        <Go href={href(`wf:${owner.id}`)} className="kb-ref">
          <span className="kb-ref-code">{owner.id}</span>
          <span>{text(process.name)}</span>
        </Go>
      )}
      {segment ? <span className="kb-2">{t('segment', { from: segment.from, to: segment.to })}</span> : null}
      {step.each ? <span className="kb-2">{t('each')}</span> : null}
    </span>
  )
}

/** Which post decides on which amounts. */
function Ladder({ path }: { path: string }) {
  const text = useText()
  const href = useHref()
  const { edition } = useBook()
  const found = findRow(edition, path)
  if (!found) return null
  return (
    <>
      <Go href={href(`norm:${path}`)}>{text(found.row.name)}</Go>
      <Ranges {...found} />
    </>
  )
}

function Due({ step }: { step: StepNode }) {
  const t = useT()
  const text = useText()
  const href = useHref()
  const { edition } = useBook()
  const due = step.due ? findNorm(edition, step.due) : null
  return due ? (
    <Go href={href(`norm:${step.due}`)}>{text(due.words)}</Go>
  ) : (
    <span className="kb-3">{t('noDue')}</span>
  )
}

const FormRefs = ({ step, names = false }: { step: StepNode & { kind: 'task' }; names?: boolean }) => (
  <span className="kb-row">
    {step.forms.map((id) => (
      <Ref key={id} to={`form:${id}`} name={names} />
    ))}
  </span>
)

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

/** Where a step leads: under each outcome the next step, what begins beside, and after an end what the calling flow goes on with. */
function Ways({ process, step, brief = false }: { process: Process; step: StepNode; brief?: boolean }) {
  const t = useT()
  const text = useText()
  const { edition } = useBook()
  const ways = waysOf(process, step)
  const after = (way: Way): Following[] =>
    brief
      ? []
      : way.to.flatMap((node) => (node.kind === 'end' ? followingOf(edition, process.id, node.result) : []))
  return (
    <ul className="kb-ways">
      {ways.map((way, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the drawing's own order
        <li key={index}>
          {way.when ? `${text(way.when)} ` : ''}
          <span aria-hidden>→</span> {way.to.map((node) => where(node, t, text)).join(' + ')}
          {way.commentRequired ? <span className="kb-3"> · {t('commentNeeded')}</span> : null}
          {brief
            ? null
            : way.starts.map((ref) => <Then key={ref} label={t('beside')} to={ref} name={null} />)}
          {after(way).map((one) => (
            <Then
              key={`${one.ref} ${one.node.id}`}
              label={t('afterwards')}
              to={one.ref}
              name={one.node.name}
            />
          ))}
        </li>
      ))}
    </ul>
  )
}

/** Who does a step and who is heard, in words. */
function whoDoes(
  edition: Reading,
  process: Process,
  step: StepNode,
  t: ReturnType<typeof useT>,
  text: ReturnType<typeof useText>,
): string {
  const post = postOf(process, step)
  const heard = step.with.map((id) => text(postName(edition, id))).join(t('comma'))
  return [post ? text(postName(edition, post)) : '', heard ? t('heardToo', { who: heard }) : '']
    .filter(Boolean)
    .map((one) => ` · ${one}`)
    .join('')
}

/** Who does it; a call is looked after by the post in whose lane it stands. */
const postOf = (process: Process, step: StepNode): string | undefined =>
  step.kind === 'task' ? step.post : process.lanes.find((one) => one.id === step.lane)?.post

/** A step that comes after or beside, with who does it. */
function Then({ label, to, name }: { label: string; to: string; name: Text | null }) {
  const t = useT()
  const text = useText()
  const { edition } = useBook()
  const element = elementOf(edition, to)
  if (element?.is !== 'workflow') return null
  const nodes = element.workflow.processes.flatMap((process) =>
    process.nodes.filter(isStep).map((node) => ({ process, node })),
  )
  const meant = nodes.find(
    (one) => one.node.step === element.step && (name === null ? isTask(one.node) : one.node.name === name),
  )
  return (
    <span className="kb-then">
      <span className="kb-3">{label}</span> <Ref to={to} name={name === null} />
      {name ? <span> {text(name)}</span> : null}
      {meant ? <span className="kb-2">{whoDoes(edition, meant.process, meant.node, t, text)}</span> : null}
    </span>
  )
}

function where(node: FlowNode, t: ReturnType<typeof useT>, text: ReturnType<typeof useText>): string {
  switch (node.kind) {
    case 'task':
      return `${node.step} ${text(node.name)}`
    case 'call': {
      const name = node.step ? `${node.step} ${text(node.name)}` : text(node.name)
      return node.each ? t('eachDoes', { name }) : name
    }
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
