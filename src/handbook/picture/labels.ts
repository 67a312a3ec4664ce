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

type Spot = Box & {
  readonly anchor: Label['anchor']
  readonly lines: readonly string[]
  readonly cost: number
}
/** A word and the places it may stand at. */
interface Word {
  readonly of: string
  readonly negative: boolean
  readonly spots: readonly Spot[]
}

/** What it costs a word to hide or to be hidden. */
const price = { outside: 900, node: 700, word: 700, ownLine: 90, line: 160, sign: 60, border: 25 }
/** How far a sign at the beginning of a line reaches. */
const sign = 11
/** How often every word may look for a better place once all others stand. */
const rounds = 4

/**
 * Sets the words of gateways, events and lines where they hide least.
 * @param signs what else is drawn on the lines
 * @param borders where lanes end
 * @param air what broken words need on either side
 */
export function labels(
  process: Process,
  lang: Lang,
  nodes: readonly PlacedNode[],
  flows: readonly PlacedFlow[],
  page: { readonly width: number; readonly height: number; readonly left: number },
  signs: readonly Box[],
  borders: readonly number[],
  air: number,
): Label[] {
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
  const words: Word[] = [
    ...flows.flatMap((flow) => {
      const name = process.flows.find((one) => one.id === flow.id)?.name?.[lang]
      return name ? { of: flow.id, negative: flow.negative, spots: besideLine(flow, name, lang, air) } : []
    }),
    ...nodes.flatMap((node) =>
      node.name && !['task', 'call', 'documents'].includes(node.kind)
        ? { of: node.id, negative: false, spots: aroundNode(node, lang, air) }
        : [],
    ),
  ]
  // What lies below a place does not change while words move, so it is counted once.
  const ground = words.map((word) =>
    word.spots.map((spot) => {
      let sum = spot.cost
      if (
        spot.x < page.left + 4 ||
        spot.y < (borders[0] ?? 0) + 2 ||
        spot.x + spot.width > page.width - 2 ||
        spot.y + spot.height > page.height - 2
      )
        sum += price.outside
      for (const one of nodes) if (one.id !== word.of && covers(one, spot)) sum += price.node
      for (const one of segments)
        if (meet(spot, one, 1)) sum += one.flow === word.of ? price.ownLine : price.line
      for (const one of signs) if (meet(spot, one, 0)) sum += price.sign
      for (const y of borders) if (spot.y < y && y < spot.y + spot.height) sum += price.border
      return sum
    }),
  )
  const at = words.map(() => -1)
  for (let round = 0; round < rounds; round += 1) {
    let moved = false
    for (const [index, word] of words.entries()) {
      const others = at.flatMap((spot, other) =>
        spot === -1 || other === index ? [] : ((words[other] as Word).spots[spot] as Spot),
      )
      let best = { spot: at[index] as number, sum: Number.POSITIVE_INFINITY }
      for (const [spot, box] of word.spots.entries()) {
        let sum = (ground[index] as number[])[spot] as number
        for (const other of others) if (meet(box, other, 2 + air)) sum += price.word
        if (sum < best.sum) best = { spot, sum }
      }
      if (best.spot !== at[index]) moved = true
      at[index] = best.spot
    }
    if (!moved) break
  }
  return words.flatMap(({ of, negative, spots }, index) => {
    const spot = spots[at[index] as number]
    if (!spot) return []
    const { cost: _, ...place } = spot
    return { of, negative, ...place }
  })
}

/** A text broken at each of the widths, each way once; one that loses words is taken only when every way does. */
function blocksOf(text: string, widths: readonly number[], air: number) {
  const all = widths.map((width) => broken(text, width, air))
  const different = all.filter(
    (one, index) => all.findIndex((other) => other.lines.join('\n') === one.lines.join('\n')) === index,
  )
  const whole = different.filter((one) => !one.lines.at(-1)?.endsWith('…'))
  return whole.length > 0 ? whole : different.slice(0, 1)
}

/** A text broken into lines, with the room it takes. */
function broken(text: string, width: number, air: number) {
  const lines = wrap(text, size, width, 3)
  return {
    lines,
    width: Math.ceil(Math.max(...lines.map((one) => widthOf(one, size)))) + (lines.length > 1 ? 2 * air : 0),
    height: lines.length * line,
  }
}

/** Beside every part of a line, first where it begins. */
function besideLine(flow: PlacedFlow, name: string, lang: Lang, air: number): Spot[] {
  const blocks = blocksOf(name, lang === 'zh' ? [78, 40] : [96, 56], air)
  const parts = blocks.flatMap((block, rank) =>
    flow.points.slice(1).map((to, index) => ({ block, rank, to, index })),
  )
  return parts.flatMap(({ block, rank: narrow, to, index }): Spot[] => {
    const { width, height } = block
    const from = flow.points[index] as { x: number; y: number }
    const far = index * 14 + narrow * 18
    if (from.y === to.y) {
      const left = Math.min(from.x, to.x)
      const right = Math.max(from.x, to.x)
      const ends = [left + 5, right - 5 - width]
      const near = from.x < to.x ? ends : ends.toReversed()
      const behind = (near[0] as number) + Math.sign(to.x - from.x) * sign
      const places = [near[0] as number, behind, (left + right - width) / 2, near[1] as number]
      return places.flatMap((x, rank) => {
        const cost = far + rank * 4 + away(x - (near[0] as number))
        return [
          { ...block, x, y: from.y - height - 2, anchor: 'start' as const, cost },
          { ...block, x, y: from.y + 3, anchor: 'start' as const, cost: cost + 6 },
          // Where several ways run as one line, their words stand in rows.
          { ...block, x, y: from.y - 2 * height - 5, anchor: 'start' as const, cost: cost + 24 },
          { ...block, x, y: from.y + 6 + height, anchor: 'start' as const, cost: cost + 26 },
        ]
      })
    }
    const top = Math.min(from.y, to.y)
    const bottom = Math.max(from.y, to.y)
    const ends = [top + 5, bottom - 5 - height]
    const near = from.y < to.y ? ends : ends.toReversed()
    const places = [
      near[0] as number,
      (near[0] as number) + Math.sign(to.y - from.y) * sign,
      (top + bottom - height) / 2,
      (near[0] as number) + Math.sign(to.y - from.y) * (height + 4),
      near[1] as number,
    ]
    return places.flatMap((y, rank) => {
      const cost = far + rank * 4 + away(y - (near[0] as number))
      return [
        { ...block, x: from.x + 5, y, anchor: 'start' as const, cost: cost + 2 },
        { ...block, x: from.x - 5 - width, y, anchor: 'end' as const, cost: cost + 4 },
      ]
    })
  })
}

/** Words far from where their line begins are hard to find. */
const away = (by: number): number => Math.min(60, Math.abs(by) / 8)

/** Below, above and at the corners of a sign; narrow and in more lines where there is little room. */
function aroundNode(node: PlacedNode, lang: Lang, air: number): Spot[] {
  const cx = node.x + node.width / 2
  const cy = node.y + node.height / 2
  const under = node.y + node.height
  const blocks = blocksOf(node.name, lang === 'zh' ? [72, 38, 140] : [84, 52, 140], air)
  return blocks.flatMap((block, rank): Spot[] => {
    const { width, height } = block
    const spots = [
      { x: cx - width / 2, y: under + 3, anchor: 'middle' as const, cost: 0 },
      { x: cx - width / 2, y: node.y - height - 3, anchor: 'middle' as const, cost: 1 },
      { x: cx + 8, y: node.y - height + 4, anchor: 'start' as const, cost: 4 },
      { x: cx + 8, y: under - 4, anchor: 'start' as const, cost: 5 },
      { x: cx - 8 - width, y: node.y - height + 4, anchor: 'end' as const, cost: 6 },
      { x: cx - 8 - width, y: under - 4, anchor: 'end' as const, cost: 7 },
      { x: node.x + node.width + 4, y: cy - height / 2, anchor: 'start' as const, cost: 9 },
      { x: node.x - 4 - width, y: cy - height / 2, anchor: 'end' as const, cost: 10 },
      { x: node.x + node.width + 3, y: cy - height - 3, anchor: 'start' as const, cost: 12 },
      { x: node.x + node.width + 3, y: cy + 3, anchor: 'start' as const, cost: 13 },
      { x: node.x - 3 - width, y: cy - height - 3, anchor: 'end' as const, cost: 14 },
      { x: node.x - 3 - width, y: cy + 3, anchor: 'end' as const, cost: 15 },
    ]
    return spots.map((one) => ({ ...block, ...one, cost: one.cost + rank * 20 }))
  })
}

/** Whether a word would stand on a node; the corners beside a gateway are free. */
export function covers(node: PlacedNode, box: Box): boolean {
  if (node.kind !== 'exclusive' && node.kind !== 'parallel') return meet(box, node, 2)
  const cx = node.x + node.width / 2
  const cy = node.y + node.height / 2
  const near = (from: number, size: number, to: number) =>
    Math.abs(to - Math.min(Math.max(to, from), from + size))
  return near(box.x, box.width, cx) + near(box.y, box.height, cy) < node.width / 2 + 2
}

const meet = (a: Box, b: Box, by: number): boolean =>
  a.x < b.x + b.width + by &&
  b.x < a.x + a.width + by &&
  a.y < b.y + b.height + by &&
  b.y < a.y + a.height + by
