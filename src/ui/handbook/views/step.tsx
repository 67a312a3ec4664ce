import type { FlowNode, Process, Text } from '../../../handbook/model.ts'
import { elementOf, isStep, isTask, type Reading, type StepNode } from '../../../handbook/words/element.ts'
import { postName } from '../../../handbook/words/names.ts'
import { findNorm, findRow } from '../../../handbook/words/norms.ts'
import { Go } from '../../components/Go.tsx'
import { useText } from '../../i18n/texts.ts'
import { useBook, useHref } from '../context.ts'
import { Ref } from '../marks.tsx'
import { Ranges } from '../sections/Norms.tsx'
import { useT } from '../texts.ts'
import { type Following, followingOf, type Way, waysOf } from '../ways.ts'

/** Who does a step, who signs beside and who is heard. */
export function Owner({ process, step }: { process: Process; step: StepNode }) {
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
export function Called({ step }: { step: StepNode & { kind: 'call' } }) {
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
export function Ladder({ path }: { path: string }) {
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

/** By when a step is done; a call has the deadlines of the flow it runs. */
export function Due({ step }: { step: StepNode }) {
  const t = useT()
  const text = useText()
  const href = useHref()
  const { edition } = useBook()
  const due = step.due ? findNorm(edition, step.due) : null
  return due ? (
    <Go href={href(`norm:${step.due}`)}>{text(due.words)}</Go>
  ) : (
    <span className="kb-3">{t(step.kind === 'call' ? 'dueWithin' : 'noDue')}</span>
  )
}

/** The forms of a task, by code or by name as well. */
export const FormRefs = ({ step, names = false }: { step: StepNode & { kind: 'task' }; names?: boolean }) => (
  <span className="kb-row">
    {step.forms.map((id) => (
      <Ref key={id} to={`form:${id}`} name={names} />
    ))}
  </span>
)

/** Where a step leads: under each outcome the next step, what begins beside, and after an end what the calling flow goes on with. */
export function Ways({
  process,
  step,
  brief = false,
}: {
  process: Process
  step: StepNode
  brief?: boolean
}) {
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
