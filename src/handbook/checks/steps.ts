import type { CallNode, Edition, FlowNode, Process, SequenceFlow, TaskNode, Workflow } from '../model.ts'

/** Every node of an edition with where it stands. */
export interface Placed<N extends FlowNode = FlowNode> {
  readonly workflow: Workflow
  readonly process: Process
  readonly node: N
}

export function* nodesOf(edition: Edition): Iterable<Placed> {
  for (const workflow of edition.workflows)
    for (const process of workflow.processes)
      for (const node of process.nodes) yield { workflow, process, node }
}

export function* tasksOf(edition: Edition): Iterable<Placed<TaskNode>> {
  for (const { workflow, process, node } of nodesOf(edition))
    if (node.kind === 'task') yield { workflow, process, node }
}

export function* callsOf(edition: Edition): Iterable<Placed<CallNode>> {
  for (const { workflow, process, node } of nodesOf(edition))
    if (node.kind === 'call') yield { workflow, process, node }
}

/** A node is worked by only when its workflow is, too. */
export const adoptionOf = (workflow: Workflow, node: FlowNode): 'running' | 'described' =>
  workflow.adoption === 'running' && (!('adoption' in node) || node.adoption === 'running')
    ? 'running'
    : 'described'

/** `PLAN/C-3` of every drawn step. */
export function stepCodes(edition: Edition): Set<string> {
  const codes = new Set<string>()
  for (const { workflow, node } of nodesOf(edition))
    if ((node.kind === 'task' || node.kind === 'call') && node.step) codes.add(`${workflow.id}/${node.step}`)
  return codes
}

/** How users call a node: its step code and name. */
export function called(node: FlowNode): { zh: string; en: string } {
  const code = 'step' in node && node.step ? `${node.step} ` : ''
  return { zh: `“${code}${node.name.zh || node.id}”`, en: `“${code}${node.name.en || node.id}”` }
}

/** Printed codes in their order: `P-2` before `P-12a` before `P-12b`. */
export const byCode = (one: string, other: string): number =>
  one.localeCompare(other, 'en', { numeric: true })

export const isWork = (node: FlowNode | undefined): node is TaskNode | CallNode =>
  node?.kind === 'task' || node?.kind === 'call'

/** Tasks and calls that stand directly before a node, over gateways and milestones. */
export function workBefore(process: Process, id: string): (TaskNode | CallNode)[] {
  const found = new Map<string, TaskNode | CallNode>()
  const seen = new Set<string>()
  const waiting = [id]
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop())
    for (const flow of process.flows) {
      if (flow.to !== at || seen.has(flow.from)) continue
      seen.add(flow.from)
      const node = process.nodes.find((one) => one.id === flow.from)
      if (isWork(node)) found.set(node.id, node)
      else if (node) waiting.push(node.id)
    }
  return [...found.values()]
}

/** Nodes in the order of a walk that leaves out the ways that lead back. */
export function forwardOrder(process: Process): Map<string, number> {
  const done: string[] = []
  const seen = new Set<string>()
  const walk = (id: string): void => {
    if (seen.has(id)) return
    seen.add(id)
    for (const flow of process.flows) if (flow.from === id) walk(flow.to)
    done.push(id)
  }
  for (const one of process.nodes) if (one.kind === 'start') walk(one.id)
  return new Map(done.reverse().map((id, index) => [id, index]))
}

/** Tasks and calls that follow a node directly, over gateways and milestones, leaving out the ways that lead back. */
export function workAfter(
  process: Process,
  id: string,
  order = forwardOrder(process),
  takes: (flow: SequenceFlow) => boolean = () => true,
): (TaskNode | CallNode)[] {
  const found = new Map<string, TaskNode | CallNode>()
  const next = (from: string): void => {
    for (const flow of process.flows) {
      if (flow.from !== from || (order.get(flow.to) ?? -1) <= (order.get(from) ?? 0) || !takes(flow)) continue
      const node = process.nodes.find((one) => one.id === flow.to)
      if (isWork(node)) found.set(node.id, node)
      else if (node) next(node.id)
    }
  }
  next(id)
  return [...found.values()]
}
