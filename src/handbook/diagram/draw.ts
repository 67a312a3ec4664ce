import { bpmnReader, unsafeXml } from '../load/bpmn.ts'
import {
  bpmnProblem,
  type Element,
  elements,
  fault,
  placesIn,
  type Reading,
  refsOf,
} from '../load/bpmn-element.ts'
import { localId, readProcess } from '../load/bpmn-process.ts'
import type { Problem } from '../model.ts'
import { type Placed, placeProcess } from './place.ts'
import { type Drawn, diagramXml, withDiagram, withoutDiagram } from './write.ts'

/** Room above the first pool and between two. */
const gap = 40

/**
 * Gives the text of a BPMN file positions anew: pools, lanes, steps, ways with their bends, labels, from the product's own layout.
 * Everything but the diagram stays as it was written, letter by letter.
 * @returns the text with its diagram, or the problems that keep it from being drawn
 */
export async function drawDiagram(
  file: string,
  xml: string,
): Promise<{ xml: string | null; problems: Problem[] }> {
  const unsafe = unsafeXml(file, xml)
  if (unsafe) return { xml: null, problems: [unsafe] }
  const problems: Problem[] = []
  let root: Element
  try {
    // The old diagram does not matter, not even where it draws what is gone: it is written anew.
    const parsed = await bpmnReader().fromXML(withoutDiagram(xml))
    root = parsed.rootElement as unknown as Element
    for (const { message } of parsed.warnings)
      problems.push(bpmnProblem(file, `BPMN 有误：${message}`, `Faulty BPMN: ${message}`))
  } catch (error) {
    const { message } = error as Error
    return {
      xml: null,
      problems: [bpmnProblem(file, `不是 BPMN 文件：${message}`, `Not a BPMN file: ${message}`)],
    }
  }
  const all = elements(root.rootElements)
  const collaboration = all.find((one) => one.$type === 'bpmn:Collaboration')
  const bodies = all.filter((one) => one.$type === 'bpmn:Process')
  const reading: Reading = { file, placeOf: placesIn(file, xml), drawn: null, refs: refsOf(bodies), problems }
  const plane = collaboration ?? bodies[0]
  if (!plane) {
    problems.push(bpmnProblem(file, '文件里没有流程', 'The file holds no process'))
    return { xml: null, problems }
  }
  const drawn: Drawn[] = []
  let top = gap
  for (const body of bodies) {
    const pool = elements(collaboration?.participants).find(
      (one) => (one.processRef as Element | undefined)?.id === body.id,
    )
    if (!pool && (collaboration || bodies.length > 1))
      fault(
        reading,
        body,
        `流程 ${body.id} 没有泳池；在 collaboration 里给它写一个 participant`,
        `The process ${body.id} has no pool; give it a participant in the collaboration`,
      )
    const process = readProcess(reading, body, undefined, 'called')
    if (problems.length > 0) continue
    const placed = placeProcess(process, top, defaultsOf(body))
    top = placed.bottom + gap
    drawn.push(...drawnOf(body, pool, placed))
  }
  if (problems.length > 0) return { xml: null, problems }
  return { xml: withDiagram(xml, diagramXml(plane.id, drawn)), problems }
}

/** The ways that gateways name as their default, by local ids. */
function defaultsOf(body: Element): Set<string> {
  const local = localId(body)
  return new Set(
    elements(body.flowElements).flatMap((one) => {
      const id = (one.default as Element | undefined)?.id
      return id ? [local(id)] : []
    }),
  )
}

/** The shapes and edges of one process under the ids of its file. */
function drawnOf(body: Element, pool: Element | undefined, placed: Placed): Drawn[] {
  const local = localId(body)
  const drawn: Drawn[] = []
  const label = (id: string) => placed.labels.get(local(id))
  if (pool) drawn.push({ kind: 'shape', id: pool.id, box: placed.pool, horizontal: true })
  for (const lane of elements(body.laneSets).flatMap((set) => elements(set.lanes))) {
    const box = placed.lanes.get(local(lane.id))
    if (box) drawn.push({ kind: 'shape', id: lane.id, box, horizontal: true })
  }
  const parts = elements(body.flowElements)
  for (const part of parts) {
    const box = placed.nodes.get(local(part.id)) ?? placed.documents.get(local(part.id))
    if (box) drawn.push({ kind: 'shape', id: part.id, box, label: label(part.id) })
  }
  for (const part of parts) {
    const points = part.$type === 'bpmn:SequenceFlow' ? placed.flows.get(local(part.id)) : undefined
    if (points) drawn.push({ kind: 'edge', id: part.id, points, label: label(part.id) })
    for (const association of elements(part.dataInputAssociations)) {
      const from = elements(association.sourceRef)[0]
      const way = from && placed.feeds.get(local(from.id))
      if (way && association.id) drawn.push({ kind: 'edge', id: association.id, points: way })
    }
  }
  return drawn
}
