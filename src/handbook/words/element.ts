import type {
  CallNode,
  Chapter,
  Edition,
  FlowNode,
  Form,
  HandbookFunction,
  Kpi,
  Norm,
  Policy,
  Post,
  Process,
  Section,
  TaskNode,
  Workflow,
} from '../model.ts'
import { normOf } from './norms.ts'

/** An edition as the browser gets it: everything but the source files. */
export type Reading = Omit<Edition, 'files'>

/** What a permanent link points to. */
export type Element =
  | { readonly is: 'chapter'; readonly chapter: Chapter }
  | { readonly is: 'section'; readonly chapter: Chapter; readonly section: Section }
  | { readonly is: 'workflow'; readonly workflow: Workflow; readonly step: string | null }
  | { readonly is: 'post'; readonly post: Post; readonly part: PostPart | null }
  | { readonly is: 'function'; readonly fn: HandbookFunction }
  | { readonly is: 'form'; readonly form: Form }
  | { readonly is: 'kpi'; readonly kpi: Kpi }
  | { readonly is: 'policy'; readonly policy: Policy; readonly chapter: number | null }
  | { readonly is: 'norm'; readonly norm: Norm; readonly value: string | null }

/** Parts of a post sheet that are linked to by themselves. */
export const postParts = ['steps', 'forms'] as const
export type PostPart = (typeof postParts)[number]

/** What a printed step code stands for: a task, or a flow that is called there. */
export type StepNode = TaskNode | CallNode

export const isTask = (node: FlowNode): node is TaskNode => node.kind === 'task'

export const tasksOf = (workflow: Workflow): TaskNode[] =>
  workflow.processes.flatMap((process: Process) => process.nodes.filter(isTask))

export const isStep = (node: FlowNode): node is StepNode =>
  isTask(node) || (node.kind === 'call' && node.step !== '')

/** Tasks, then calls: where both bear one code, the task is what the code means. */
export const stepNodesOf = (workflow: Workflow): StepNode[] => {
  const steps = workflow.processes.flatMap((process: Process) => process.nodes.filter(isStep))
  return [...steps.filter(isTask), ...steps.filter((one) => !isTask(one))]
}

/** Printed step codes of a workflow in their order, each once. */
export const stepsOf = (workflow: Workflow): string[] =>
  [...new Set(stepNodesOf(workflow).map((one) => one.step))].sort(byCode)

const byCode = (one: string, other: string) => one.localeCompare(other, 'en', { numeric: true })

/**
 * The element a link names: a typed reference (`wf:PLAN/C-3`, `post:SUP`, `form:FM-18`, `ch:4/management`) or a bare code as people
 * write it (`C-3`, `FM-18`, `SUP`, `K01`). `null` when the edition has no such thing.
 */
export function elementOf(edition: Reading, ref: string): Element | null {
  const [kind, name] = ref.includes(':')
    ? [ref.slice(0, ref.indexOf(':')), ref.slice(ref.indexOf(':') + 1)]
    : [null, ref]
  const wants = (...kinds: string[]) => kind === null || kinds.includes(kind)
  if (wants('ch')) {
    const [id = '', part] = name.split('/')
    const chapter = edition.chapters.find((one) => one.id === id)
    const section = chapter?.sections.find((one, index) => one.id === part || name === `${id}/${index + 1}`)
    if (chapter && section) return { is: 'section', chapter, section }
    if (chapter && part === undefined) return { is: 'chapter', chapter }
  }
  if (wants('wf')) {
    const [id = '', step = null] = name.split('/')
    const workflow = edition.workflows.find((one) => one.id === id)
    if (workflow) {
      const code = codeOf(workflow, step)
      return step !== null && code === null ? null : { is: 'workflow', workflow, step: code }
    }
    if (kind === null) {
      const owner =
        edition.workflows.find((one) => tasksOf(one).some((task) => task.step === name)) ??
        edition.workflows.find((one) => stepsOf(one).includes(name))
      if (owner) return { is: 'workflow', workflow: owner, step: name }
    }
  }
  const [postId, postPart] = name.split('/')
  const post = wants('post') && edition.posts.find((one) => one.id === postId)
  if (post) return { is: 'post', post, part: postParts.find((one) => one === postPart) ?? null }
  const fn = wants('fn') && edition.functions.find((one) => one.id === name)
  if (fn) return { is: 'function', fn }
  const form = wants('form') && edition.forms.find((one) => one.id === name)
  if (form) return { is: 'form', form }
  const kpi = wants('kpi') && edition.kpis.find((one) => one.id === name)
  if (kpi) return { is: 'kpi', kpi }
  const [policyId, policyChapter] = name.split('/')
  const policy = wants('policy') && edition.policies.find((one) => one.id === policyId)
  if (policy) return { is: 'policy', policy, chapter: Number(policyChapter) || null }
  const norm = wants('norm') && normOf(edition, name)
  if (norm) {
    const value = name.slice(norm.id.length + 1)
    const part = value.split('.')[0] ?? ''
    const known = part in norm.values || norm.rows.some((row) => row.id === part)
    return { is: 'norm', norm, value: known ? part : null }
  }
  return null
}

/** A link may name a step by its code or by its node. */
function codeOf(workflow: Workflow, step: string | null): string | null {
  if (step === null) return null
  const steps = stepNodesOf(workflow)
  return (steps.find((one) => one.step === step) ?? steps.find((one) => one.id === step))?.step ?? null
}

/** The typed reference of an element, for its permanent link. */
export function refOf(element: Element): string {
  switch (element.is) {
    case 'chapter':
      return `ch:${element.chapter.id}`
    case 'section':
      return `ch:${element.chapter.id}/${element.section.id}`
    case 'workflow':
      return element.step ? `wf:${element.workflow.id}/${element.step}` : `wf:${element.workflow.id}`
    case 'post':
      return `post:${element.post.id}${element.part ? `/${element.part}` : ''}`
    case 'function':
      return `fn:${element.fn.id}`
    case 'form':
      return `form:${element.form.id}`
    case 'kpi':
      return `kpi:${element.kpi.id}`
    case 'policy':
      return `policy:${element.policy.id}${element.chapter ? `/${element.chapter}` : ''}`
    case 'norm':
      return `norm:${element.norm.id}${element.value ? `.${element.value}` : ''}`
  }
}
