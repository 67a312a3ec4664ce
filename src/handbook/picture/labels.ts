import type { Lang, Process } from '../model.ts'
import type { PlacedFlow, PlacedNode } from './layout.ts'
import { widthOf, wrap } from './text.ts'

/** A word beside a line or a gateway. */
export interface Label {
  readonly of: string
  readonly lines: readonly string[]
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly anchor: 'start' | 'middle' | 'end'
  readonly negative: boolean
}
interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

const size = 11
const line = 14

/** Sets the words of gateways, events and lines where they hide least. */
export function labels(
  process: Process,
  lang: Lang,
  nodes: readonly PlacedNode[],
  flows: readonly PlacedFlow[],
  page: { readonly width: number; readonly height: number; readonly left: number },
): Label[] {
  const set: Label[] = []
  const segments = flows.flatMap((flow) =>
    flow.points.slice(1).map((to, index) => {
      const from = flow.points[index] as { x: number; y: number }
      return {
        flow: flow.id,
        x: Math.min(from.x, to.x),
        y: Math.min(from.y, to.y),
        width: Math.abs(from.x - to.x),
        height: Math.abs(from.y - to.y),
      }
    }),
  )
  const worth = (box: Box, mine: string): number => {
    let sum = 0
    if (
      box.x < page.left + 4 ||
      box.y < 2 ||
      box.x + box.width > page.width - 2 ||
      box.y + box.height > page.height - 2
    )
      sum += 400
    for (const one of nodes) if (one.id !== mine && meet(box, one, 2)) sum += 300
    for (const one of set) if (meet(box, one, 2)) sum += 300
    for (const one of segments) if (meet(box, one, 1)) sum += one.flow === mine ? 40 : 60
    return sum
  }
  const choose = (
    of: string,
    lines: readonly string[],
    spots: readonly (Box & { anchor: Label['anchor']; cost: number })[],
    negative: boolean,
  ) => {
    const best = spots
      .map((spot) => ({ spot, sum: worth(spot, of) + spot.cost }))
      .sort((a, b) => a.sum - b.sum)[0]
    if (!best) return
    const { cost: _, ...spot } = best.spot
    set.push({ of, lines, negative, ...spot })
  }

  for (const flow of flows) {
    const name = process.flows.find((one) => one.id === flow.id)?.name?.[lang]
    if (!name) continue
    const lines = wrap(name, size, lang === 'zh' ? 78 : 96, 3)
    const width = Math.ceil(Math.max(...lines.map((one) => widthOf(one, size))))
    const height = lines.length * line
    const spots = flow.points.slice(1).flatMap((to, index) => {
      const from = flow.points[index] as { x: number; y: number }
      const far = index * 14
      if (from.y === to.y) {
        const left = Math.min(from.x, to.x)
        const right = Math.max(from.x, to.x)
        const near = from.x < to.x ? left + 5 : right - 5 - width
        const middle = (left + right) / 2 - width / 2
        return [near, middle].flatMap((at, rank) => [
          { x: at, y: from.y - height - 2, width, height, anchor: 'start' as const, cost: far + rank * 3 },
          { x: at, y: from.y + 3, width, height, anchor: 'start' as const, cost: far + 6 + rank * 3 },
        ])
      }
      const top = Math.min(from.y, to.y)
      const bottom = Math.max(from.y, to.y)
      const near = from.y < to.y ? top + 5 : bottom - 5 - height
      return [near, (top + bottom) / 2 - height / 2].flatMap((at, rank) => [
        { x: from.x + 5, y: at, width, height, anchor: 'start' as const, cost: far + 2 + rank * 3 },
        { x: from.x - 5 - width, y: at, width, height, anchor: 'end' as const, cost: far + 4 + rank * 3 },
      ])
    })
    choose(flow.id, lines, spots, flow.negative)
  }
  for (const node of nodes) {
    if (!node.name || node.kind === 'task' || node.kind === 'call' || node.kind === 'documents') continue
    const lines = wrap(node.name, size, lang === 'zh' ? 72 : 84, 3)
    const width = Math.ceil(Math.max(...lines.map((one) => widthOf(one, size))))
    const height = lines.length * line
    const cx = node.x + node.width / 2
    const spots = [
      { x: cx - width / 2, y: node.y + node.height + 3, anchor: 'middle' as const, cost: 0 },
      { x: cx - width / 2, y: node.y - height - 3, anchor: 'middle' as const, cost: 1 },
      { x: cx + 8, y: node.y - height + 4, anchor: 'start' as const, cost: 4 },
      { x: cx + 8, y: node.y + node.height - 4, anchor: 'start' as const, cost: 5 },
      { x: cx - 8 - width, y: node.y - height + 4, anchor: 'end' as const, cost: 6 },
      { x: cx - 8 - width, y: node.y + node.height - 4, anchor: 'end' as const, cost: 7 },
    ].map((one) => ({ ...one, width, height }))
    choose(node.id, lines, spots, false)
  }
  return set
}

const meet = (a: Box, b: Box, by: number): boolean =>
  a.x < b.x + b.width + by &&
  b.x < a.x + a.width + by &&
  a.y < b.y + b.height + by &&
  b.y < a.y + a.height + by
