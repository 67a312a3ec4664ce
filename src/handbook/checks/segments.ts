import type { CallNode, Edition, FlowNode, Process, Workflow } from '../model.ts'
import { byCode, isWork } from './steps.ts'

/** What a call runs: the workflow, the process of it that holds the first step, and the words it may end with. */
export interface Segment {
  readonly workflow: Workflow
  readonly process: Process
  /** Result words of the ends it reaches, and the points it passes. */
  readonly results: ReadonlySet<string>
  readonly passed: ReadonlySet<string>
  /** Steps at which the process begins. */
  readonly first: readonly string[]
}

/** The workflow that a call's process belongs to: its own, or the one of which it is the main process. */
export const ownerOf = (edition: Edition, call: CallNode): Workflow | undefined =>
  edition.workflows.find((one) => one.processes.some((process) => process.id === call.process))

/** What a call runs through; `null` when the process or the first step does not exist. */
export function segmentOf(edition: Edition, call: CallNode): Segment | null {
  const workflow = ownerOf(edition, call)
  if (!workflow) return null
  const named = workflow.processes.find((one) => one.id === call.process)
  const { segment } = call
  const holds = (process: Process | undefined) =>
    process?.nodes.some((node) => isWork(node) && node.step === segment?.from) ?? false
  const process =
    !segment || holds(named)
      ? named
      : (workflow.processes.find((one) => one.entry !== 'called' && holds(one)) ??
        workflow.processes.find(holds))
  if (!process) return null
  const within = (node: FlowNode) =>
    !segment || !isWork(node) || (byCode(node.step, segment.from) >= 0 && byCode(node.step, segment.to) <= 0)
  const results = new Set<string>()
  const passed = new Set<string>()
  const seen = new Set<string>()
  const waiting = process.nodes
    .filter((node) => (segment ? isWork(node) && node.step === segment.from : node.kind === 'start'))
    .map((node) => node.id)
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const node = process.nodes.find((one) => one.id === id)
    if (!node || seen.has(id) || !within(node)) continue
    seen.add(id)
    if (node.kind === 'end') results.add(node.result)
    if (node.kind === 'milestone') passed.add(node.word)
    for (const flow of process.flows) if (flow.from === id) waiting.push(flow.to)
  }
  return { workflow, process, results, passed, first: firstSteps(process) }
}

function firstSteps(process: Process): string[] {
  const found = new Set<string>()
  const seen = new Set<string>()
  const waiting = process.nodes.filter((node) => node.kind === 'start').map((node) => node.id)
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const node = process.nodes.find((one) => one.id === id)
    if (!node || seen.has(id)) continue
    seen.add(id)
    if (isWork(node)) found.add(node.step)
    else for (const flow of process.flows) if (flow.from === id) waiting.push(flow.to)
  }
  return [...found]
}
