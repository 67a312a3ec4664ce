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
  const point = (x: number, y: number) => y * width + x
  const used = new Map<string, { from: number; to: number }[]>()
  const through = new Map<number, { h: Wire[]; v: Wire[] }>()
  const bends = new Map<number, Wire[]>()
  const done = new Map<string, GridPath>()
  const segment = (a: number, b: number) => (a < b ? `${a}-${b}` : `${b}-${a}`)
  const startOf = (wire: Wire) => point(wire.from[0], wire.from[1])
  const goalOf = (wire: Wire) => point(wire.to[0], wire.to[1])

  for (const wire of wires) {
    const start = startOf(wire)
    const goal = goalOf(wire)
    // Two ways between the same ends are one line with a word on either side.
    const twins = wires.filter((one) => done.has(one.id) && startOf(one) === start && goalOf(one) === goal)
    if (twins.length % 2 === 1) {
      done.set(wire.id, done.get((twins.at(-1) as Wire).id) as GridPath)
      continue
    }
    const best = new Map<number, number>()
    const came = new Map<number, number>()
    const heap: [number, number][] = []
    const push = (cost: number, state: number) => {
      heap.push([cost, state])
      let at = heap.length - 1
      while (at > 0) {
        const up = (at - 1) >> 1
        if ((heap[up] as [number, number])[0] <= cost) break
        ;[heap[at], heap[up]] = [heap[up] as [number, number], heap[at] as [number, number]]
        at = up
      }
    }
    const pop = (): [number, number] => {
      const top = heap[0] as [number, number]
      const end = heap.pop() as [number, number]
      if (heap.length > 0) {
        heap[0] = end
        let at = 0
        for (;;) {
          const left = at * 2 + 1
          if (left >= heap.length) break
          const right = left + 1
          const small =
            right < heap.length && (heap[right] as [number, number])[0] < (heap[left] as [number, number])[0]
              ? right
              : left
          if ((heap[small] as [number, number])[0] >= (heap[at] as [number, number])[0]) break
          ;[heap[at], heap[small]] = [heap[small] as [number, number], heap[at] as [number, number]]
          at = small
        }
      }
      return top
    }
    best.set(start * 4, 0)
    for (let direction = 0; direction < 4; direction += 1)
      push(
        direction === 2 ? price.wrongSide : direction !== 0 && wire.to[0] > wire.from[0] ? price.detour : 0,
        start * 4 + direction,
      )
    let end = -1
    while (heap.length > 0) {
      const [cost, state] = pop()
      if (cost > (best.get(state) ?? Number.POSITIVE_INFINITY)) continue
      const at = state >> 2
      const direction = state & 3
      if (at === goal) {
        end = state
        break
      }
      const x = at % width
      const y = (at - x) / width
      const [cameX, cameY] = moves[direction] as readonly [number, number]
      const along = at === start ? [] : (used.get(segment(point(x - cameX, y - cameY), at)) ?? [])
      const joined = along.some((other) => other.to === goal && other.from !== start)
      const strangers = (some: readonly Wire[] = []) =>
        some.filter(
          (other) =>
            goalOf(other) !== goal && !(startOf(other) === start && along.some((one) => one.from === start)),
        ).length
      const here = through.get(at)
      const met = at === start ? 0 : strangers([...(here?.h ?? []), ...(here?.v ?? [])])
      const bent = at === start ? 0 : strangers(bends.get(at))
      for (let turn = 0; turn < 4; turn += 1) {
        if (turn === (direction + 2) % 4) continue
        if (at === start && turn !== direction) continue
        const [dx, dy] = moves[turn] as readonly [number, number]
        const nx = x + dx
        const ny = y + dy
        if (nx < 0 || ny < 0 || nx >= width || ny >= ys.length) continue
        const next = point(nx, ny)
        if (next !== goal && nodes.has(next)) continue
        let sum =
          cost +
          Math.abs((xs[nx] as number) - (xs[x] as number)) +
          Math.abs((ys[ny] as number) - (ys[y] as number))
        if (turn !== direction) sum += price.bend
        sum += price.touch * (turn !== direction ? met : bent)
        const beside = used.get(segment(at, next)) ?? []
        if (joined && !beside.some((other) => other.to === goal)) sum += price.leave
        if (next === goal && turn === 2) sum += price.wrongSide
        for (const other of beside)
          sum += other.from === start ? price.part : other.to === goal ? price.join : price.share
        if (next !== goal) {
          const others = through.get(next)
          for (const other of (turn % 2 === 0 ? others?.v : others?.h) ?? []) {
            const meets = startOf(other) === start || goalOf(other) === goal
            sum += meets ? price.join : price.cross
          }
        }
        const to = next * 4 + turn
        if (sum < (best.get(to) ?? Number.POSITIVE_INFINITY)) {
          best.set(to, sum)
          came.set(to, state)
          push(sum, to)
        }
      }
    }
    if (end < 0) continue
    const path: [number, number][] = []
    for (let state: number | undefined = end; state !== undefined; state = came.get(state)) {
      const at = state >> 2
      path.push([at % width, (at - (at % width)) / width])
    }
    path.reverse()
    for (const [index, [x, y]] of path.entries()) {
      const [before, after] = [path[index - 1], path[index + 1]]
      if (before && after && before[0] !== after[0] && before[1] !== after[1])
        bends.set(point(x, y), [...(bends.get(point(x, y)) ?? []), wire])
    }
    for (let index = 0; index + 1 < path.length; index += 1) {
      const [ax, ay] = path[index] as [number, number]
      const [bx, by] = path[index + 1] as [number, number]
      const a = point(ax, ay)
      const b = point(bx, by)
      const name = segment(a, b)
      used.set(name, [...(used.get(name) ?? []), { from: start, to: goal }])
      for (const one of [a, b]) {
        const marks = through.get(one) ?? { h: [], v: [] }
        marks[ay === by ? 'h' : 'v'].push(wire)
        through.set(one, marks)
      }
    }
    done.set(wire.id, path)
  }
  return done
}
