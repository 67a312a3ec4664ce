import type { Process } from '../model.ts'
import { layoutSwimLane, type Point, type SwimLaneLayout } from '../picture/layout.ts'
import { widthOf } from '../picture/text.ts'

interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}
/** Where everything of one process stands, by local ids. */
export interface Placed {
  readonly pool: Box
  readonly lanes: ReadonlyMap<string, Box>
  readonly nodes: ReadonlyMap<string, Box>
  readonly documents: ReadonlyMap<string, Box>
  readonly flows: ReadonlyMap<string, readonly Point[]>
  /** Ways from a document to the step it feeds, by the document. */
  readonly feeds: ReadonlyMap<string, readonly Point[]>
  readonly labels: ReadonlyMap<string, Box>
  /** Where the next process may begin. */
  readonly bottom: number
}

/** Editors break words that fill their box to the last pixel once more. */
const air = 4
/** Bands of pool and lanes that hold their names, turned upright. */
const band = 30
const left = 40
const document = { width: 36, height: 50, label: 28, slot: 112, bus: 8 }

/**
 * Editors draw the kind of a task at its upper left corner, and the sign of a call at its lower border: the name stands between.
 * They strike a stroke through the beginning of a default way: words stand beside it.
 */
const boxFor = (lines: number): number => 60 + lines * 15

/** Gives one process its place in the diagram, from the product's own layout; its documents stand above the pool. */
export function placeProcess(process: Process, top: number, defaults: ReadonlySet<string>): Placed {
  const upright = Math.max(...process.lanes.map((one) => Math.ceil(widthOf(one.name.zh, 12)))) + 8
  const layout = layoutSwimLane(process, 'zh', {
    rowAtLeast: Math.max(30, Math.min(upright, 110) - 24),
    boxFor,
    signed: defaults,
    wordAir: air,
  })
  const firstLane = layout.lanes[0]?.y ?? 0
  const poolTop = top + (process.dataObjects.length > 0 ? bandHeight(targetsOf(layout).length) : 0)
  const dx = left + band * 2 - layout.header
  const dy = poolTop - firstLane
  const moved = (one: Box): Box => ({ x: one.x + dx, y: one.y + dy, width: one.width, height: one.height })
  const shifted = (points: readonly Point[]): Point[] =>
    points.map(({ x, y }) => ({ x: Math.round(x + dx), y: Math.round(y + dy) }))
  const pool = {
    x: left,
    y: poolTop,
    width: layout.width + dx - left,
    height: layout.height - firstLane,
  }
  const flows = layout.flows.filter((one) => one.kind === 'flow')
  const { documents, feeds, labels } = placeDocuments(process, layout, dx, dy, poolTop)
  return {
    pool,
    lanes: new Map(
      layout.lanes.map((one) => [
        one.id,
        { x: left + band, y: one.y + dy, width: pool.width - band, height: one.height },
      ]),
    ),
    nodes: new Map(layout.nodes.filter((one) => one.kind !== 'documents').map((one) => [one.id, moved(one)])),
    documents,
    flows: new Map(flows.map((one) => [one.id, shifted(one.points)])),
    feeds,
    // Editors write a little larger.
    labels: new Map([
      ...layout.labels.map((one) => {
        const box = moved(one)
        const more = Math.ceil(box.width / 20)
        return [one.of, { ...box, x: box.x - more, width: box.width + 2 * more }] as const
      }),
      ...labels,
    ]),
    bottom: poolTop + pool.height,
  }
}

const targetsOf = (layout: SwimLaneLayout): string[] =>
  layout.flows.filter((one) => one.kind === 'documents').map((one) => one.to)

function placeDocuments(
  process: Process,
  layout: SwimLaneLayout,
  dx: number,
  dy: number,
  poolTop: number,
): Pick<Placed, 'documents' | 'feeds' | 'labels'> {
  const documents = new Map<string, Box>()
  const feeds = new Map<string, readonly Point[]>()
  const labels = new Map<string, Box>()
  const targets = targetsOf(layout)
  let free = left
  const row = layout.flows
    .filter((one) => one.kind === 'documents')
    .map((one) => ({ to: one.to, points: entering(one.points, layout.lanes[0]?.y ?? 0) }))
    .sort((a, b) => (a.points[0]?.x ?? 0) - (b.points[0]?.x ?? 0))
  for (const { to, points } of row) {
    const mine = process.dataObjects.filter((one) => one.into[0] === to)
    const entry = (points[0]?.x ?? 0) + dx
    let x = Math.max(free, entry - (mine.length * document.slot) / 2)
    const bus = poolTop - document.bus * (targets.indexOf(to) + 1)
    for (const one of mine) {
      const middle = Math.round(x + document.slot / 2)
      const y = poolTop - bandHeight(targets.length) + document.label
      documents.set(one.id, {
        x: middle - document.width / 2,
        y,
        width: document.width,
        height: document.height,
      })
      labels.set(one.id, {
        x: Math.round(x + 2),
        y: y - document.label,
        width: document.slot - 4,
        height: document.label - 2,
      })
      const inside = points.map((point) => ({ x: Math.round(point.x + dx), y: Math.round(point.y + dy) }))
      const drop = { x: middle, y: y + document.height }
      const across =
        middle === inside[0]?.x
          ? []
          : [
              { x: middle, y: bus },
              { x: inside[0]?.x ?? middle, y: bus },
            ]
      feeds.set(one.id, [drop, ...across, ...inside.slice(1)])
      x += document.slot
    }
    free = x
  }
  return { documents, feeds, labels }
}

/** Height of what stands above the pool: labels, documents, and a line for each step they feed. */
const bandHeight = (targets: number): number =>
  document.label + document.height + document.bus * (targets + 1)

/** The part of a way from the upper border of the lanes on. */
function entering(points: readonly Point[], border: number): Point[] {
  const last = points.findLastIndex((one) => one.y <= border)
  const next = points[last + 1] ?? (points.at(-1) as Point)
  return [{ x: next.x, y: border }, ...points.slice(last + 1)]
}
