import type { CallNode, Edition, FlowNode, Process, TaskNode, Workflow } from '../src/handbook/model.ts'

/** The codes of the reference handbook, as its authors list them. */
export interface HandbookIndex {
  readonly workflows: Readonly<Record<string, IndexedWorkflow>>
  readonly forms: readonly { id: string; usedIn: string[] }[]
  readonly policies: readonly { id: string; owner: string; workflows: string[] }[]
  readonly kpis: readonly { id: string; scored: boolean; posts: Record<string, number> }[]
  readonly functions: readonly { id: string; lead: string }[]
  readonly posts: readonly { code: string; seats: number | null }[]
  readonly norms: readonly string[]
  readonly switches: readonly { id: string; values: string[]; default: string }[]
  readonly records: readonly { id: string; producers: string[] }[]
  readonly stages: readonly string[]
  readonly checks: readonly { n: number }[]
}
interface IndexedWorkflow {
  readonly kind: string
  readonly steps: readonly IndexedStep[]
  readonly results: readonly string[]
}
interface IndexedStep {
  readonly code: string
  readonly lanes: readonly string[]
  readonly forms: readonly string[]
  readonly outcomes: readonly { word: string; to: string; also?: string }[]
  readonly group?: readonly string[]
  readonly segment?: { workflow: string; from: string; to: string }
  readonly ownCase?: boolean
}
type Work = TaskNode | CallNode

const kinds: Record<string, Workflow['kind']> = { mini: 'support', rollout: 'rollout' }

/** Everything of the index that an edition lacks, one sentence each. */
export function missingFrom(edition: Edition, index: HandbookIndex): string[] {
  return [
    ...Object.entries(index.workflows).flatMap(([id, wanted]) => ofWorkflow(edition, id, wanted)),
    ...index.forms.flatMap(({ id, usedIn }) => {
      const form = edition.forms.find((one) => one.id === id)
      if (!form) return [`form ${id}`]
      const steps = form.steps.map((one) => one.slice(one.indexOf('/') + 1))
      return usedIn.filter((step) => !steps.includes(step)).map((step) => `form ${id}: step ${step}`)
    }),
    ...index.policies.flatMap(({ id, owner, workflows }) => {
      const policy = edition.policies.find((one) => one.id === id)
      if (!policy?.body) return [`policy ${id}`]
      return [
        ...(policy.owner === owner ? [] : [`policy ${id}: owner ${owner}`]),
        ...workflows
          .filter((one) => !policy.workflows.includes(one))
          .map((one) => `policy ${id}: workflow ${one}`),
      ]
    }),
    ...index.kpis.flatMap(({ id, scored, posts }) => {
      const kpi = edition.kpis.find((one) => one.id === id)
      if (!kpi) return [`indicator ${id}`]
      const weightOf = (post: string) =>
        edition.posts.find((one) => one.id === post)?.sheet?.kpis.find((one) => one.kpi === id)?.weight
      return [
        ...(kpi.scored === scored ? [] : [`indicator ${id}: scored ${scored}`]),
        ...Object.entries(posts)
          .filter(([post, weight]) => weightOf(post) !== weight)
          .map(([post, weight]) => `indicator ${id}: weight ${weight} for ${post}`),
      ]
    }),
    ...index.functions.flatMap(({ id, lead }) => {
      const found = edition.functions.find((one) => one.id === id)
      return found?.lead === lead ? [] : [`function ${id} led by ${lead}`]
    }),
    ...index.posts.flatMap(({ code, seats }) => {
      if (!edition.posts.some((one) => one.id === code)) return [`post ${code}`]
      const count = edition.organisation.seats
        .filter((one) => one.post === code)
        .reduce((sum, one) => sum + one.count, 0)
      return seats === null || count === seats ? [] : [`post ${code}: ${seats} seats`]
    }),
    ...index.norms
      .filter((id) => id !== 'kpi.weights' && id !== 'sales.basis')
      .filter((id) => !edition.norms.some((one) => one.id === id))
      .map((id) => `norm ${id}`),
    ...index.switches.flatMap(({ id, values, default: value }) => {
      const found = edition.switches.find((one) => one.id === id)
      if (!found) return [`switch ${id}`]
      return [
        ...(found.value === value ? [] : [`switch ${id}: default ${value}`]),
        ...values
          .filter((one) => !found.values.some((other) => other.id === one))
          .map((one) => `switch ${id}: value ${one}`),
      ]
    }),
    ...index.records.flatMap(({ id, producers }) => {
      if (!edition.records.some((one) => one.id === id)) return [`record ${id}`]
      const steps = worksOf(edition).flatMap(({ node }) =>
        node.kind === 'task' && node.produces.includes(id) ? [node.step] : [],
      )
      return producers.filter((one) => !steps.includes(one)).map((one) => `record ${id}: producer ${one}`)
    }),
    ...index.stages
      .filter(
        (id) => !edition.norms.some((norm) => id in norm.values || norm.rows.some((row) => row.id === id)),
      )
      .map((id) => `stage ${id}`),
  ]
}

function* works(edition: Edition): Iterable<{ workflow: Workflow; process: Process; node: Work }> {
  for (const workflow of edition.workflows)
    for (const process of workflow.processes)
      for (const node of process.nodes)
        if (node.kind === 'task' || node.kind === 'call') yield { workflow, process, node }
}
const worksOf = (edition: Edition) => [...works(edition)]

function ofWorkflow(edition: Edition, id: string, wanted: IndexedWorkflow): string[] {
  const workflow = edition.workflows.find((one) => one.id === id)
  if (!workflow || workflow.processes.length === 0) return [`workflow ${id}`]
  const kind = kinds[wanted.kind] ?? wanted.kind
  return [
    ...(workflow.kind === kind ? [] : [`workflow ${id}: kind ${kind}`]),
    ...wanted.results
      .filter((one) => !workflow.results.some((other) => other.id === one))
      .map((one) => `workflow ${id}: result ${one}`),
    ...wanted.steps.flatMap((step) => ofStep(edition, workflow, step)),
  ]
}

function ofStep(edition: Edition, workflow: Workflow, step: IndexedStep): string[] {
  const name = `${workflow.id}/${step.code}`
  if (step.group) {
    const group = workflow.groups.find((one) => one.code === step.code)
    if (!group) return [`${name}: heading`]
    return step.group
      .filter((one) => !group.steps.includes(one))
      .map((one) => `${name}: step ${one} under the heading`)
  }
  const mine = worksOf(edition).filter((one) => one.workflow === workflow && one.node.step === step.code)
  if (mine.length === 0) return [name]
  const forms = new Set(mine.flatMap(({ node }) => (node.kind === 'task' ? node.forms : [])))
  const posts = new Set(mine.flatMap(({ process, node }) => postsOf(edition, process, node)))
  const { segment } = step
  const leads = new Set(mine.flatMap(({ process, node }) => [...targetsOf(workflow, process, node)]))
  const targets = new Set(step.outcomes.flatMap((one) => [one.to, ...(one.also ? [one.also] : [])]))
  return [
    ...step.lanes.filter((one) => !posts.has(one)).map((one) => `${name}: task of ${one}`),
    ...step.forms.filter((one) => !forms.has(one)).map((one) => `${name}: form ${one}`),
    ...(segment && !mine.some(({ node }) => node.kind === 'call' && isSegment(node, segment))
      ? [`${name}: segment ${segment.workflow} ${segment.from} to ${segment.to}`]
      : []),
    ...(step.ownCase && !mine.some(({ process }) => process.entry === 'own')
      ? [`${name}: a case of its own`]
      : []),
    ...[...targets].filter((one) => !leads.has(one)).map((one) => `${name}: a way to ${one}`),
  ]
}

const isSegment = (node: CallNode, wanted: NonNullable<IndexedStep['segment']>): boolean =>
  node.process.split('.')[0] === wanted.workflow &&
  node.segment?.from === wanted.from &&
  node.segment.to === wanted.to

/** Lanes of a task: its post, who signs it, and whoever may decide on its row of limits. */
function postsOf(edition: Edition, process: Process, node: Work): string[] {
  const lane = process.lanes.find((one) => one.id === node.lane)?.post
  // A call is worked by whoever works in the segment it runs through.
  if (node.kind === 'call')
    return [...(lane ? [lane] : []), ...(node.segment ? inSegment(edition, node, node.segment) : [])]
  const row = edition.norms
    .flatMap((norm) => norm.rows.map((one) => ({ path: `${norm.id}.${one.id}`, cells: one.cells })))
    .find((one) => one.path === node.ladder)
  const ladder = Object.entries(row?.cells ?? {}).filter(([, cell]) => cell.kind !== 'none')
  return [
    node.post,
    ...node.signers,
    ...ladder.flatMap(([post, cell]) => (cell.kind === 'none' ? [] : [post, ...cell.and])),
  ]
}

function inSegment(edition: Edition, call: CallNode, { from, to }: { from: string; to: string }): string[] {
  const order = (one: string, other: string) => one.localeCompare(other, 'en', { numeric: true })
  return worksOf(edition).flatMap(({ workflow, process, node }) =>
    workflow.id === call.process.split('.')[0] &&
    node.kind === 'task' &&
    order(node.step, from) >= 0 &&
    order(node.step, to) <= 0
      ? postsOf(edition, process, node)
      : [],
  )
}

/** Steps and result words met first after a task or call, over decisions, calls into this workflow, and ends of a called process. */
function targetsOf(workflow: Workflow, process: Process, node: Work): Set<string> {
  const hits = new Set(
    node.outcomes.flatMap((one) => one.starts).flatMap((ref) => ref.replace(/^wf:/, '').split('/')[1] ?? []),
  )
  const seen = new Set<string>()
  const meet = (at: Process, id: string): void => {
    if (seen.has(`${at.id}/${id}`)) return
    seen.add(`${at.id}/${id}`)
    const next = at.nodes.find((one) => one.id === id) as FlowNode
    if (next.kind === 'task') hits.add(next.step)
    else if (next.kind === 'call') {
      hits.add(next.step)
      const inner = workflow.processes.find((one) => one.id === next.process)
      for (const one of inner?.nodes ?? []) if (inner && one.kind === 'start') meet(inner, one.id)
    } else if (next.kind === 'end') {
      hits.add(next.result)
      for (const outer of workflow.processes)
        for (const call of outer.nodes)
          if (call.kind === 'call' && call.process === at.id) leave(outer, call, next.result)
    } else {
      if (next.kind === 'milestone') hits.add(next.word)
      for (const flow of at.flows) if (flow.from === id) meet(at, flow.to)
    }
  }
  const leave = (at: Process, from: Work, outcome: string | null): void => {
    for (const flow of at.flows.filter((one) => one.from === from.id)) {
      const ways = at.flows.filter((one) => one.from === flow.to)
      if (ways.some((one) => one.outcome !== null))
        for (const way of ways.filter((one) => outcome === null || one.outcome === outcome)) meet(at, way.to)
      else meet(at, flow.to)
    }
  }
  leave(process, node, null)
  return hits
}
