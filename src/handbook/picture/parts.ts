import type { Lang } from '../model.ts'
import { type Colours, paper } from './colours.ts'
import { round, text } from './draw.ts'
import type { PlacedFlow, SwimLaneLayout } from './layout.ts'
import { drawContent, drawLanes, drawSwimLane, framed } from './swim-lane.ts'

export interface Part {
  readonly svg: string
  readonly width: number
  readonly height: number
}
interface Crossing {
  readonly y: number
  /** Where its mark stands: ways may run closer to each other than two marks can be read. */
  readonly at: number
  readonly mark: string
  readonly flow: PlacedFlow
}
interface Cut {
  readonly x: number
  readonly crossings: readonly Crossing[]
}

/** Room beside a cut for the marks by which a way is found again. */
const beside = 34
/** Radius of a mark, and how far the middles of two stand apart. */
const ring = { radius: 9.5, apart: 21 }
/** Air between a cut and what stands near it. */
const air = 6

/**
 * Draws a swim-lane in parts no wider than `most` pixels, each with the names of the lanes. Cuts run between steps where few ways cross; a
 * way that crosses bears the same number on both sides.
 */
export function cutSwimLane(layout: SwimLaneLayout, lang: Lang, most: number): Part[] {
  if (layout.nodes.length === 0) return []
  if (layout.width <= most)
    return [{ svg: drawSwimLane(layout, lang), width: layout.width, height: layout.height }]
  const cuts = cutsOf(layout, most)
  const edges = [layout.header, ...cuts.map((cut) => cut.x), layout.width]
  return edges.slice(1).map((to, at) => {
    const from = edges[at] as number
    return drawPart(layout, lang, from, to, cuts[at - 1], cuts[at])
  })
}

function cutsOf(layout: SwimLaneLayout, most: number): Cut[] {
  const cuts: Cut[] = []
  let from = layout.header
  let number = 0
  for (;;) {
    const room = most - layout.header - (cuts.length > 0 ? beside : 0)
    if (layout.width - from <= room) return cuts
    const reach = room - beside
    // Parts of like width read better than a full one and a rest.
    const left = Math.ceil((layout.width - from) / reach)
    const target = from + (layout.width - from) / left
    const x = bestCut(layout, from + reach / 4, from + reach, target)
    const found = crossingsAt(layout, x)
    const spots = spaced(
      found.map((one) => one.y),
      (layout.lanes[0]?.y ?? 0) + ring.radius + 3,
      layout.height - ring.radius - 3,
    )
    const crossings = found.map(({ y, flow }, index) => {
      number += 1
      return { y, at: spots[index] ?? y, flow, mark: String(number) }
    })
    cuts.push({ x, crossings })
    from = x
  }
}

/** Where to cut: between steps, words and upright lines; where it is too narrow for that, between steps alone. */
function bestCut(layout: SwimLaneLayout, from: number, to: number, target: number): number {
  for (const near of ['everything', 'words', 'steps'] as const) {
    let best: { x: number; sum: number } | null = null
    for (let x = Math.floor(from); x <= to; x += 2) {
      const crossings = crossingsAt(layout, x).length
      if (crossings === 0 || !free(layout, x, near)) continue
      const sum = crossings * 40 + Math.abs(x - target) * (x < target ? 1.5 : 0.5)
      if (!best || sum < best.sum) best = { x, sum }
    }
    if (best) return best.x
  }
  return Math.floor(to)
}

/** Whether a cut keeps clear of steps, of words too, or of upright lines as well. */
function free(layout: SwimLaneLayout, x: number, of: 'everything' | 'words' | 'steps'): boolean {
  const hits = (box: { x: number; width: number }) => box.x - air < x && x < box.x + box.width + air
  const upright = layout.flows.some((flow) =>
    flow.points.some((point, at) => {
      const next = flow.points[at + 1]
      return next !== undefined && next.x === point.x && Math.abs(point.x - x) < air + 2
    }),
  )
  return (
    !layout.nodes.some(hits) &&
    (of === 'steps' || !layout.labels.some(hits)) &&
    (of !== 'everything' || !upright)
  )
}

/** The ways over a cut, from the top; ways that run on one line count once. */
function crossingsAt(layout: SwimLaneLayout, x: number): { y: number; flow: PlacedFlow }[] {
  const found = new Map<number, PlacedFlow>()
  for (const flow of layout.flows)
    for (const [at, point] of flow.points.entries()) {
      const next = flow.points[at + 1]
      if (next && next.y === point.y && Math.min(point.x, next.x) < x && x < Math.max(point.x, next.x))
        found.set(point.y, found.get(point.y) ?? flow)
    }
  return [...found].map(([y, flow]) => ({ y, flow })).sort((a, b) => a.y - b.y)
}

/** Heights, from the top, moved as little as keeps each readable and all between `top` and `bottom`. */
export function spaced(heights: readonly number[], top: number, bottom: number): number[] {
  // Without the gaps, what stands too close runs backwards: such neighbours share their mean.
  const groups: { sum: number; count: number }[] = []
  for (const [index, y] of heights.entries()) {
    groups.push({ sum: y - index * ring.apart, count: 1 })
    for (;;) {
      const [before, last] = [groups.at(-2), groups.at(-1)]
      if (!before || !last || before.sum / before.count <= last.sum / last.count) break
      groups.splice(-2, 2, { sum: before.sum + last.sum, count: before.count + last.count })
    }
  }
  const most = bottom - (heights.length - 1) * ring.apart
  return groups
    .flatMap(({ sum, count }) => Array.from({ length: count }, () => sum / count))
    .map((base, index) => Math.max(top, Math.min(base, most)) + index * ring.apart)
}

function drawPart(
  layout: SwimLaneLayout,
  lang: Lang,
  from: number,
  to: number,
  before: Cut | undefined,
  after: Cut | undefined,
): Part {
  const { header } = layout
  const top = layout.lanes[0]?.y ?? 0
  const left = header + (before ? beside : 0)
  const right = left + (to - from)
  const width = Math.ceil(right + (after ? beside : 0))
  const within = (box: { x: number; width: number }) => box.x < to && box.x + box.width > from
  const spans = (flow: PlacedFlow) => {
    const xs = flow.points.map((point) => point.x)
    return Math.min(...xs) < to && Math.max(...xs) >= from
  }
  const content = drawContent(
    {
      nodes: layout.nodes.filter(within),
      flows: layout.flows.filter(spans),
      labels: layout.labels.filter(within),
    },
    lang,
    paper,
  )
  const marks = [
    ...(before?.crossings ?? []).map((one) => drawMark(one, header + 14, left, paper)),
    ...(after?.crossings ?? []).map((one) => drawMark(one, right + beside - 14, right, paper)),
  ]
  // Documents stand above the lanes; a part without any begins with its lanes.
  const above = layout.nodes.some((node) => node.kind === 'documents' && within(node)) ? 0 : top
  const height = layout.height - above
  return {
    width,
    height,
    svg: framed(layout.name, width, height, [
      `<g transform="translate(0 ${-above})">`,
      ...drawLanes({ ...layout, width }, paper),
      `<svg x="${left}" y="0" width="${to - from}" height="${layout.height}" viewBox="${from} 0 ${to - from} ${layout.height}">${content.join('')}</svg>`,
      ...marks,
      '</g>',
    ]),
  }
}

/** A number in a ring, joined to the way that goes on elsewhere. */
function drawMark({ y, at, mark, flow }: Crossing, x: number, edge: number, colour: Colours): string {
  const stroke = flow.negative ? colour.warning : colour.line
  const dash = flow.kind === 'documents' ? ' stroke-dasharray="3 3"' : ''
  const rim = x + Math.sign(edge - x) * ring.radius
  return `<g data-continues="${mark}"><path d="M${edge} ${y}L${rim} ${round(at)}" stroke="${stroke}" stroke-width="1.3"${dash}/><circle cx="${x}" cy="${round(at)}" r="${ring.radius}" fill="${colour.sheet}" stroke="${stroke}" stroke-width="1.3"/>${text(
    x,
    round(at) + 4,
    mark,
    { size: 11, fill: colour.text2, weight: 600, anchor: 'middle' },
  )}</g>`
}
