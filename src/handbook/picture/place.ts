import type { FlowNode, Process } from '../model.ts'

/** A node's cell: column from the left, row from the top; several rows may belong to one lane. */
export interface Cell {
  readonly column: number
  readonly row: number
}
export interface Placing {
  readonly cells: ReadonlyMap<string, Cell>
  /** Lane index of each row; `-1` is the row of documents above the lanes. */
  readonly rows: readonly number[]
  readonly columns: number
  /** Ways that lead back to an earlier step. */
  readonly back: ReadonlySet<string>
}

/** Steps in the order of the flow: whatever follows stands later, loops left aside. */
function ordered(process: Process): string[] {
  const done: string[] = []
  const seen = new Set<string>()
  const walk = (id: string): void => {
    if (seen.has(id)) return
    seen.add(id)
    for (const flow of process.flows.filter((one) => one.from === id).reverse()) walk(flow.to)
    done.push(id)
  }
  for (const kind of ['start', 'any'] as const)
    for (const node of process.nodes) if (kind === 'any' || node.kind === 'start') walk(node.id)
  return done.reverse()
}

/**
 * Gives every node its cell. A node stands one column after what leads to it; where the lane changes it may stand straight above or
 * below instead, which keeps a long flow narrow enough to read.
 */
export function place(process: Process): Placing {
  const order = ordered(process)
  const rank = new Map(order.map((id, index) => [id, index]))
  const back = new Set(
    process.flows.filter((one) => (rank.get(one.to) ?? 0) <= (rank.get(one.from) ?? 0)).map((one) => one.id),
  )
  const node = new Map(process.nodes.map((one) => [one.id, one]))
  const laneOf = (one: FlowNode) =>
    Math.max(
      0,
      process.lanes.findIndex((lane) => lane.id === one.lane),
    )
  // While placing, a row is its lane and a number within the lane; rows are counted through afterwards.
  const at = new Map<string, { column: number; lane: number; sub: number }>()
  const taken = new Map<string, string>()
  const key = (column: number, lane: number, sub: number) => `${column}/${lane}/${sub}`
  const height = (lane: number, sub: number) => lane * 100 + sub
  const sides = new Set<string>()

  const freeBetween = (column: number, from: number, to: number): boolean =>
    [...at.values()].every((one) => {
      const row = height(one.lane, one.sub)
      return one.column !== column || row <= Math.min(from, to) || row >= Math.max(from, to)
    })

  for (const id of order) {
    const one = node.get(id) as FlowNode
    const lane = laneOf(one)
    const before = process.flows
      .filter((flow) => flow.to === id && !back.has(flow.id) && at.has(flow.from))
      .map((flow) => flow.from)
    const farthest = Math.max(-1, ...before.map((from) => at.get(from)?.column ?? -1))
    const last = before.filter((from) => at.get(from)?.column === farthest)
    const only = last.length === 1 ? (last[0] as string) : null
    let column = farthest + 1
    let sub = 0
    const from = only === null ? undefined : at.get(only)
    if (from && from.lane !== lane && !taken.has(key(farthest, lane, 0))) {
      const side = from.lane < lane ? 'bottom' : 'top'
      if (
        node.get(only as string)?.kind !== 'start' &&
        !sides.has(`${only} ${side}`) &&
        freeBetween(farthest, height(from.lane, from.sub), height(lane, 0))
      ) {
        column = farthest
        sides.add(`${only} ${side}`)
        sides.add(`${id} ${side === 'bottom' ? 'top' : 'bottom'}`)
      }
    }
    while (taken.has(key(column, lane, sub))) {
      const other = taken.get(key(column, lane, sub)) as string
      const sibling = process.flows.some(
        (flow) => flow.to === other && before.includes(flow.from) && !back.has(flow.id),
      )
      if (sibling && sub < 3) sub += 1
      else {
        column += 1
        sub = 0
      }
    }
    taken.set(key(column, lane, sub), id)
    at.set(id, { column, lane, sub })
  }

  const documents = process.dataObjects.length > 0
  const depth = process.lanes.map((_, lane) =>
    Math.max(0, ...[...at.values()].filter((one) => one.lane === lane).map((one) => one.sub)),
  )
  const rows = [
    ...(documents ? [-1] : []),
    ...depth.flatMap((most, lane) => Array(most + 1).fill(lane) as number[]),
  ]
  const cells = new Map<string, Cell>()
  for (const [id, { column, lane, sub }] of at) cells.set(id, { column, row: rows.indexOf(lane) + sub })
  for (const target of new Set(process.dataObjects.flatMap((one) => one.into.slice(0, 1))))
    cells.set(`documents:${target}`, { column: cells.get(target)?.column ?? 0, row: 0 })
  return { cells, rows, back, columns: Math.max(0, ...[...cells.values()].map((one) => one.column)) + 1 }
}
