import type { Label } from './labels.ts'
import type { PlacedFlow, PlacedNode, Point } from './layout.ts'

/** More room in pixels before and after lines of the grid, by the index of the line. */
export type Room = ReadonlyMap<number, { readonly before: number; readonly after: number }>

interface Crossed {
  readonly label: Label
  readonly flow: PlacedFlow
  readonly from: Point
  readonly to: Point
}

/** Words are measured without a browser; some come out a little wider. */
const air = 1
/** How far a way is moved off the words. */
const gap = 9

/** Words through which a way runs that is not their own. */
export function crossedWords(labels: readonly Label[], flows: readonly PlacedFlow[]): Crossed[] {
  return labels.flatMap((label) =>
    flows.flatMap((flow) =>
      flow.id === label.of
        ? []
        : flow.points.slice(1).flatMap((to, index) => {
            const from = flow.points[index] as Point
            const clear =
              Math.max(from.x, to.x) <= label.x - air ||
              Math.min(from.x, to.x) >= label.x + label.width + air ||
              Math.max(from.y, to.y) <= label.y + 1 ||
              Math.min(from.y, to.y) >= label.y + label.height - 1
            return clear ? [] : [{ label, flow, from, to }]
          }),
    ),
  )
}

/** The room that would let the ways pass beside the words: between each word's own node and the way that runs through it. */
export function moreRoom(
  crossed: readonly Crossed[],
  nodes: readonly PlacedNode[],
  flows: readonly PlacedFlow[],
  gridOf: (id: string) => readonly [number, number],
  given: readonly [Room, Room],
): [Room, Room] {
  const room = [new Map(given[0]), new Map(given[1])] as const
  for (const { label, from, to } of crossed) {
    const node = nearest(label, nodes, flows)
    if (!node) continue
    const upright = from.x === to.x
    const axis = upright ? 0 : 1
    const line = upright ? from.x : from.y
    const [begins, ends] = upright ? [label.x, label.x + label.width] : [label.y, label.y + label.height]
    const centre = upright ? node.x + node.width / 2 : node.y + node.height / 2
    // A way into the middle of the node cannot move: its words get room below instead.
    if (Math.abs(line - centre) < 2) {
      const row = gridOf(node.id)[1]
      const { before, after } = room[1].get(row) ?? { before: 0, after: 0 }
      room[1].set(row, { before, after: Math.max(after, label.height) })
      continue
    }
    const at = gridOf(node.id)[axis]
    const { before, after } = room[axis].get(at) ?? { before: 0, after: 0 }
    room[axis].set(
      at,
      line > centre
        ? { before, after: after + ends - line + gap }
        : { before: before + line - begins + gap, after },
    )
  }
  return [room[0], room[1]]
}

/** The node that a word stands at: its own, or that end of its way which is nearer. */
function nearest(
  label: Label,
  nodes: readonly PlacedNode[],
  flows: readonly PlacedFlow[],
): PlacedNode | undefined {
  const flow = flows.find((one) => one.id === label.of)
  const ends = flow ? [flow.from, flow.to] : [label.of]
  const far = (node: PlacedNode) =>
    Math.abs(node.x + node.width / 2 - label.x - label.width / 2) +
    Math.abs(node.y + node.height / 2 - label.y - label.height / 2)
  return nodes.filter((one) => ends.includes(one.id)).sort((a, b) => far(a) - far(b))[0]
}
