import { BpmnModdle, type Warning } from 'bpmn-moddle'
import type { Place, Problem, Process, Workflow } from '../model.ts'
import {
  bpmnProblem,
  type Element,
  elements,
  extensions,
  fault,
  noteOf,
  placesIn,
  type Reading,
  refsOf,
  text,
  words,
} from './bpmn-element.ts'
import { giveIds } from './bpmn-ids.ts'
import { readProcess } from './bpmn-process.ts'
import descriptor from './kb.json' with { type: 'json' }

/** A parser that knows Kambook's attributes (`urn:kambook:bpmn:1`). */
export const bpmnReader = () => new BpmnModdle({ kb: descriptor })

/** What is wrong with a text that must not even be parsed: DOCTYPE and entities can reach files and blow up. */
export const unsafeXml = (file: string, xml: string): Problem | null =>
  /<!DOCTYPE|<!ENTITY/i.test(xml)
    ? bpmnProblem(
        file,
        '流程文件里不许有 DOCTYPE 或 ENTITY，删去后再读',
        'A workflow file must not hold DOCTYPE or ENTITY; remove them',
        placeOfUnsafe(file, xml),
      )
    : null

function placeOfUnsafe(file: string, xml: string) {
  const before = xml.slice(0, xml.search(/<!DOCTYPE|<!ENTITY/i)).split('\n')
  return { file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}

/**
 * Reads one workflow from BPMN 2.0 with Kambook's attributes.
 * Elements the program cannot run are problems with their place; DOCTYPE and entities are refused before parsing.
 */
export async function readWorkflow(
  file: string,
  xml: string,
): Promise<{ workflow: Workflow | null; problems: Problem[] }> {
  const unsafe = unsafeXml(file, xml)
  if (unsafe) return { workflow: null, problems: [unsafe] }
  const problems: Problem[] = []
  const placeIn = placesIn(file, xml)
  let root: Element
  try {
    const parsed = await bpmnReader().fromXML(xml)
    root = parsed.rootElement as unknown as Element
    for (const warning of parsed.warnings) {
      // The parser puts the place into its sentence, on lines of their own.
      const said = warning.message.split('\n')[0]
      problems.push(
        bpmnProblem(
          file,
          `BPMN 有误：${said}`,
          `Faulty BPMN: ${said}`,
          placeOfWarning(file, xml, warning, placeIn),
        ),
      )
    }
  } catch (error) {
    const reason = (error as Error).message
    return {
      workflow: null,
      problems: [
        bpmnProblem(
          file,
          `不是 BPMN 文件：${reason}`,
          `Not a BPMN file: ${reason}`,
          placeInReason(file, reason),
        ),
      ],
    }
  }
  const made = giveIds(root)
  const all = elements(root.rootElements)
  const bodies = all.filter((one) => one.$type === 'bpmn:Process')
  const placeOf = (id: string | undefined) => placeIn(made.has(id ?? '') ? made.get(id ?? '') : id)
  const reading: Reading = { file, placeOf, drawn: drawnIn(root), refs: refsOf(bodies), problems }
  const main = bodies.find((one) => one.kind)
  if (!main) {
    problems.push(
      bpmnProblem(
        file,
        '没有主流程：给一个 process 写上 kb:kind',
        'No main process: give one process a kb:kind',
        bodies[0] ? placeOf(bodies[0].id) : undefined,
      ),
    )
    return { workflow: null, problems }
  }
  const collaborations = all.filter((one) => one.$type === 'bpmn:Collaboration')
  for (const one of collaborations.flatMap((each) => elements(each.messageFlows)))
    fault(
      reading,
      one,
      `消息流不能运行：${one.name ?? one.id}。改用调用或“另起一例”`,
      `Message flows cannot run: ${one.name ?? one.id}. Use a call activity, or an outcome that starts another case`,
    )
  const pools = collaborations.flatMap((one) => elements(one.participants))
  const processes = [main, ...bodies.filter((one) => one !== main)].map(
    (body): Process =>
      readProcess(
        reading,
        body,
        pools.find((pool) => (pool.processRef as Element | undefined)?.id === body.id),
        body === main ? 'main' : body.entry === 'own' ? 'own' : 'called',
      ),
  )
  const results = bodies
    .flatMap((one) => extensions(one, 'kb:Result'))
    .map((one) => ({ id: one.id, name: text(one) }))
  return {
    workflow: {
      id: (main.ref as string | undefined) ?? main.id,
      name: text(main),
      kind: kindOf(reading, main),
      adoption: main.adoption === 'running' ? 'running' : 'described',
      processes,
      results: results.filter((one, index) => results.findIndex((other) => other.id === one.id) === index),
      groups: extensions(main, 'kb:Group').map((one) => ({
        code: one.code as string,
        name: text(one, one.code as string),
        steps: words(one.steps),
        due: (one.due as string | undefined) ?? null,
      })),
      ...noteOf(main),
      file,
      at: placeOf(main.id),
    },
    problems,
  }
}

function kindOf(reading: Reading, main: Element): Workflow['kind'] {
  const { kind } = main
  if (kind === 'management' || kind === 'business' || kind === 'support' || kind === 'rollout') return kind
  fault(
    reading,
    main,
    `kb:kind 写的是 ${String(kind)}，须为 management、business、support 或 rollout`,
    `kb:kind is ${String(kind)}; it must be management, business, support or rollout`,
  )
  return 'support'
}

function drawnIn(root: Element): Map<string, Element> {
  const drawn = new Map<string, Element>()
  for (const diagram of elements(root.diagrams))
    for (const one of elements((diagram.plane as Element | undefined)?.planeElement)) {
      const id = (one.bpmnElement as Element | undefined)?.id
      if (id !== undefined && !drawn.has(id)) drawn.set(id, one)
    }
  return drawn
}

/** The parser tells line and column in its sentence. */
function placeInReason(file: string, reason: string) {
  const line = Number(/line:\s*(\d+)/.exec(reason)?.[1] ?? 0)
  const column = Number(/column:\s*(\d+)/.exec(reason)?.[1] ?? 0)
  return { file, line: line + 1, column: column + 1 }
}

/** Where a warning belongs: the place it tells itself, the element it is about, or where the value stands that it names. */
function placeOfWarning(
  file: string,
  xml: string,
  { message, element, value }: Warning,
  placeIn: (id: string | undefined) => Place,
): Place {
  if (/line:\s*\d+/.test(message)) return placeInReason(file, message)
  if (element?.id) return placeIn(element.id)
  const named = value ?? /<([^>]+)>/.exec(message)?.[1]
  const at = named === undefined ? -1 : xml.search(new RegExp(`["'>\\s:]${escaped(named)}["'<\\s]`))
  const before = xml.slice(0, Math.max(at, 0)).split('\n')
  return { file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
