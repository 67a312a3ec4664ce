import { bpmnReader } from '../load/bpmn.ts'
import { type Element, elements } from '../load/bpmn-element.ts'

interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}
interface Shape extends Box {
  readonly id: string
  readonly type: string
  readonly lane: string | null
}
interface Words extends Box {
  /** The shape or the way they belong to. */
  readonly of: string
}
interface Edge {
  readonly id: string
  readonly ends: readonly string[]
  /** A gateway's default: editors strike a stroke through where it begins. */
  readonly struck: boolean
  readonly points: readonly { readonly x: number; readonly y: number }[]
}

/** What is wrong with the positions of a BPMN file: things on top of each other, outside their lane, or missing. For tests and editors. */
export async function misplaced(xml: string): Promise<string[]> {
  const { rootElement } = await bpmnReader().fromXML(xml)
  const root = rootElement as Element
  const { shapes, edges, labels, missing } = read(root)
  const found = missing.map((id) => `${id} is not drawn`)
  const steps = shapes.filter((one) => !isFrame(one))
  for (const [index, one] of steps.entries()) {
    for (const other of steps.slice(index + 1))
      if (meet(one, other)) found.push(`${one.id} lies on ${other.id}`)
    const lane = shapes.find((frame) => frame.id === one.lane)
    if (lane && !holds(lane, one)) found.push(`${one.id} stands outside ${lane.id}`)
  }
  const pools = shapes.filter((one) => one.type === 'bpmn:Participant')
  for (const [index, one] of pools.entries())
    for (const other of pools.slice(index + 1))
      if (meet(one, other)) found.push(`${one.id} lies on ${other.id}`)
  for (const [index, one] of labels.entries()) {
    for (const other of labels.slice(index + 1))
      if (meet(one, other)) found.push(`the words of ${one.of} lie on those of ${other.of}`)
    for (const step of steps)
      if (step.id !== one.of && hides(one, step)) found.push(`the words of ${one.of} lie on ${step.id}`)
  }
  for (const edge of edges.filter((one) => one.struck))
    for (const one of labels)
      if (meet(one, strokeOf(edge))) found.push(`the words of ${one.of} lie on the stroke of ${edge.id}`)
  for (const edge of edges)
    for (const [index, to] of edge.points.slice(1).entries()) {
      const from = edge.points[index] as { x: number; y: number }
      if (from.x !== to.x && from.y !== to.y) found.push(`${edge.id} runs aslant`)
      const line = {
        x: Math.min(from.x, to.x),
        y: Math.min(from.y, to.y),
        width: Math.abs(from.x - to.x),
        height: Math.abs(from.y - to.y),
      }
      for (const one of steps)
        if (!edge.ends.includes(one.id) && meet(line, one)) found.push(`${edge.id} runs through ${one.id}`)
    }
  return found
}

/** Where the stroke of a default way stands, just behind its gateway. */
function strokeOf({ points: [from, to] }: Edge): Box {
  if (!from || !to) return { x: 0, y: 0, width: 0, height: 0 }
  const x = from.x + Math.sign(to.x - from.x) * 9
  const y = from.y + Math.sign(to.y - from.y) * 9
  return { x: x - 3, y: y - 3, width: 6, height: 6 }
}
const isFrame = (one: Shape): boolean => one.type === 'bpmn:Participant' || one.type === 'bpmn:Lane'
const meet = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
/** Whether words hide a shape; a gateway's corners are free. */
function hides(words: Box, shape: Shape): boolean {
  if (!shape.type.endsWith('Gateway')) return meet(words, shape)
  const near = (from: number, size: number, to: number) =>
    Math.abs(to - Math.min(Math.max(to, from), from + size))
  const cx = shape.x + shape.width / 2
  const cy = shape.y + shape.height / 2
  return near(words.x, words.width, cx) + near(words.y, words.height, cy) < shape.width / 2
}
const holds = (outer: Box, inner: Box): boolean =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height

function read(root: Element): { shapes: Shape[]; edges: Edge[]; labels: Words[]; missing: string[] } {
  const planes = elements(root.diagrams).flatMap((one) =>
    elements((one.plane as Element | undefined)?.planeElement),
  )
  const drawn = new Map(planes.map((one) => [(one.bpmnElement as Element | undefined)?.id, one]))
  const shapes: Shape[] = []
  const edges: Edge[] = []
  const labels: Words[] = []
  const missing: string[] = []
  const words = (id: string) => {
    const label = drawn.get(id)?.label as { bounds?: Box } | undefined
    if (label?.bounds) labels.push({ of: id, ...boxOf(label.bounds) })
  }
  const shape = (element: Element, lane: string | null) => {
    words(element.id)
    const bounds = drawn.get(element.id)?.bounds as Box | undefined
    if (!bounds) missing.push(element.id)
    else shapes.push({ id: element.id, type: element.$type, lane, ...boxOf(bounds) })
  }
  const edge = (element: Element, ends: readonly string[], struck = false) => {
    words(element.id)
    const points = elements(drawn.get(element.id)?.waypoint) as unknown as { x: number; y: number }[]
    if (points.length < 2) missing.push(element.id)
    else edges.push({ id: element.id, ends, struck, points: points.map(({ x, y }) => ({ x, y })) })
  }
  const idOf = (value: unknown) => (value as Element | undefined)?.id ?? ''
  for (const one of elements(root.rootElements)) {
    for (const pool of elements(one.participants)) shape(pool, null)
    const lanes = elements(one.laneSets).flatMap((set) => elements(set.lanes))
    const laneOf = new Map(
      lanes.flatMap((lane) => elements(lane.flowNodeRef).map((node) => [node.id, lane.id] as const)),
    )
    for (const lane of lanes) shape(lane, null)
    for (const part of elements(one.flowElements)) {
      if (part.$type === 'bpmn:DataObject') continue
      if (part.$type === 'bpmn:SequenceFlow')
        edge(part, [idOf(part.sourceRef), idOf(part.targetRef)], isDefault(part))
      else shape(part, laneOf.get(part.id) ?? null)
      for (const feed of elements(part.dataInputAssociations))
        edge(feed, [part.id, ...elements(feed.sourceRef).map((source) => source.id)])
    }
  }
  return { shapes, edges, labels, missing }
}

/** Whether its gateway takes this way when no other is open. */
const isDefault = (flow: Element): boolean =>
  ((flow.sourceRef as Element | undefined)?.default as Element | undefined)?.id === flow.id

const boxOf = ({ x, y, width, height }: Box): Box => ({ x, y, width, height })
