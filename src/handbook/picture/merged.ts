import type { FlowNode, Lane, Lang, Process, SequenceFlow } from '../model.ts'
import type { Colours } from './colours.ts'
import { layoutSwimLane } from './layout.ts'
import { drawSwimLane } from './swim-lane.ts'

export type Difference = 'added' | 'removed' | 'changed'

/** Two drawings of one process as one: what is gone stands beside what is new. */
export interface Merged {
  readonly process: Process
  /** By node id and by flow id of the merged process; what stayed is left out. */
  readonly nodes: Readonly<Record<string, Difference>>
  readonly flows: Readonly<Record<string, Difference>>
}

/** Where it comes from, where it leads and under which outcome: ids of lines change with every drawing. */
const wayOf = (flow: SequenceFlow): string => `${flow.from}>${flow.to}>${flow.outcome ?? ''}`

/** Lays the graph of two editions over one another, node by node and way by way; one of them may be absent. */
export function mergeProcesses(before: Process | null, after: Process | null): Merged {
  const base = (after ?? before) as Process
  const old = { nodes: before?.nodes ?? [], flows: before?.flows ?? [] }
  const now = { nodes: after?.nodes ?? [], flows: after?.flows ?? [] }
  const nodes: Record<string, Difference> = {}
  const flows: Record<string, Difference> = {}
  const was = new Map(old.nodes.map((one) => [one.id, one]))
  const is = new Set(now.nodes.map((one) => one.id))
  for (const one of now.nodes) {
    const earlier = was.get(one.id)
    if (!earlier) nodes[one.id] = 'added'
    else if (saidOf(earlier, before) !== saidOf(one, after)) nodes[one.id] = 'changed'
  }
  const gone = old.nodes.filter((one) => !is.has(one.id))
  for (const one of gone) nodes[one.id] = 'removed'
  const oldWays = new Map(old.flows.map((one) => [wayOf(one), one]))
  const newWays = new Set(now.flows.map(wayOf))
  for (const one of now.flows) {
    const earlier = oldWays.get(wayOf(one))
    if (!earlier) flows[one.id] = 'added'
    else if (earlier.condition !== one.condition || earlier.name?.zh !== one.name?.zh)
      flows[one.id] = 'changed'
  }
  // Ids of the two drawings may meet; a way that is gone gets one that no file has.
  const goneWays = old.flows
    .filter((one) => !newWays.has(wayOf(one)))
    .map((one) => ({ ...one, id: `gone ${one.id}` }))
  for (const one of goneWays) flows[one.id] = 'removed'
  return {
    process: {
      ...base,
      lanes: lanesOf(before, after, gone),
      nodes: [...now.nodes, ...gone],
      flows: [...now.flows, ...goneWays],
    },
    nodes,
    flows,
  }
}

/** All a node says; where it stands on the sheet says nothing. */
const saidOf = (node: FlowNode, process: Process | null): string =>
  JSON.stringify({
    ...node,
    at: null,
    bounds: null,
    lane: process?.lanes.find((one) => one.id === node.lane)?.post ?? null,
  })

/** The new lanes, and the old ones where something that is gone stood, each where it was. */
function lanesOf(before: Process | null, after: Process | null, gone: readonly FlowNode[]): Lane[] {
  const lanes = [...(after?.lanes ?? [])]
  for (const [index, lane] of (before?.lanes ?? []).entries())
    if (!lanes.some((one) => one.id === lane.id) && gone.some((one) => one.lane === lane.id))
      lanes.splice(Math.min(index, lanes.length), 0, lane)
  return lanes
}

/** Draws both editions of a process in one picture: new is indigo and dashed, gone is red and struck, changed has a framed step. */
export function drawMerged(merged: Merged, lang: Lang, colours: Colours): string {
  return drawSwimLane(layoutSwimLane(merged.process, lang), lang, {
    colours,
    differences: { nodes: merged.nodes, flows: merged.flows },
  })
}
