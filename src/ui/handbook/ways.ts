import type { FlowNode, Process, Ref, Text } from '../../handbook/model.ts'
import { isStep, type Reading, type StepNode } from '../../handbook/words/element.ts'

/** Where a step leads under one outcome. */
export interface Way {
  /** Id of the outcome; `null` where the step has one way only. */
  readonly outcome: string | null
  /** Name of the outcome, or of the arrow where several leave under one outcome. */
  readonly when: Text | null
  readonly to: readonly FlowNode[]
  readonly commentRequired: boolean
  /** Steps at which another case begins beside. */
  readonly starts: readonly Ref[]
}

/** The ways out of a task or a call, in the order of its outcomes. */
export function waysOf(process: Process, step: StepNode): Way[] {
  const leaving = process.flows.filter((one) => one.from === step.id)
  if (step.outcomes.length === 0)
    return leaving.map((flow) => ({
      outcome: null,
      when: null,
      to: reached(process, flow.to),
      commentRequired: false,
      starts: [],
    }))
  const ways: Way[] = []
  for (const outcome of step.outcomes)
    for (const flow of leaving) {
      const next = process.nodes.find((node) => node.id === flow.to)
      const way = {
        outcome: outcome.id,
        commentRequired: outcome.comment === 'required',
        starts: outcome.starts,
      }
      if (next?.kind !== 'exclusive') {
        ways.push({
          ...way,
          when: step.outcomes.length > 1 ? outcome.name : null,
          to: reached(process, flow.to),
        })
        continue
      }
      for (const branch of process.flows.filter((one) => one.from === next.id))
        if (branch.outcome === outcome.id || branch.outcome === null)
          ways.push({ ...way, when: branch.name ?? outcome.name, to: reached(process, branch.to) })
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

/** A step that goes on after a called flow has ended, with the workflow it stands in. */
export interface Following {
  readonly ref: Ref
  readonly node: StepNode
}

/** Steps that go on in the flows that call `process` once it has ended with `result`; ends up there are followed further up. */
export function followingOf(
  edition: Reading,
  process: string,
  result: string,
  seen: ReadonlySet<string> = new Set(),
): Following[] {
  if (seen.has(process)) return []
  const found = edition.workflows.flatMap((workflow) =>
    workflow.processes.flatMap((caller) =>
      caller.nodes.flatMap((call) =>
        call.kind === 'call' && call.process === process
          ? waysOf(caller, call)
              .filter((way) => way.outcome === null || way.outcome === result)
              .flatMap((way) => way.to)
              .flatMap((node): Following[] =>
                isStep(node)
                  ? [{ ref: `wf:${workflow.id}/${node.step}`, node }]
                  : node.kind === 'end'
                    ? followingOf(edition, caller.id, node.result, new Set([...seen, process]))
                    : [],
              )
          : [],
      ),
    ),
  )
  return [...new Map(found.map((one) => [`${one.ref} ${one.node.id}`, one])).values()]
}
