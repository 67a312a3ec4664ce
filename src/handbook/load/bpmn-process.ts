import type { Bounds, DataObject, FlowNode, Lane, Process, SequenceFlow } from '../model.ts'
import { type Element, elements, fault, type Reading, text } from './bpmn-element.ts'
import { readNode } from './bpmn-node.ts'

/** Reads one process with its lanes, steps and ways; ids lose the process’s prefix. */
export function readProcess(
  reading: Reading,
  element: Element,
  pool: Element | undefined,
  entry: Process['entry'],
): Process {
  const local = localId(element)
  const laneOf = new Map<string, string>()
  const lanes = elements(element.laneSets)
    .flatMap((set) => elements(set.lanes))
    .map((lane): Lane => {
      if (lane.childLaneSet)
        fault(
          reading,
          lane,
          `泳道“${text(lane).zh}”里又分了泳道，改成一层`,
          `The lane “${text(lane).en}” holds lanes of its own; keep one level`,
        )
      for (const node of elements(lane.flowNodeRef)) laneOf.set(node.id, local(lane.id))
      return {
        id: local(lane.id),
        name: text(lane),
        post: (lane.post as string | undefined) ?? local(lane.id),
        bounds: boundsOf(reading, lane),
      }
    })
  if (lanes.length === 0)
    fault(
      reading,
      element,
      `流程“${text(element).zh}”没有泳道；每个岗位画一条`,
      `The process “${text(element).en}” has no lanes; draw one for each post`,
    )
  const parts = elements(element.flowElements)
  const nodes: FlowNode[] = []
  const flows: SequenceFlow[] = []
  const dataObjects: DataObject[] = []
  for (const part of parts) {
    if (part.$type === 'bpmn:DataObject') continue
    if (part.$type === 'bpmn:SequenceFlow') {
      const flow = readFlow(reading, part, local)
      if (flow) flows.push(flow)
    } else if (part.$type === 'bpmn:DataObjectReference')
      dataObjects.push({
        id: local(part.id),
        name: text(part),
        bounds: boundsOf(reading, part),
        into: parts.filter((node) => isFedBy(node, part.id)).map((node) => local(node.id)),
      })
    else {
      const lane = lanes.find((one) => one.id === laneOf.get(part.id))
      const base = {
        id: local(part.id),
        name: { zh: part.name ?? '', en: (part.en as string | undefined) ?? part.name ?? '' },
        lane: lane?.id ?? null,
        bounds: boundsOf(reading, part),
        at: reading.placeOf(part.id),
      }
      const node = readNode(reading, part, base, lane?.post)
      if (node) nodes.push(node)
    }
  }
  const frame = pool ? boundsOf(reading, pool) : null
  return {
    id: (element.ref as string | undefined) ?? element.id,
    name: text(element),
    entry,
    due: (element.due as string | undefined) ?? null,
    lanes,
    nodes,
    flows,
    dataObjects,
    picture: {
      width: (frame?.x ?? 0) + (frame?.width ?? 0),
      height: (frame?.y ?? 0) + (frame?.height ?? 0),
      pool: frame,
    },
  }
}

/** Ids within a process, without the process's own id before them. */
export const localId =
  (process: Element) =>
  (id: string): string =>
    id.startsWith(`${process.id}_`) ? id.slice(process.id.length + 1) : id

const isFedBy = (node: Element, document: string): boolean =>
  elements(node.dataInputAssociations).some((association) =>
    elements(association.sourceRef).some((source) => source.id === document),
  )

function boundsOf(reading: Reading, element: Element): Bounds {
  const bounds = reading.drawn?.get(element.id)?.bounds as Bounds | undefined
  if (bounds) return { x: bounds.x, y: bounds.y, width: bounds.width, height: bounds.height }
  if (reading.drawn)
    fault(
      reading,
      element,
      `图上没有画出 ${element.id}；用 npx kambook handbook draw 重排位置`,
      `${element.id} is not drawn in the diagram; npx kambook handbook draw gives positions anew`,
    )
  return { x: 0, y: 0, width: 0, height: 0 }
}

function readFlow(reading: Reading, part: Element, local: (id: string) => string): SequenceFlow | null {
  const [from, to] = [part.sourceRef as Element | undefined, part.targetRef as Element | undefined]
  if (!from || !to) {
    fault(reading, part, `连线 ${part.id} 没有接上`, `The flow ${part.id} is not connected`)
    return null
  }
  const condition = (part.conditionExpression as Element | undefined)?.body as string | undefined
  const points = elements(reading.drawn?.get(part.id)?.waypoint) as unknown as { x: number; y: number }[]
  return {
    id: local(part.id),
    from: local(from.id),
    to: local(to.id),
    name: part.name ? text(part) : null,
    outcome: (part.outcome as string | undefined) ?? null,
    condition: condition?.trim() || null,
    points: points.map(({ x, y }) => ({ x, y })),
    at: reading.placeOf(part.id),
  }
}
