import type { CallNode, Edition, FlowNode, Process, TaskNode, Workflow } from '../model.ts'

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
