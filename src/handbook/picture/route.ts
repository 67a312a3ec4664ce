/** A line on the grid of centres and tracks: the indices of the points it runs through. */
export type GridPath = readonly (readonly [number, number])[]

export interface Wire {
  readonly id: string
  readonly from: readonly [number, number]
  readonly to: readonly [number, number]
}

/** What a line costs besides its length. */
const price = {
  bend: 26,
  detour: 34,
  cross: 70,
  share: 500,
  part: 300,
  join: 8,
  wrongSide: 60,
  /** Where two bend at one point, nobody can tell which goes where. */
  touch: 300,
  /** Who has joined another on its way to the same goal stays with it. */
  leave: 300,
}
const moves = [
  [1, 0],
  [0, 1],
  [-1, 0],
  [0, -1],
] as const

/**
 * Draws wires over a grid, the cheapest way for one after the other: few bends, few crossings, never through a node and never on
 * top of another wire unless both begin or end at the same node.
 * @param xs, ys nominal positions of the grid's lines; only distances between neighbours count
 * @param nodes grid points that nodes stand on
 */
export function route(
  xs: readonly number[],
  ys: readonly number[],
  nodes: ReadonlySet<number>,
  wires: readonly Wire[],
): Map<string, GridPath> {
  const width = xs.length
  const points = width * ys.length
  const point = (x: number, y: number) => y * width + x
  const ends = new Map(
    wires.map((wire): [Wire, Ends] => [
      wire,
      { start: point(wire.from[0], wire.from[1]), goal: point(wire.to[0], wire.to[1]) },
    ]),
  )
  const endsOf = (wire: Wire) => ends.get(wire) as Ends
  // By the point: who runs through it and who bends there; by the step from it to the right or down: who runs along.
  const level: Ends[][] = Array.from({ length: points }, () => [])
  const upright: Ends[][] = Array.from({ length: points }, () => [])
  const bends: Ends[][] = Array.from({ length: points }, () => [])
  const used: Ends[][] = Array.from({ length: points * 2 }, () => [])
  const segment = (a: number, b: number) => Math.min(a, b) * 2 + (a - b === 1 || b - a === 1 ? 0 : 1)
  const blocked = new Uint8Array(points)
  for (const node of nodes) blocked[node] = 1
  const best = new Float64Array(points * 4)
  const came = new Int32Array(points * 4)
  const done = new Map<string, GridPath>()

  for (const wire of wires) {
    const { start, goal } = endsOf(wire)
    // Two ways between the same ends are one line with a word on either side.
    const twins = wires.filter(
      (one) => done.has(one.id) && endsOf(one).start === start && endsOf(one).goal === goal,
    )
    if (twins.length % 2 === 1) {
      done.set(wire.id, done.get((twins.at(-1) as Wire).id) as GridPath)
      continue
    }
    best.fill(Number.POSITIVE_INFINITY)
    came.fill(-1)
    const open = new Cheapest()
    best[start * 4] = 0
    for (let direction = 0; direction < 4; direction += 1)
      open.push(
        direction === 2 ? price.wrongSide : direction !== 0 && wire.to[0] > wire.from[0] ? price.detour : 0,
        start * 4 + direction,
      )
    let end = -1
    while (open.size > 0) {
      const cost = open.cost
      const state = open.pop()
      if (cost > (best[state] as number)) continue
      const at = state >> 2
      const direction = state & 3
      if (at === goal) {
        end = state
        break
      }
      const x = at % width
      const y = (at - x) / width
      const [cameX, cameY] = moves[direction] as readonly [number, number]
      const along = at === start ? nobody : (used[segment(point(x - cameX, y - cameY), at)] as Ends[])
      const joined = along.some((other) => other.goal === goal && other.start !== start)
      const together = along.some((one) => one.start === start)
      const strangers = (some: readonly Ends[]) => {
        let sum = 0
        for (const other of some) if (other.goal !== goal && !(together && other.start === start)) sum += 1
        return sum
      }
      const met = at === start ? 0 : strangers(level[at] as Ends[]) + strangers(upright[at] as Ends[])
      const bent = at === start ? 0 : strangers(bends[at] as Ends[])
      for (let turn = 0; turn < 4; turn += 1) {
        if (turn === (direction + 2) % 4) continue
        if (at === start && turn !== direction) continue
        const [dx, dy] = moves[turn] as readonly [number, number]
        const nx = x + dx
        const ny = y + dy
        if (nx < 0 || ny < 0 || nx >= width || ny >= ys.length) continue
        const next = point(nx, ny)
        if (next !== goal && blocked[next] === 1) continue
        let sum =
          cost +
          Math.abs((xs[nx] as number) - (xs[x] as number)) +
          Math.abs((ys[ny] as number) - (ys[y] as number))
        if (turn !== direction) sum += price.bend
        sum += price.touch * (turn !== direction ? met : bent)
        const beside = used[segment(at, next)] as Ends[]
        if (joined && !beside.some((other) => other.goal === goal)) sum += price.leave
        if (next === goal && turn === 2) sum += price.wrongSide
        for (const other of beside)
          sum += other.start === start ? price.part : other.goal === goal ? price.join : price.share
        if (next !== goal)
          for (const other of (turn % 2 === 0 ? upright : level)[next] as Ends[])
            sum += other.start === start || other.goal === goal ? price.join : price.cross
        const to = next * 4 + turn
        if (sum < (best[to] as number)) {
          best[to] = sum
          came[to] = state
          open.push(sum, to)
        }
      }
    }
    if (end < 0) continue
    const path: [number, number][] = []
    for (let state = end; state >= 0; state = came[state] as number) {
      const at = state >> 2
      path.push([at % width, (at - (at % width)) / width])
    }
    path.reverse()
    const mine = endsOf(wire)
    for (const [index, [x, y]] of path.entries()) {
      const [before, after] = [path[index - 1], path[index + 1]]
      if (before && after && before[0] !== after[0] && before[1] !== after[1]) bends[point(x, y)]?.push(mine)
    }
    for (let index = 0; index + 1 < path.length; index += 1) {
      const [ax, ay] = path[index] as [number, number]
      const [bx, by] = path[index + 1] as [number, number]
      const a = point(ax, ay)
      const b = point(bx, by)
      used[segment(a, b)]?.push(mine)
      for (const one of [a, b]) (ay === by ? level : upright)[one]?.push(mine)
    }
    done.set(wire.id, path)
  }
  return done
}

/** The points a wire runs between. */
interface Ends {
  readonly start: number
  readonly goal: number
}
const nobody: readonly Ends[] = []

/** States to look at, the cheapest first: a heap of numbers in two arrays, as hundreds of thousands pass through it. */
class Cheapest {
  readonly #costs: number[] = []
  readonly #states: number[] = []

  get size(): number {
    return this.#costs.length
  }

  /** What the first one costs. */
  get cost(): number {
    return this.#costs[0] as number
  }

  push(cost: number, state: number): void {
    const [costs, states] = [this.#costs, this.#states]
    let at = costs.length
    costs.push(cost)
    states.push(state)
    while (at > 0) {
      const up = (at - 1) >> 1
      if ((costs[up] as number) <= cost) break
      this.#set(at, costs[up] as number, states[up] as number)
      at = up
    }
    this.#set(at, cost, state)
  }

  pop(): number {
    const [costs, states] = [this.#costs, this.#states]
    const top = states[0] as number
    const cost = costs.pop() as number
    const state = states.pop() as number
    const count = costs.length
    if (count === 0) return top
    let at = 0
    for (;;) {
      const left = at * 2 + 1
      if (left >= count) break
      const right = left + 1
      const small = right < count && (costs[right] as number) < (costs[left] as number) ? right : left
      if ((costs[small] as number) >= cost) break
      this.#set(at, costs[small] as number, states[small] as number)
      at = small
    }
    this.#set(at, cost, state)
    return top
  }

  #set(at: number, cost: number, state: number): void {
    this.#costs[at] = cost
    this.#states[at] = state
  }
}
