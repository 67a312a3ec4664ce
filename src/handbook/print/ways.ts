import type {
  CallNode,
  FlowNode,
  GatewayNode,
  MilestoneNode,
  Outcome,
  Process,
  TaskNode,
  Text,
} from '../model.ts'
import { place } from '../picture/place.ts'

/** Where the work goes from a step: by which outcome, under which words, to which step or end. */
export interface Way {
  readonly outcome: Outcome | null
  /** Words on the way, e.g. of a condition. */
  readonly words: readonly Text[]
  readonly to: Exclude<FlowNode, GatewayNode | MilestoneNode>
  /** Leads to an earlier step. */
  readonly back: boolean
}
export type Stop = TaskNode | CallNode

/** Every way on from each step of a process, through its gateways and milestones, in the order they are drawn. */
export function waysOf(process: Process): (step: Stop) => Way[] {
  const { back } = place(process)
  const nodes = new Map(process.nodes.map((node) => [node.id, node]))
  return (step) => {
    const ways: Way[] = []
    const walk = (from: string, sofar: Omit<Way, 'to'>, seen: ReadonlySet<string>): void => {
      for (const flow of process.flows) {
        const to = nodes.get(flow.to)
        if (flow.from !== from || !to || seen.has(flow.id)) continue
        const outcome = step.outcomes.find((one) => one.id === flow.outcome)
        // A second gateway may ask for the same outcome again: a way that asks for another one cannot be gone.
        if (outcome && sofar.outcome && outcome.id !== sofar.outcome.id) continue
        const known = outcome ?? sofar.outcome
        const said = flow.name && flow.name.zh !== known?.name.zh ? [flow.name] : []
        const way = {
          outcome: known,
          words: [...sofar.words, ...said],
          back: sofar.back || back.has(flow.id),
        }
        if (passes(to)) walk(to.id, way, new Set([...seen, flow.id]))
        else if (
          !ways.some((one) => one.to === to && one.outcome === way.outcome && same(one.words, way.words))
        )
          ways.push({ ...way, to })
      }
    }
    walk(step.id, { outcome: null, words: [], back: false }, new Set())
    const rank = (way: Way) => (way.outcome ? step.outcomes.indexOf(way.outcome) : step.outcomes.length)
    return ways.sort((a, b) => rank(a) - rank(b))
  }
}

const passes = (node: FlowNode): node is GatewayNode | MilestoneNode =>
  node.kind === 'exclusive' || node.kind === 'parallel' || node.kind === 'milestone'
const same = (a: readonly Text[], b: readonly Text[]): boolean =>
  a.length === b.length && a.every((text, at) => text.zh === b[at]?.zh)
