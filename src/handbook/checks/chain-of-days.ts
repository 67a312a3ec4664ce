import type { CallNode, Deadline, Edition, Process, SequenceFlow, TaskNode, Workflow } from '../model.ts'
import { findNorm, isDeadline } from '../words/norms.ts'
import { forwardOrder, isWork, workAfter, workBefore } from './steps.ts'

export interface Station {
  readonly workflow: Workflow
  readonly node: TaskNode | CallNode
}

/** A step's deadline, when it has one that is there. */
export function deadlineOf(edition: Edition, node: TaskNode | CallNode): Deadline | null {
  const value = node.due ? findNorm(edition, node.due)?.value : null
  return isDeadline(value) ? value : null
}

/** Steps that follow each other directly: along the flow without the ways back, and where an outcome starts another case beside. */
export function* pairs(edition: Edition): Iterable<[Station, Station]> {
  for (const workflow of edition.workflows)
    for (const process of workflow.processes) {
      const order = forwardOrder(process)
      for (const node of process.nodes) {
        if (!isWork(node)) continue
        for (const after of workAfter(process, node.id, order))
          yield [
            { workflow, node },
            { workflow, node: after },
          ]
        for (const ref of node.outcomes.flatMap((one) => one.starts))
          for (const begun of begunBy(edition, ref)) yield [{ workflow, node }, begun]
      }
    }
}

function* begunBy(edition: Edition, ref: string): Iterable<Station> {
  const [id, step] = ref.replace(/^wf:/, '').split('/')
  const workflow = edition.workflows.find((one) => one.id === id)
  for (const process of workflow?.processes ?? [])
    for (const node of process.nodes)
      if (workflow && isWork(node) && node.step === step) yield { workflow, node }
}

const refuses = (process: Process, flow: SequenceFlow): boolean =>
  flow.outcome !== null &&
  workBefore(process, flow.from).some((one) =>
    one.outcomes.some((outcome) => outcome.id === flow.outcome && outcome.negative),
  )

/** From a step with a fixed day to the next ones with a fixed day, with what the steps between may take. */
export interface Stretch {
  readonly from: TaskNode | CallNode
  readonly to: TaskNode | CallNode
  readonly between: readonly Deadline[]
}

/** Every stretch between two fixed days of a process, over steps due so many days after they begin; refusals are not the regular way. */
export function stretches(edition: Edition, process: Process): Stretch[] {
  const order = forwardOrder(process)
  const found: Stretch[] = []
  const go = (from: TaskNode | CallNode, at: TaskNode | CallNode, between: readonly Deadline[]): void => {
    for (const next of workAfter(process, at.id, order, (flow) => !refuses(process, flow))) {
      const deadline = deadlineOf(edition, next)
      if (!deadline) continue
      if (deadline.date) found.push({ from, to: next, between })
      else if (deadline.workdays !== undefined || deadline.days !== undefined)
        go(from, next, [...between, deadline])
    }
  }
  for (const node of process.nodes) if (isWork(node) && deadlineOf(edition, node)?.date) go(node, node, [])
  return found
}
