import type { Bounds, FlowNode, Outcome, Place, Tag, Text } from '../model.ts'
import {
  type Element,
  elements,
  extensions,
  fault,
  noteOf,
  type Reading,
  text,
  words,
} from './bpmn-element.ts'

interface Base {
  readonly id: string
  readonly name: Text
  readonly lane: string | null
  readonly bounds: Bounds
  readonly at: Place
}

/** Reads a step, gateway or event; what cannot run is a fault at its place and gives nothing. */
export function readNode(
  reading: Reading,
  part: Element,
  base: Base,
  lanePost: string | undefined,
): FlowNode | null {
  refuseExtras(reading, part)
  const attribute = (name: string) => part[name] as string | undefined
  const adoption: 'running' | 'described' = part.adoption === 'described' ? 'described' : 'running'
  switch (part.$type) {
    case 'bpmn:StartEvent':
      return { ...base, kind: 'start' }
    case 'bpmn:EndEvent':
      return {
        ...base,
        kind: 'end',
        result: attribute('result') ?? 'done',
        terminates: elements(part.eventDefinitions).some(
          (one) => one.$type === 'bpmn:TerminateEventDefinition',
        ),
      }
    case 'bpmn:ExclusiveGateway':
      return { ...base, kind: 'exclusive' }
    case 'bpmn:ParallelGateway':
      return { ...base, kind: 'parallel' }
    case 'bpmn:IntermediateThrowEvent':
      return { ...base, kind: 'milestone', word: attribute('word') ?? base.id }
    case 'bpmn:CallActivity': {
      const [from, to] = [attribute('from'), attribute('to')]
      return {
        ...base,
        kind: 'call',
        step: attribute('step') ?? '',
        process: reading.refs.get(String(part.calledElement)) ?? String(part.calledElement ?? ''),
        segment: from && to ? { from, to } : null,
        each: attribute('each') ?? null,
        with: words(part.with),
        due: attribute('due') ?? null,
        outcomes: outcomesOf(part),
        adoption,
        tag: tagOf(part),
        ...noteOf(part),
      }
    }
    case 'bpmn:UserTask':
      return {
        ...base,
        kind: 'task',
        step: attribute('step') ?? '',
        post: attribute('post') ?? lanePost ?? '',
        assign: (part.assign as 'post' | 'subject' | 'giver' | undefined) ?? 'post',
        forms: words(part.forms),
        with: words(part.with),
        due: attribute('due') ?? null,
        ladder: attribute('ladder') ?? null,
        produces: words(part.produces),
        signers: words(part.signers),
        outcomes: outcomesOf(part),
        act: attribute('act') ?? null,
        adoption,
        tag: tagOf(part),
        ...noteOf(part),
      }
    default: {
      const shape = part.$type.replace(/^.*:/, '')
      fault(
        reading,
        part,
        `不能运行这种图形：${shape}（${part.name ?? base.id}）。换成任务、网关、调用或里程碑`,
        `This shape cannot run: ${shape} (${part.name ?? base.id}). Use a task, gateway, call activity or milestone`,
      )
      return null
    }
  }
}

const tagOf = (part: Element): Tag => (part.tag as Tag | undefined) ?? 'default'

const outcomesOf = (part: Element): Outcome[] =>
  extensions(part, 'kb:Outcome').map((one) => ({
    id: one.id,
    name: text(one),
    comment: one.comment === 'required' ? 'required' : 'optional',
    negative: one.negative === true,
    starts: words(one.starts),
  }))

/** Timers, messages and loops would be drawn but not obeyed: they are refused rather than left out. */
function refuseExtras(reading: Reading, part: Element): void {
  for (const one of elements(part.eventDefinitions)) {
    if (part.$type === 'bpmn:EndEvent' && one.$type === 'bpmn:TerminateEventDefinition') continue
    const what = one.$type.replace(/^.*:|EventDefinition$/g, '')
    fault(
      reading,
      part,
      `事件“${part.name ?? part.id}”带有 ${what}，不能运行；期限写在任务的 kb:due 上`,
      `The event “${part.name ?? part.id}” carries ${what}, which cannot run; deadlines stand at tasks as kb:due`,
    )
  }
  if (part.loopCharacteristics)
    fault(
      reading,
      part,
      `“${part.name ?? part.id}”带有循环标记，不能运行；改用网关，或带 kb:each 的调用`,
      `“${part.name ?? part.id}” carries a loop marker, which cannot run; use a gateway, or a call with kb:each`,
    )
}
