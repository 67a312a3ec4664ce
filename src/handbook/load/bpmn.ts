import { BpmnModdle } from 'bpmn-moddle'
import type {
  Bounds,
  DataObject,
  FlowNode,
  Lane,
  Outcome,
  Place,
  Problem,
  Process,
  SequenceFlow,
  Tag,
  Text,
  Workflow,
} from '../model.ts'
import descriptor from './kb.json' with { type: 'json' }

/** The parts of a moddle element that are read here; the library ships no types for extensions. */
interface Element {
  $type: string
  id: string
  name?: string
  [property: string]: unknown
}

const text = (element: Element, id = element.id): Text => ({
  zh: element.name ?? id,
  en: (element.en as string | undefined) ?? element.name ?? id,
})
const list = (value: unknown): string[] =>
  typeof value === 'string' ? value.split(/\s+/).filter(Boolean) : []

/** Line and column at which an element is written, found by its id. */
function placeIn(file: string, xml: string, id: string): Place {
  const at = Math.max(0, xml.indexOf(` id="${id}"`))
  const before = xml.slice(0, at).split('\n')
  return { file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}

const bpmnProblem = (file: string, zh: string, en: string, at?: Place): Problem => ({
  check: 'bpmn',
  severity: 'error',
  where: at ?? { file, line: 1, column: 1 },
  message: { zh, en },
})

/**
 * Reads one workflow from BPMN 2.0 with Kambook's attributes (`urn:kambook:bpmn:1`).
 * Elements the program cannot run are problems with their place; DOCTYPE and entities are refused before parsing.
 */
export async function readWorkflow(
  file: string,
  xml: string,
): Promise<{ workflow: Workflow | null; problems: Problem[] }> {
  if (/<!DOCTYPE|<!ENTITY/i.test(xml))
    return {
      workflow: null,
      problems: [
        bpmnProblem(
          file,
          '流程文件里不许有 DOCTYPE 或 ENTITY，删去后再读',
          'A workflow file must not hold DOCTYPE or ENTITY; remove them',
        ),
      ],
    }
  const problems: Problem[] = []
  const moddle = new BpmnModdle({ kb: descriptor })
  let root: Element
  try {
    const parsed = await moddle.fromXML(xml)
    root = parsed.rootElement as unknown as Element
    for (const warning of parsed.warnings)
      problems.push(bpmnProblem(file, `BPMN 有误：${warning.message}`, `Faulty BPMN: ${warning.message}`))
  } catch (error) {
    const reason = (error as Error).message
    return {
      workflow: null,
      problems: [bpmnProblem(file, `不是 BPMN 文件：${reason}`, `Not a BPMN file: ${reason}`)],
    }
  }
  const shapes = new Map<string, Element>()
  const diagrams = (root.diagrams as Element[] | undefined) ?? []
  for (const one of ((diagrams[0]?.plane as Element | undefined)?.planeElement as Element[] | undefined) ??
    [])
    shapes.set((one.bpmnElement as Element).id, one)
  const elements = root.rootElements as Element[]
  const pools = elements
    .filter((one) => one.$type === 'bpmn:Collaboration')
    .flatMap((one) => (one.participants as Element[] | undefined) ?? [])
  const processes = elements
    .filter((one) => one.$type === 'bpmn:Process')
    .map((one) => {
      const pool = pools.find((candidate) => (candidate.processRef as Element | undefined)?.id === one.id)
      return readProcess({ file, xml, shapes, problems }, one, pool)
    })
  const main = elements.find((one) => one.$type === 'bpmn:Process' && one.kind)
  if (!main || processes.length === 0) {
    problems.push(
      bpmnProblem(
        file,
        '没有主流程：给一个 process 写上 kb:kind',
        'No main process: give one process a kb:kind',
      ),
    )
    return { workflow: null, problems }
  }
  const results = elements
    .filter((one) => one.$type === 'bpmn:Process')
    .flatMap((one) => extensions(one, 'kb:Result'))
    .map((one) => ({ id: one.id, name: text(one) }))
  return {
    workflow: {
      id: (main.ref as string | undefined) ?? main.id,
      name: text(main),
      kind: main.kind as Workflow['kind'],
      adoption: (main.adoption as Workflow['adoption'] | undefined) ?? 'described',
      processes,
      results: results.filter((one, index) => results.findIndex((other) => other.id === one.id) === index),
      file,
      at: placeIn(file, xml, main.id),
    },
    problems,
  }
}

interface Reading {
  readonly file: string
  readonly xml: string
  readonly shapes: ReadonlyMap<string, Element>
  readonly problems: Problem[]
}

const extensions = (element: Element, type: string): Element[] =>
  (((element.extensionElements as Element | undefined)?.values as Element[] | undefined) ?? []).filter(
    (one) => one.$type.toLowerCase() === type.toLowerCase(),
  )

function boundsOf(reading: Reading, id: string): Bounds {
  const bounds = reading.shapes.get(id)?.bounds as Bounds | undefined
  if (!bounds) {
    reading.problems.push(
      bpmnProblem(
        reading.file,
        `图上没有画出 ${id}`,
        `${id} is not drawn in the diagram`,
        placeIn(reading.file, reading.xml, id),
      ),
    )
    return { x: 0, y: 0, width: 0, height: 0 }
  }
  return { x: bounds.x, y: bounds.y, width: bounds.width, height: bounds.height }
}

function readProcess(reading: Reading, element: Element, pool: Element | undefined): Process {
  const prefix = `${element.id}_`
  const local = (id: string) => (id.startsWith(prefix) ? id.slice(prefix.length) : id)
  const laneElements =
    ((element.laneSets as Element[] | undefined)?.[0]?.lanes as Element[] | undefined) ?? []
  const laneOf = new Map<string, string>()
  const lanes: Lane[] = laneElements.map((lane) => {
    for (const node of (lane.flowNodeRef as Element[] | undefined) ?? []) laneOf.set(node.id, local(lane.id))
    return {
      id: local(lane.id),
      name: text(lane),
      post: (lane.post as string | undefined) ?? local(lane.id),
      bounds: boundsOf(reading, lane.id),
    }
  })
  const parts = (element.flowElements as Element[] | undefined) ?? []
  const nodes: FlowNode[] = []
  const flows: SequenceFlow[] = []
  const dataObjects: DataObject[] = []
  for (const part of parts) {
    if (part.$type === 'bpmn:DataObject') continue
    if (part.$type === 'bpmn:SequenceFlow') flows.push(readFlow(reading, part, local))
    else if (part.$type === 'bpmn:DataObjectReference')
      dataObjects.push({
        id: local(part.id),
        name: text(part),
        bounds: boundsOf(reading, part.id),
        into: parts
          .filter((node) =>
            ((node.dataInputAssociations as Element[] | undefined) ?? []).some((association) =>
              ((association.sourceRef as Element[] | undefined) ?? []).some(
                (source) => source.id === part.id,
              ),
            ),
          )
          .map((node) => local(node.id)),
      })
    else {
      const lane = lanes.find((one) => one.id === laneOf.get(part.id))
      const node = readNode(reading, part, local, lane)
      if (node) nodes.push(node)
    }
  }
  const frame = pool ? boundsOf(reading, pool.id) : null
  return {
    id: (element.ref as string | undefined) ?? element.id,
    name: text(element),
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

function readNode(
  reading: Reading,
  part: Element,
  local: (id: string) => string,
  lane: Lane | undefined,
): FlowNode | null {
  const base = {
    id: local(part.id),
    name: { zh: part.name ?? '', en: (part.en as string | undefined) ?? part.name ?? '' },
    lane: lane?.id ?? null,
    bounds: boundsOf(reading, part.id),
    at: placeIn(reading.file, reading.xml, part.id),
  }
  const adoption = (part.adoption as 'running' | 'described' | undefined) ?? 'running'
  switch (part.$type) {
    case 'bpmn:StartEvent':
      return { ...base, kind: 'start' }
    case 'bpmn:EndEvent':
      return { ...base, kind: 'end', result: (part.result as string | undefined) ?? 'done' }
    case 'bpmn:ExclusiveGateway':
      return { ...base, kind: 'exclusive' }
    case 'bpmn:ParallelGateway':
      return { ...base, kind: 'parallel' }
    case 'bpmn:IntermediateThrowEvent':
      return { ...base, kind: 'milestone', word: (part.word as string | undefined) ?? base.id }
    case 'bpmn:CallActivity':
      return {
        ...base,
        kind: 'call',
        step: (part.step as string | undefined) ?? '',
        process: String(part.calledElement ?? '').replace('_', '.'),
        each: (part.each as string | undefined) ?? '',
        adoption,
      }
    case 'bpmn:UserTask':
      return {
        ...base,
        kind: 'task',
        step: (part.step as string | undefined) ?? '',
        post: (part.post as string | undefined) ?? lane?.post ?? '',
        assign: (part.assign as 'post' | 'subject' | 'giver' | undefined) ?? 'post',
        forms: list(part.forms),
        with: list(part.with),
        due: (part.due as string | undefined) ?? null,
        outcomes: extensions(part, 'kb:Outcome').map(
          (one): Outcome => ({
            id: one.id,
            name: text(one),
            comment: one.comment === 'required' ? 'required' : 'optional',
            negative: one.negative === true,
          }),
        ),
        act: (part.act as string | undefined) ?? null,
        adoption,
        tag: (part.tag as Tag | undefined) ?? 'default',
        ...(part.note
          ? {
              note: {
                zh: part.note as string,
                en: (part.noteEn as string | undefined) ?? (part.note as string),
              },
            }
          : {}),
      }
    default:
      reading.problems.push(
        bpmnProblem(
          reading.file,
          `不能运行这种图形：${part.$type.replace('bpmn:', '')}（${base.id}）。换成任务、网关、调用或里程碑`,
          `This shape cannot run: ${part.$type.replace('bpmn:', '')} (${base.id}). Use a task, gateway, call activity or milestone`,
          base.at,
        ),
      )
      return null
  }
}

function readFlow(reading: Reading, part: Element, local: (id: string) => string): SequenceFlow {
  const condition = (part.conditionExpression as Element | undefined)?.body as string | undefined
  const points = (reading.shapes.get(part.id)?.waypoint as { x: number; y: number }[] | undefined) ?? []
  return {
    id: local(part.id),
    from: local((part.sourceRef as Element).id),
    to: local((part.targetRef as Element).id),
    name: part.name ? text(part) : null,
    outcome: (part.outcome as string | undefined) ?? null,
    condition: condition?.trim() || null,
    points: points.map(({ x, y }) => ({ x, y })),
    at: placeIn(reading.file, reading.xml, part.id),
  }
}
