import type { FlowNode, Lang, Process } from '../model.ts'
import { type Label, labels } from './labels.ts'
import { type Placing, place } from './place.ts'
import { crossedWords, moreRoom, type Room } from './room.ts'
import { type GridPath, route, type Wire } from './route.ts'
import { widthOf, wrap } from './text.ts'

export interface Point {
  readonly x: number
  readonly y: number
}
export interface PlacedLane {
  readonly id: string
  readonly post: string
  readonly lines: readonly string[]
  readonly y: number
  readonly height: number
}
export interface PlacedNode {
  readonly id: string
  readonly kind: FlowNode['kind'] | 'documents'
  readonly step: string
  readonly name: string
  readonly lines: readonly string[]
  /** Drawn, but not worked by the program yet. */
  readonly described: boolean
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}
export interface PlacedFlow {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly points: readonly Point[]
  /** A way that refuses or leads back. */
  readonly negative: boolean
  readonly kind: 'flow' | 'documents'
}
/** Everything a screen or a printer needs to draw a process: positions in pixels from the top left. */
export interface SwimLaneLayout {
  readonly process: string
  readonly name: string
  readonly width: number
  readonly height: number
  readonly header: number
  readonly lanes: readonly PlacedLane[]
  readonly nodes: readonly PlacedNode[]
  readonly flows: readonly PlacedFlow[]
  readonly labels: readonly Label[]
}

export const sizes = {
  code: 11,
  name: 13,
  note: 11,
  lane: 13,
  box: 108,
  gateway: 40,
  event: 30,
} as const
const tracksBeside = 3
const tracksAbove = 2
/** How often ways may be moved away from words. */
const rounds = 4

/** Room for the signs that others draw on the same layout. */
export interface Signs {
  /** The least height of what stands in a row, for lanes that bear their names upright. */
  readonly rowAtLeast: number
  /** The least height of a step whose name takes so many lines, for signs inside. */
  readonly boxFor: (lines: number) => number
  /** The ways that bear a sign where they begin. */
  readonly signed: ReadonlySet<string>
  /** What broken words need on either side, where others break them anew. */
  readonly wordAir: number
}
const plain: Signs = { rowAtLeast: sizes.event, boxFor: () => 50, signed: new Set(), wordAir: 0 }

// Lines of the grid: per column its centre and the tracks right of it; per row its centre between tracks above and below.
const perColumn = 1 + tracksBeside
const perRow = 1 + tracksAbove * 2
const column = (index: number) => tracksBeside + index * perColumn
const row = (index: number) => tracksAbove + index * perRow

/** Where the nodes of a process stand and its ways run, the same in every language. */
interface Grid extends Placing {
  readonly xs: readonly number[]
  readonly ys: readonly number[]
  readonly spot: (id: string) => readonly [number, number]
  readonly wires: readonly Wire[]
  readonly paths: ReadonlyMap<string, GridPath>
}
const grids = new WeakMap<Process, Grid>()

/** Finding the ways takes longer than all else, and a print asks for every process in both languages: found once, they are kept as long as the process is. */
function gridOf(process: Process): Grid {
  const known = grids.get(process)
  if (known) return known
  const found = drawGrid(process)
  grids.set(process, found)
  return found
}

function drawGrid(process: Process): Grid {
  const placing = place(process)
  const { cells, rows, back, columns } = placing
  const nominal = (count: number, per: number, centre: (index: number) => boolean) => {
    const positions: number[] = []
    let at = 0
    for (let index = 0; index < count * per + (per === perColumn ? tracksBeside : 0); index += 1) {
      at += centre(index) || centre(index - 1) ? 44 : 10
      positions.push(at)
    }
    return positions
  }
  const xs = nominal(
    columns,
    perColumn,
    (index) => (index - tracksBeside) % perColumn === 0 && index >= tracksBeside,
  )
  const ys = nominal(
    rows.length,
    perRow,
    (index) => (index - tracksAbove) % perRow === 0 && index >= tracksAbove,
  )
  const spot = (id: string): readonly [number, number] => {
    const cell = cells.get(id)
    return [column(cell?.column ?? 0), row(cell?.row ?? 0)]
  }
  const stand = new Set([...cells.keys()].map((id) => spot(id)[1] * xs.length + spot(id)[0]))
  const wires: Wire[] = [
    ...[...cells.keys()]
      .filter((id) => id.startsWith('documents:'))
      .map((id) => ({ id, from: spot(id), to: spot(id.slice('documents:'.length)) })),
    ...process.flows
      .map((flow) => ({ id: flow.id, from: spot(flow.from), to: spot(flow.to) }))
      .sort((a, b) => cost(a, back) - cost(b, back)),
  ]
  const paths = route(xs, ys, stand, wires)
  return { ...placing, xs, ys, spot, wires, paths }
}

/**
 * Lays out one process: lanes as rows in their order, steps from left to right, lines around the steps.
 */
export function layoutSwimLane(process: Process, lang: Lang, signs: Signs = plain): SwimLaneLayout {
  const { rowAtLeast, boxFor, signed, wordAir } = signs
  const grid = gridOf(process)
  const { cells, rows, back } = grid
  const nodes = process.nodes.map((one) => measured(one, lang, boxFor))
  const header = Math.max(
    84,
    ...process.lanes.map((one) => Math.min(132, Math.ceil(widthOf(one.name[lang], sizes.lane) * 1.05) + 30)),
  )
  const documents = [...cells.keys()]
    .filter((id) => id.startsWith('documents:'))
    .map((id) => ({
      id,
      kind: 'documents' as const,
      step: '',
      name: '',
      described: false,
      lines: process.dataObjects
        .filter((one) => one.into[0] === id.slice('documents:'.length))
        .flatMap((one) => wrap(one.name[lang], sizes.note, sizes.box + 34, 2)),
    }))
  const all = [
    ...nodes,
    ...documents.map((one) => ({ ...one, width: sizes.box + 48, height: one.lines.length * 17 + 14 })),
  ]

  const { xs, ys, spot, wires, paths } = grid

  const set = (room: readonly [Room, Room]) => {
    const x = spread(
      xs.length,
      [...paths.values()],
      0,
      (index) => (index - tracksBeside) % perColumn === 0 && index >= tracksBeside,
      (index) =>
        Math.max(0, ...all.filter((one) => column(cells.get(one.id)?.column ?? -1) === index).map(roomOf)),
      header + 6,
      16,
      9,
      room[0],
    )
    const y = spread(
      ys.length,
      [...paths.values()],
      1,
      (index) => (index - tracksAbove) % perRow === 0 && index >= tracksAbove,
      (index) =>
        Math.max(
          rowAtLeast,
          ...all.filter((one) => row(cells.get(one.id)?.row ?? -1) === index).map((one) => one.height),
        ),
      0,
      12,
      9,
      room[1],
    )

    const placed: PlacedNode[] = all.map((one) => {
      const [cx, cy] = spot(one.id)
      return {
        ...one,
        x: Math.round((x.at[cx] as number) - one.width / 2),
        y: Math.round((y.at[cy] as number) - one.height / 2),
      }
    })
    const at = new Map(placed.map((one) => [one.id, one]))
    const width = Math.ceil(x.end + 10)
    const lanes = process.lanes.map((lane, index): PlacedLane => {
      const mine = rows.flatMap((of, at) => (of === index ? [at] : []))
      const top = y.edge[row(mine[0] as number)] as readonly [number, number]
      const bottom = y.edge[row(mine.at(-1) as number)] as readonly [number, number]
      return {
        id: lane.id,
        post: lane.post,
        lines: wrap(lane.name[lang], sizes.lane, header - 18, 4),
        y: top[0],
        height: bottom[1] - top[0],
      }
    })
    const flows: PlacedFlow[] = []
    for (const wire of wires) {
      const path = paths.get(wire.id)
      if (!path) continue
      const flow = process.flows.find((one) => one.id === wire.id)
      const from = at.get(flow?.from ?? wire.id) as PlacedNode
      const to = at.get(flow?.to ?? wire.id.slice('documents:'.length)) as PlacedNode
      flows.push({
        id: wire.id,
        from: from.id,
        to: to.id,
        kind: flow ? 'flow' : 'documents',
        negative: flow ? refuses(process, flow.from, flow.outcome) || back.has(flow.id) : false,
        points: clipped(
          path.map(([px, py]) => ({ x: x.at[px] as number, y: y.at[py] as number })),
          from,
          to,
        ),
      })
    }
    const height = Math.ceil(y.end)
    return {
      process: process.id,
      name: process.name[lang],
      width,
      height,
      header,
      lanes,
      nodes: placed,
      flows,
      labels: labels(
        process,
        lang,
        placed,
        flows,
        { width, height, left: header },
        flows.filter((one) => signed.has(one.id)).flatMap(signOn),
        lanes.map((one) => one.y),
        wordAir,
      ),
    }
  }

  // Where a way runs through words, its track moves away from them, as long as that helps.
  let room: [Room, Room] = [new Map(), new Map()]
  let best = set(room)
  let tried = best
  for (let round = 0; round < rounds; round += 1) {
    const crossed = crossedWords(tried.labels, tried.flows)
    if (crossed.length === 0) break
    room = moreRoom(crossed, tried.nodes, tried.flows, spot, room)
    tried = set(room)
    if (crossedWords(tried.labels, tried.flows).length < crossedWords(best.labels, best.flows).length)
      best = tried
  }
  return best
}

/** The room of a stroke through the beginning of a way. */
function signOn({ points: [from, to] }: PlacedFlow) {
  if (!from || !to) return []
  const x = from.x + Math.sign(to.x - from.x) * 9
  const y = from.y + Math.sign(to.y - from.y) * 9
  return [{ x: x - 7, y: y - 7, width: 14, height: 14 }]
}

/** Gateways need air beside them for their words; documents may reach over their column. */
const roomOf = (node: { kind: PlacedNode['kind']; width: number }) =>
  node.kind === 'documents' ? 0 : node.width + (node.kind === 'exclusive' ? 30 : 0)

/** Short ways first; ways back find their road around the others. */
const cost = (wire: Wire, back: ReadonlySet<string>) =>
  Math.abs(wire.from[0] - wire.to[0]) + Math.abs(wire.from[1] - wire.to[1]) + (back.has(wire.id) ? 1000 : 0)

function refuses(process: Process, from: string, outcome: string | null): boolean {
  if (!outcome) return false
  return process.flows
    .filter((one) => one.to === from)
    .some((one) => {
      const before = process.nodes.find((node) => node.id === one.from)
      return before?.kind === 'task' && before.outcomes.some((it) => it.id === outcome && it.negative)
    })
}

function measured(node: FlowNode, lang: Lang, boxFor: (lines: number) => number) {
  const name = node.name[lang]
  const base = { id: node.id, name, kind: node.kind, step: 'step' in node ? node.step : '' }
  const described = 'adoption' in node && node.adoption === 'described'
  if (node.kind === 'task' || node.kind === 'call') {
    // A Latin word is never broken; Chinese breaks anywhere.
    const longest = Math.max(
      0,
      ...(name.match(/[^\s\u2e80-\uffef]+/g) ?? []).map((word) => widthOf(word, sizes.name)),
    )
    const width = Math.max(sizes.box, Math.ceil(longest) + 20)
    const lines = wrap(name, sizes.name, width - 16, 3)
    const height = 14 + (base.step ? 16 : 0) + lines.length * 18
    return { ...base, described, lines, width, height: Math.max(boxFor(lines.length), height) }
  }
  const size = node.kind === 'exclusive' || node.kind === 'parallel' ? sizes.gateway : sizes.event
  return { ...base, described, lines: [], width: size, height: size }
}

/**
 * Real positions of the grid's lines: centres as wide as what stands there, tracks only where a wire runs.
 * `edge` of a centre is where its own strip begins and ends.
 */
function spread(
  count: number,
  paths: readonly GridPath[],
  axis: 0 | 1,
  centre: (index: number) => boolean,
  sizeOf: (index: number) => number,
  from: number,
  margin: number,
  step: number,
  room: Room,
): { at: number[]; edge: (readonly [number, number])[]; end: number } {
  const busy = new Set<number>()
  for (const path of paths)
    for (let index = 0; index + 1 < path.length; index += 1) {
      const a = path[index] as readonly [number, number]
      const b = path[index + 1] as readonly [number, number]
      if (a[axis] === b[axis] && a[1 - axis] !== b[1 - axis]) busy.add(a[axis])
    }
  const at: number[] = Array(count).fill(0)
  const edge: (readonly [number, number])[] = []
  let position = from
  let begun = from
  let open = -1
  for (let index = 0; index < count; index += 1) {
    if (centre(index)) {
      const size = sizeOf(index)
      position += margin + (room.get(index)?.before ?? 0) + size / 2
      at[index] = position
      position += size / 2 + margin + (room.get(index)?.after ?? 0)
      open = index
      edge[open] = [begun, position]
    } else {
      if (busy.has(index)) position += step
      at[index] = position
      if (open >= 0) edge[open] = [(edge[open] as readonly [number, number])[0], position]
    }
    // Rows end after the tracks below them; the next line above the following centre begins a new strip.
    if (axis === 1 && open >= 0 && index === open + tracksAbove) {
      // A way below the steps keeps off the border of its lane.
      const below = Array.from({ length: tracksAbove }, (_, track) => open + 1 + track)
      if (below.some((track) => busy.has(track))) position += step - 2
      edge[open] = [(edge[open] as readonly [number, number])[0], position]
      begun = position
      open = -1
    }
  }
  return { at, edge, end: position }
}

/** Straightens a path and cuts it at the borders of the nodes it joins. */
function clipped(path: readonly Point[], from: PlacedNode, to: PlacedNode): Point[] {
  const points: Point[] = []
  for (const one of path) {
    const [before, last] = [points.at(-2), points.at(-1)]
    if (last && last.x === one.x && last.y === one.y) continue
    if (
      before &&
      last &&
      ((before.x === last.x && last.x === one.x) || (before.y === last.y && last.y === one.y))
    )
      points.pop()
    points.push(one)
  }
  const border = (of: PlacedNode, next: Point, end: Point): Point => {
    if (next.x === end.x) return { x: end.x, y: next.y < end.y ? of.y : of.y + of.height }
    return { x: next.x < end.x ? of.x : of.x + of.width, y: end.y }
  }
  if (points.length < 2) return points
  const first = border(from, points[1] as Point, points[0] as Point)
  const last = border(to, points.at(-2) as Point, points.at(-1) as Point)
  return [first, ...points.slice(1, -1), last]
}
