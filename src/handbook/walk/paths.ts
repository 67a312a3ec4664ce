import type { Edition, FlowNode, Process } from '../model.ts'
import { type Move, ProcessWalk, type State } from './states.ts'

/** A way from the start to an end, completion by completion. */
export interface Path {
  readonly moves: readonly Move[]
  readonly result: string
}

export interface Paths {
  readonly paths: readonly Path[]
  /** Moves from which no end can be reached any more. */
  readonly stuck: readonly Move[]
  /** Nodes that are reached again while a token still waits there, each with the move that does it. */
  readonly piled: readonly { readonly node: FlowNode; readonly by: Move }[]
}

interface Edge {
  readonly from: string
  readonly to: string
  readonly move: Move
}

/** States beyond this number mean that a drawing counts without end. */
const mostStates = 5_000

/**
 * Every way through a process that a reader can tell apart: each outcome of each task in each round that matters is taken at least
 * once, each loop once and to its limit, and every path ends. The number of paths grows with the number of decisions, not with
 * their combinations.
 */
export function pathsOf(edition: Edition, process: Process): Paths {
  const walk = new ProcessWalk(edition, process)
  const begun = walk.begin()
  const start = keyOf(begun.to)
  const states = new Map<string, State>([[start, begun.to]])
  const edges: Edge[] = []
  const reached = new Map<string, Edge | null>([[start, null]])
  const into = new Map<string, Edge[]>()
  const ends = new Set<string>()
  const piled = new Map<string, { node: FlowNode; by: Move }>()
  for (const [key, state] of states) {
    const moves = walk.moves(state)
    if (state.tokens.length === 0) ends.add(key)
    for (const move of moves) {
      const twice = walk.piled(move.to)
      if (twice) {
        piled.set(`${twice.id} ${move.node.id}`, { node: twice, by: move })
        continue
      }
      const edge = { from: key, to: keyOf(move.to), move }
      edges.push(edge)
      into.set(edge.to, [...(into.get(edge.to) ?? []), edge])
      if (!states.has(edge.to)) {
        states.set(edge.to, move.to)
        reached.set(edge.to, edge)
      }
    }
    if (states.size > mostStates) throw new Error(`${process.id}: more than ${mostStates} states`)
  }
  const onward = shortestOnward(ends, into)
  const covered = new Set<Edge>()
  const paths: Path[] = []
  // Whoever starts with the farthest edges covers the near ones on the way.
  for (const edge of [...edges].reverse()) {
    if (covered.has(edge) || (!ends.has(edge.to) && !onward.has(edge.to))) continue
    const way = [...before(edge.from, reached), edge, ...after(edge.to, onward)]
    for (const one of way) covered.add(one)
    const result = way.at(-1)?.move.result ?? ''
    paths.push({ moves: way.map((one) => one.move), result })
  }
  const stuck = edges.filter((edge) => !ends.has(edge.to) && !onward.has(edge.to)).map((edge) => edge.move)
  return {
    paths: paths.sort((a, b) => a.moves.length - b.moves.length),
    stuck,
    piled: [...piled.values()],
  }
}

const keyOf = (state: State): string =>
  JSON.stringify([state.tokens, Object.entries(state.rounds).sort(([a], [b]) => a.localeCompare(b))])

/** From each state the first edge of a shortest way to an end. */
function shortestOnward(
  ends: ReadonlySet<string>,
  into: ReadonlyMap<string, readonly Edge[]>,
): Map<string, Edge> {
  const onward = new Map<string, Edge>()
  const queue = [...ends]
  for (const key of queue)
    for (const edge of into.get(key) ?? [])
      if (!onward.has(edge.from) && !ends.has(edge.from)) {
        onward.set(edge.from, edge)
        queue.push(edge.from)
      }
  return onward
}

function before(key: string, reached: ReadonlyMap<string, Edge | null>): Edge[] {
  const way: Edge[] = []
  for (let edge = reached.get(key); edge; edge = reached.get(edge.from)) way.push(edge)
  return way.reverse()
}

function after(key: string, onward: ReadonlyMap<string, Edge>): Edge[] {
  const way: Edge[] = []
  for (let edge = onward.get(key); edge; edge = onward.get(edge.to)) way.push(edge)
  return way
}
