import type { CallNode, Deadline, Edition, PostId, Process, TaskNode, Text } from '../model.ts'
import { findNorm, isDeadline } from '../words/norms.ts'
import { sampleHolder } from './people.ts'
import { type Move, ProcessWalk, type State } from './states.ts'

/** How days are counted; the caller's calendar. Days are `YYYY-MM-DD`. */
export interface Days {
  /** The day a deadline ends that begins on `opened`; `null` when it cannot be counted. */
  due(deadline: Deadline, opened: string): string | null
  /** The working day after `day`. */
  next(day: string): string
}

/** A task of a walk: who has it, since when, until when. */
export interface ToldTask {
  readonly node: string
  readonly step: string
  readonly name: Text
  readonly post: PostId | null
  /** Invented holder of the post. */
  readonly person: Text | null
  readonly opened: string
  readonly due: string | null
  /** The norm in words; tells it where no day can be counted. */
  readonly dueWords: Text | null
  readonly note: Text | null
  readonly round: number
  readonly outcomes: readonly {
    readonly id: string
    readonly name: Text
    readonly negative: boolean
    readonly starts: readonly string[]
  }[]
}
export interface ToldStep extends ToldTask {
  readonly outcome: string | null
  readonly outcomeName: Text | null
  readonly milestones: readonly string[]
  readonly result: string | null
}
export interface ToldWalk {
  readonly done: readonly ToldStep[]
  readonly waiting: readonly ToldTask[]
  /** Result word of the last end that was reached; with nothing waiting, how the case ended. */
  readonly result: string | null
}

/** `register.known`: a task and what was chosen; a call that has one way only is chosen by its node alone. */
export type Choice = string

/**
 * Walks a process without records by the choices given, and tells who gets which task, by when, and how it ends. Every task is done on
 * its last day, so that the dates show what the norms allow.
 * @throws RangeError naming the choice that cannot be made
 */
export function tellWalk(
  edition: Edition,
  process: Process,
  choices: readonly Choice[],
  days: Days,
  begun: string,
): ToldWalk {
  const walk = new ProcessWalk(edition, process)
  let state: State = walk.begin().to
  const opened = new Map<string, string>(state.tokens.map((token) => [token.node, begun]))
  const done: ToldStep[] = []
  let result: string | null = null
  for (const choice of choices) {
    const move = walk.choices(state).find((one) => keyOf(one) === choice)
    if (!move) throw new RangeError(choice)
    const since = opened.get(move.node.id) ?? begun
    const task = told(edition, move.node, since, move.round, days)
    const outcome = task.outcomes.find((one) => one.id === move.outcome)
    done.push({
      ...task,
      outcome: move.outcome,
      outcomeName: outcome?.name ?? null,
      milestones: move.milestones,
      result: move.result,
    })
    result = move.result ?? result
    const before = new Set(state.tokens.map((token) => token.node))
    const finished = task.due ?? days.next(since)
    for (const token of move.to.tokens)
      if (!before.has(token.node) || token.node === move.node.id) opened.set(token.node, finished)
    state = move.to
  }
  const waiting = new Map(walk.choices(state).map((move) => [move.node.id, move]))
  return {
    done,
    waiting: [...waiting.values()].map((move) =>
      told(edition, move.node, opened.get(move.node.id) ?? begun, move.round, days),
    ),
    result,
  }
}

export const keyOf = (move: Pick<Move, 'node' | 'outcome'>): Choice =>
  move.outcome === null ? move.node.id : `${move.node.id}.${move.outcome}`

function told(
  edition: Edition,
  node: TaskNode | CallNode,
  opened: string,
  round: number,
  days: Days,
): ToldTask {
  const norm = node.due ? findNorm(edition, node.due) : null
  const deadline = norm && isDeadline(norm.value) ? norm.value : null
  const post = node.kind === 'task' ? node.post : null
  return {
    node: node.id,
    step: node.step,
    name: node.name,
    post,
    person: post ? sampleHolder(edition, post) : null,
    opened,
    due: deadline ? days.due(deadline, opened) : null,
    dueWords: norm?.words ?? null,
    note: node.note ?? null,
    round,
    outcomes: node.outcomes.map(({ id, name, negative, starts }) => ({ id, name, negative, starts })),
  }
}
