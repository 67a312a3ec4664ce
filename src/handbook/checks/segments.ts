import type { CallNode, Edition, FlowNode, Process, Workflow } from '../model.ts'
import { byCode, isWork, workAfter, workBefore } from './steps.ts'

/** What a call runs: the workflow, the process of it that holds the first step, and the words it may end with. */
export interface Segment {
  readonly workflow: Workflow
  readonly process: Process
  /** Result words of the ends it may reach, and the points it may pass. */
  readonly words: ReadonlySet<string>
  /** Result words the caller has to take up: those that cannot follow a point he waits for, at which he goes on already. */
  readonly due: ReadonlySet<string>
  /** Steps of the segment to which a way leads from outside it. */
  readonly entered: readonly string[]
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
  const starts = process.nodes
    .filter((node) => (segment ? isWork(node) && node.step === segment.from : node.kind === 'start'))
    .map((node) => node.id)
  const all = walked(process, starts, within)
  const awaited = new Set(call.outcomes.map((one) => one.id))
  const points = process.nodes
    .filter((node) => node.kind === 'milestone' && awaited.has(node.word))
    .map((node) => node.id)
  const tail = walked(process, points, within).results
  return {
    workflow,
    process,
    words: new Set([...all.results, ...all.passed]),
    due: new Set([...all.results].filter((word) => !tail.has(word))),
    entered: segment ? enteredAt(process, within, segment.from) : [],
  }
}

/** Ends and points reached from some nodes, no farther than `within` allows. */
function walked(
  process: Process,
  starts: readonly string[],
  within: (node: FlowNode) => boolean,
): { results: Set<string>; passed: Set<string> } {
  const results = new Set<string>()
  const passed = new Set<string>()
  const seen = new Set<string>()
  const waiting = [...starts]
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const node = process.nodes.find((one) => one.id === id)
    if (!node || seen.has(id) || !within(node)) continue
    seen.add(id)
    if (node.kind === 'end') results.add(node.result)
    if (node.kind === 'milestone') passed.add(node.word)
    for (const flow of process.flows) if (flow.from === id) waiting.push(flow.to)
  }
  return { results, passed }
}

/**
 * Steps of a segment to which a way leads from outside it: from the steps before it, else from the start. A start that parts at once
 * enters at several steps; those beside the first one belong to it.
 */
function enteredAt(process: Process, within: (node: FlowNode) => boolean, from: string): string[] {
  const outside = new Set<string>()
  const started = new Set<string>()
  const first = new Set(
    process.nodes
      .filter((node) => node.kind === 'start')
      .flatMap((node) => workAfter(process, node.id).map((one) => one.id)),
  )
  for (const node of process.nodes) {
    if (!isWork(node) || !within(node)) continue
    const before = workBefore(process, node.id)
    if (before.some((one) => !within(one))) outside.add(node.step)
    if (first.has(node.id)) started.add(node.step)
  }
  return [...outside, ...(started.has(from) ? [] : started)]
}
