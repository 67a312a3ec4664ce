import type { FlowNode, Process, TaskNode, Text } from '../../handbook/model.ts'

/** Where a task leads under one outcome. */
export interface Way {
  /** Name of the outcome, or of the arrow where several leave under one outcome. */
  readonly when: Text | null
  readonly to: readonly FlowNode[]
  readonly commentRequired: boolean
}

/** The ways out of a task, in the order of its outcomes. */
export function waysOf(process: Process, task: TaskNode): Way[] {
  const ways: Way[] = []
  for (const outcome of task.outcomes)
    for (const flow of process.flows.filter((one) => one.from === task.id)) {
      const next = process.nodes.find((node) => node.id === flow.to)
      const commentRequired = outcome.comment === 'required'
      if (next?.kind !== 'exclusive') {
        ways.push({
          when: task.outcomes.length > 1 ? outcome.name : null,
          to: reached(process, flow.to),
          commentRequired,
        })
        continue
      }
      for (const branch of process.flows.filter((one) => one.from === next.id))
        if (branch.outcome === outcome.id || branch.outcome === null)
          ways.push({ when: branch.name ?? outcome.name, to: reached(process, branch.to), commentRequired })
    }
  return ways
}

/** What a token meets next: gateways are passed, a fork leads to several. */
function reached(process: Process, id: string, seen: ReadonlySet<string> = new Set()): FlowNode[] {
  const node = process.nodes.find((one) => one.id === id)
  if (!node || seen.has(id)) return []
  if (node.kind !== 'parallel' && node.kind !== 'exclusive') return [node]
  return process.flows
    .filter((flow) => flow.from === id)
    .flatMap((flow) => reached(process, flow.to, new Set([...seen, id])))
}
