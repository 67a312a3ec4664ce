import { holds } from '../conditions.ts'
import type { CallNode, Edition, FlowNode, Process, SequenceFlow, TaskNode } from '../model.ts'

/** A token of a process without records: where it stands, and by which line it came (a join asks for it). */
export interface Token {
  readonly node: string
  readonly flow: string | null
}

/** Where a case stands: its tokens, and how often each node before a counted decision has been completed. */
export interface State {
  readonly tokens: readonly Token[]
  readonly rounds: Readonly<Record<string, number>>
}

/** One completion: which task or call, by which outcome, and what came of it. */
export interface Move {
  readonly node: TaskNode | CallNode
  readonly outcome: string | null
  readonly round: number
  readonly milestones: readonly string[]
  /** Result word of an end that was reached. */
  readonly result: string | null
  readonly to: State
}

/** The way a token came to a decision. */
interface Came {
  readonly outcome: string | null
  readonly round: number
}

/** Thrown where a way ends in nothing: the drawing is at fault, and the sentence says where. */
export class DeadEnd extends Error {
  readonly node: FlowNode
  constructor(node: FlowNode, outcome: string | null) {
    super(`${node.id}: no way on after ${outcome ?? 'it'}`)
    this.node = node
  }
}

/** Walks one process of an edition by hand: who waits, what may be chosen, where it leads. Holds no state itself. */
export class ProcessWalk {
  readonly #nodes: ReadonlyMap<string, FlowNode>
  readonly #out = new Map<string, SequenceFlow[]>()
  readonly #into = new Map<string, SequenceFlow[]>()
  readonly #order: ReadonlyMap<string, number>
  /** Nodes whose next decision counts rounds, with the count from which nothing changes any more. */
  readonly #counted = new Map<string, number>()
  readonly #edition: Edition
  readonly #process: Process
  readonly #cutsOff: boolean

  constructor(edition: Edition, process: Process) {
    this.#edition = edition
    this.#process = process
    this.#cutsOff = process.nodes.some((node) => node.kind === 'end' && node.terminates)
    this.#nodes = new Map(process.nodes.map((node) => [node.id, node]))
    this.#order = new Map(process.nodes.map((node, index) => [node.id, index]))
    for (const flow of process.flows) {
      this.#out.set(flow.from, [...(this.#out.get(flow.from) ?? []), flow])
      this.#into.set(flow.to, [...(this.#into.get(flow.to) ?? []), flow])
    }
    for (const node of process.nodes) {
      const gate = this.#nodes.get(this.#out.get(node.id)?.[0]?.to ?? '')
      const conditions = (this.#out.get(gate?.id ?? '') ?? []).flatMap((flow) => flow.condition ?? [])
      if (gate?.kind === 'exclusive' && conditions.length > 0)
        this.#counted.set(node.id, this.#settlesAt(conditions))
    }
  }

  /** State of a case that has just begun. */
  begin(): Omit<Move, 'node' | 'outcome' | 'round'> {
    const start = this.#process.nodes.find((node) => node.kind === 'start')
    if (!start) throw new Error(`${this.#process.id} has no start`)
    return this.#run([], {}, { node: start.id, flow: null }, { outcome: null, round: 0 })
  }

  /**
   * Everything that may happen next, in the order of the drawing. Of several waiting tasks the first is done first, which shows every
   * outcome there is; only where an end may cut the others off does their order matter, and each may come first.
   */
  moves(state: State): Move[] {
    const waiting = this.#waiting(state)
    return (this.#cutsOff ? waiting : waiting.slice(0, 1)).flatMap((token) => this.#movesOf(state, token))
  }

  /** The same for whoever chooses himself: every outcome of every waiting task. */
  choices(state: State): Move[] {
    return this.#waiting(state).flatMap((token) => this.#movesOf(state, token))
  }

  #waiting(state: State): Token[] {
    return state.tokens
      .filter((one) => this.#waits(one))
      .sort((a, b) => (this.#order.get(a.node) ?? 0) - (this.#order.get(b.node) ?? 0))
  }

  #movesOf(state: State, token: Token): Move[] {
    const node = this.#nodes.get(token.node) as TaskNode | CallNode
    const rest = [...state.tokens]
    rest.splice(state.tokens.indexOf(token), 1)
    const round = (state.rounds[node.id] ?? 0) + 1
    const most = this.#counted.get(node.id)
    const rounds = most === undefined ? state.rounds : { ...state.rounds, [node.id]: Math.min(round, most) }
    const outcomes = outcomesOf(node)
    return (outcomes.length > 0 ? outcomes : [null]).map((outcome) => ({
      node,
      outcome,
      round,
      ...this.#run(rest, rounds, token, { outcome, round }),
    }))
  }

  /** A node at which two tokens wait at once: whoever works there would get the same task twice. */
  piled(state: State): FlowNode | null {
    const twice = state.tokens.find(
      (one, index) =>
        this.#waits(one) && state.tokens.some((other, at) => at < index && other.node === one.node),
    )
    return twice ? (this.#nodes.get(twice.node) ?? null) : null
  }

  #waits(token: Token): boolean {
    const kind = this.#nodes.get(token.node)?.kind
    return kind === 'task' || kind === 'call'
  }

  /** Lets a token leave its node and run on until it waits, ends, or stands at a join. */
  #run(
    rest: readonly Token[],
    rounds: State['rounds'],
    from: Token,
    came: Came,
  ): Omit<Move, 'node' | 'outcome' | 'round'> {
    const tokens = [...rest]
    const milestones: string[] = []
    let result: string | null = null
    const leave = (node: FlowNode): void => {
      const ways = node.kind === 'parallel' ? (this.#out.get(node.id) ?? []) : [this.#chosen(node, came)]
      for (const way of ways) arrive({ node: way.to, flow: way.id })
    }
    const arrive = (token: Token): void => {
      const node = this.#nodes.get(token.node) as FlowNode
      if (node.kind === 'end') {
        result = node.result
        if (node.terminates) tokens.length = 0
        return
      }
      if (node.kind === 'milestone') milestones.push(node.word)
      if (node.kind === 'task' || node.kind === 'call') {
        tokens.push(token)
        return
      }
      if (node.kind === 'parallel') {
        tokens.push(token)
        const into = this.#into.get(node.id) ?? []
        const here = into.map((way) => tokens.find((one) => one.node === node.id && one.flow === way.id))
        if (here.some((one) => one === undefined)) return
        for (const one of here) tokens.splice(tokens.indexOf(one as Token), 1)
      }
      leave(node)
    }
    leave(this.#nodes.get(from.node) as FlowNode)
    return { milestones, result, to: { tokens: sorted(tokens), rounds } }
  }

  #chosen(node: FlowNode, came: Came): SequenceFlow {
    const out = this.#out.get(node.id) ?? []
    const fits = (flow: SequenceFlow) => flow.outcome === null || flow.outcome === came.outcome
    const way =
      node.kind === 'exclusive'
        ? (out.find((one) => one.condition && fits(one) && holds(this.#edition, one.condition, came.round)) ??
          out.find((one) => !one.condition && one.outcome !== null && fits(one)) ??
          out.find((one) => !one.condition && fits(one)))
        : out[0]
    if (!way) throw new DeadEnd(node, came.outcome)
    return way
  }

  /** The first round from which all conditions stay as they are; twelve at most, which is a year of months. */
  #settlesAt(conditions: readonly string[]): number {
    const most = 12
    const at = (round: number) => conditions.map((one) => holds(this.#edition, one, round)).join()
    let settled = most
    while (settled > 1 && at(settled - 1) === at(most)) settled -= 1
    return settled
  }
}

/** What may be chosen at a task; at a call, the result words of what it calls. */
export const outcomesOf = (node: TaskNode | CallNode): readonly string[] =>
  ('outcomes' in node ? (node.outcomes ?? []) : []).map((one) => one.id)

const sorted = (tokens: readonly Token[]): Token[] =>
  [...tokens].sort((a, b) => `${a.node} ${a.flow}`.localeCompare(`${b.node} ${b.flow}`))
