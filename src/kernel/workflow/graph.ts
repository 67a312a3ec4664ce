import type {
  FlowNode,
  Place,
  Problem,
  Process,
  SequenceFlow,
  TaskNode,
  Text,
  Workflow,
} from '../../handbook/model.ts'

/** One process, indexed for walking. */
export interface Graph {
  readonly process: Process
  readonly start: FlowNode
  node(id: string): FlowNode
  out(id: string): readonly SequenceFlow[]
  into(id: string): readonly SequenceFlow[]
}
/** A workflow as it was published; a case keeps it for life. */
export interface CompiledWorkflow {
  readonly workflow: Workflow
  graph(process: string): Graph
}

/** Whether the program works by a node; a token that reaches a described one rests there. */
export const runs = (node: FlowNode): boolean =>
  (node.kind !== 'task' && node.kind !== 'call') || node.adoption === 'running'

/** Indexes a workflow that `faultsOf` found sound. Unknown ids are defects and throw. */
export function compile(workflow: Workflow): CompiledWorkflow {
  const graphs = new Map(workflow.processes.map((process) => [process.id, indexed(process)]))
  return Object.freeze({
    workflow,
    graph(process: string) {
      const graph = graphs.get(process)
      if (!graph) throw new Error(`${workflow.id} has no process ${process}`)
      return graph
    },
  })
}

function indexed(process: Process): Graph {
  const nodes = new Map(process.nodes.map((node) => [node.id, node]))
  const out = grouped(process.flows, 'from')
  const into = grouped(process.flows, 'to')
  const node = (id: string) => {
    const found = nodes.get(id)
    if (!found) throw new Error(`${process.id} has no node ${id}`)
    return found
  }
  return Object.freeze({
    process,
    start: process.nodes.find((one) => one.kind === 'start') as FlowNode,
    node,
    out: (id: string) => out.get(id) ?? [],
    into: (id: string) => into.get(id) ?? [],
  })
}

function grouped(flows: readonly SequenceFlow[], by: 'from' | 'to'): Map<string, SequenceFlow[]> {
  const groups = new Map<string, SequenceFlow[]>()
  for (const flow of flows) groups.set(flow[by], [...(groups.get(flow[by]) ?? []), flow])
  return groups
}

/** Everything in the workflow that the engine cannot run, each with its place; empty for a sound one. */
export function faultsOf(
  workflow: Workflow,
  bound: { acts: ReadonlyMap<string, unknown>; collections: ReadonlyMap<string, unknown> },
): Problem[] {
  const problems: Problem[] = []
  const say = (where: Place, zh: string, en: string, severity: Problem['severity'] = 'error') =>
    problems.push({
      check: 'workflow',
      severity,
      where,
      ref: `wf:${workflow.id}`,
      message: { zh, en } as Text,
    })
  const processes = new Set(workflow.processes.map((one) => one.id))
  for (const process of workflow.processes) {
    const { nodes, flows } = process
    const known = new Map(nodes.map((node) => [node.id, node]))
    if (nodes.filter((node) => node.kind === 'start').length !== 1)
      say(workflow.at, `${process.id} 要有且只有一个开始`, `${process.id} needs exactly one start`)
    if (!nodes.some((node) => node.kind === 'end'))
      say(workflow.at, `${process.id} 没有结束`, `${process.id} has no end`)
    for (const flow of flows)
      if (!known.has(flow.from) || !known.has(flow.to))
        say(flow.at, `连线 ${flow.id} 没有接上`, `Flow ${flow.id} is not connected`)
    for (const node of nodes) {
      const out = flows.filter((flow) => flow.from === node.id)
      const into = flows.filter((flow) => flow.to === node.id)
      const gateway = node.kind === 'exclusive' || node.kind === 'parallel'
      if (node.kind !== 'end' && out.length === 0)
        say(node.at, `${node.id} 之后没有去处`, `Nothing follows ${node.id}`)
      if (node.kind !== 'start' && into.length === 0)
        say(node.at, `${node.id} 走不到`, `Nothing leads to ${node.id}`)
      if (!gateway && out.length > 1)
        say(node.at, `${node.id} 之后分叉要用网关`, `Use a gateway where the way parts after ${node.id}`)
      if (node.kind === 'exclusive' && out.length > 1) sayOfChoice(node, out, into, known, say)
      if (node.kind === 'call' && !processes.has(node.process))
        say(node.at, `没有被调用的流程 ${node.process}`, `There is no process ${node.process} to call`)
      if (node.kind === 'end' && node.terminates && workflow.adoption === 'running')
        say(
          node.at,
          `${node.id} 会终止整个事项，程序还不能运行这种结束；先汇合再结束`,
          `${node.id} ends the whole case at once, which cannot run yet; join the ways before the end`,
        )
      if (!runs(node)) continue
      if (node.kind === 'call' && !bound.collections.has(node.each ?? ''))
        say(node.at, `程序里没有名单 ${node.each ?? ''}`, `The program has no collection ${node.each ?? ''}`)
      if (node.kind === 'task') {
        if (node.outcomes.length === 0)
          say(node.at, `${node.id} 没有结果可选`, `${node.id} offers no outcome`)
        if (!node.act || !bound.acts.has(node.act))
          say(node.at, `程序里没有动作 ${node.act ?? ''}`, `The program has no act ${node.act ?? ''}`)
      }
    }
  }
  return problems
}

function sayOfChoice(
  node: FlowNode,
  out: readonly SequenceFlow[],
  into: readonly SequenceFlow[],
  known: ReadonlyMap<string, FlowNode>,
  say: (where: Place, zh: string, en: string) => void,
): void {
  if (out.some((flow) => !flow.outcome) && out.every((flow) => flow.condition))
    say(node.at, `${node.id} 没有默认去处`, `${node.id} has no default way`)
  if (!out.some((flow) => flow.outcome)) return
  for (const flow of into) {
    const before = known.get(flow.from)
    if (before?.kind !== 'task') {
      say(
        node.at,
        `${node.id} 按结果选路，前面要是任务`,
        `${node.id} chooses by outcome: a task must stand before it`,
      )
      continue
    }
    const uncovered = before.outcomes.filter((one) => !leads(out, one.id))
    for (const one of uncovered)
      say(node.at, `结果 ${one.id} 在 ${node.id} 没有去处`, `Outcome ${one.id} has no way at ${node.id}`)
  }
}

const leads = (out: readonly SequenceFlow[], outcome: string): boolean =>
  out.some((flow) => (flow.outcome === outcome || flow.outcome === null) && flow.condition === null)

/** The task nodes of a process in drawing order. */
export const tasksOf = (graph: Graph): TaskNode[] =>
  graph.process.nodes.filter((node): node is TaskNode => node.kind === 'task')
