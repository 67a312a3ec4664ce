import type { FlowNode, Outcome, Process, SequenceFlow, Text, Workflow } from '../model.ts'
import { type Face, Lines, listed, same } from './face.ts'
import { adoptions, assigns, label, type Names, workflowKinds } from './words.ts'

/** A workflow as a graph: its lanes, steps with all their settings, and the ways between them. */
export function workflowFace(names: Names, workflow: Workflow): Face {
  const told = () => {
    const lines = new Lines()
      .value('name', label.name, workflow.name)
      .value('kind', label.kind, workflowKinds[workflow.kind])
      .value('adoption', label.adoption, adoptions[workflow.adoption])
      .prose('note', label.note, workflow.note)
    for (const one of workflow.results)
      lines.value(`result:${one.id}`, { zh: `结果 ${one.name.zh}`, en: `Result ${one.name.en}` }, one.name)
    for (const one of workflow.groups)
      lines.value(
        `group:${one.code}`,
        { zh: `步骤分组 ${one.code}`, en: `Heading ${one.code}` },
        { zh: `${one.name.zh}：${one.steps.join('、')}`, en: `${one.name.en}: ${one.steps.join(', ')}` },
      )
    for (const process of workflow.processes) {
      const inside = process.entry === 'main' ? null : process.name
      if (inside) lines.value(`process:${process.id}`, label.process, inside)
      for (const lane of process.lanes)
        lines.value(
          `lane:${process.id}/${lane.id}`,
          within(inside, { zh: `泳道 ${lane.name.zh}`, en: `Lane ${lane.name.en}` }),
          lane.name,
        )
      for (const node of process.nodes) nodeLines(lines, process, node, names, inside)
      wayLines(lines, process, names, inside)
    }
    return lines.all
  }
  return {
    key: `wf:${workflow.id}`,
    ref: `wf:${workflow.id}`,
    group: 'workflow',
    code: workflow.id,
    name: workflow.name,
    lines: told,
    whole: workflow,
    processes: workflow.processes,
  }
}

const within = (process: Text | null, text: Text): Text =>
  process ? { zh: `${process.zh}：${text.zh}`, en: `${process.en}: ${text.en}` } : text

/** A step as people call it: its code and name; a decision by its question. */
export function nodeName(node: FlowNode): Text {
  const code = 'step' in node && node.step ? `${node.step} ` : ''
  if (node.name.zh || node.name.en) return { zh: `${code}${node.name.zh}`, en: `${code}${node.name.en}` }
  if (node.kind === 'parallel') return { zh: '分头与汇合', en: 'Fork or join' }
  if (node.kind === 'exclusive') return { zh: '汇合或判断', en: 'Join or decision' }
  return { zh: '起止点', en: 'Start or end' }
}

function nodeLines(lines: Lines, process: Process, node: FlowNode, names: Names, inside: Text | null) {
  const name = nodeName(node)
  const key = (part: string) => `node:${process.id}/${node.id}/${part}`
  const about = (what: Text) => within(inside, { zh: `${name.zh}，${what.zh}`, en: `${name.en}, ${what.en}` })
  // The first line stands for the step itself: it is there, gone, or renamed.
  lines.value(`node:${process.id}/${node.id}`, within(inside, kindOf(node)), name, [
    node.kind,
    node.name,
    'step' in node ? node.step : null,
    'tag' in node ? node.tag : null,
    'act' in node ? node.act : null,
  ])
  const lane = process.lanes.find((one) => one.id === node.lane)
  // The post of a task is that of its lane, and said below.
  if (lane && node.kind !== 'task') lines.value(key('lane'), about(label.lane), lane.name, lane.id)
  if (node.kind === 'end')
    lines
      .value(key('ends'), about(label.ends), node.name.zh ? node.name : same(node.result))
      .value(key('terminates'), about(label.terminates), node.terminates ? true : null)
  if (node.kind !== 'task' && node.kind !== 'call') return
  lines
    .value(key('with'), about(label.with), names.posts(node.with), node.with)
    .value(key('due'), about(label.due), names.norm(node.due), node.due)
    .value(key('adoption'), about(label.adoption), adoptions[node.adoption])
    .value(key('note'), about(label.note), node.note)
  for (const one of node.outcomes)
    lines.value(key(`outcome:${one.id}`), about(label.outcome), outcomeText(one))
  if (node.kind === 'call') {
    lines
      .value(key('calls'), about(label.calls), names.workflow(node.process), node.process)
      .value(
        key('segment'),
        about(label.segment),
        node.segment ? `${node.segment.from} – ${node.segment.to}` : null,
      )
      .value(key('each'), about(label.each), node.each === null ? null : true, node.each)
    return
  }
  lines
    .value(key('post'), about(label.post), names.post(node.post), node.post)
    .value(key('assign'), about(label.assign), node.assign === 'post' ? null : assigns[node.assign])
    .value(key('forms'), about(label.forms), names.forms(node.forms))
    .value(
      key('ladder'),
      about(label.ladder),
      node.ladder === null ? null : (names.table(node.ladder) ?? same(node.ladder)),
      node.ladder,
    )
    .value(key('produces'), about(label.produces), listed(node.produces.map(names.record)), node.produces)
    .value(key('signers'), about(label.signers), names.posts(node.signers), node.signers)
}

function kindOf(node: FlowNode): Text {
  if (node.kind === 'task' || node.kind === 'call') return label.step
  if (node.kind === 'milestone') return label.milestone
  if (node.kind === 'exclusive') return { zh: '判断', en: 'Decision' }
  if (node.kind === 'parallel') return { zh: '分头办理', en: 'Fork' }
  return node.kind === 'start' ? { zh: '开始', en: 'Start' } : { zh: '结束', en: 'End' }
}

const outcomeText = (one: Outcome): Text => {
  const starts = one.starts.map((ref) => ref.replace(/^wf:/, ''))
  return {
    zh: `${one.name.zh}${one.negative ? '（否定）' : ''}${one.comment === 'required' ? '，须写意见' : ''}${starts.length > 0 ? `，另起 ${starts.join('、')}` : ''}`,
    en: `${one.name.en}${one.negative ? ' (negative)' : ''}${one.comment === 'required' ? ', reason required' : ''}${starts.length > 0 ? `, begins ${starts.join(', ')}` : ''}`,
  }
}

/** What makes a way the same in two editions: where it comes from, where it leads, and under which outcome. */
export const wayKey = (flow: SequenceFlow): string => `${flow.from}>${flow.to}>${flow.outcome ?? ''}`

/** Decisions by their question; where a process asks the same twice, by the step before it, too. */
function decisionName(process: Process, node: FlowNode): Text {
  const name = nodeName(node)
  if (node.kind !== 'exclusive') return name
  const alike = process.nodes.filter((one) => one.kind === 'exclusive' && one.name.zh === node.name.zh)
  const before = process.flows.filter((one) => one.to === node.id).map((one) => one.from)
  const step = process.nodes.find(
    (one) => before.includes(one.id) && (one.kind === 'task' || one.kind === 'call'),
  )
  if (alike.length < 2 || !step) return name
  const asks = nodeName(step)
  return { zh: `${asks.zh}：${name.zh}`, en: `${asks.en}: ${name.en}` }
}

const comparing = [
  [/^round <= (norm\.[\w.-]+)$/, { zh: '轮次不超过', en: 'Rounds no more than' }],
  [/^round < (norm\.[\w.-]+)$/, { zh: '轮次少于', en: 'Fewer rounds than' }],
] as const

/** A condition as people say it; one of another shape stays as it was drawn. */
function conditionText(names: Names, condition: string): Text {
  for (const [shape, words] of comparing) {
    const norm = names.normName(shape.exec(condition)?.[1] ?? null)
    if (norm) return { zh: `${words.zh}“${norm.zh}”`, en: `${words.en} “${norm.en}”` }
  }
  return same(condition)
}

function wayLines(lines: Lines, process: Process, names: Names, inside: Text | null): void {
  const node = new Map(process.nodes.map((one) => [one.id, one]))
  for (const flow of process.flows) {
    const from = node.get(flow.from)
    const to = node.get(flow.to)
    if (!from || !to) continue
    const [a, b] = [decisionName(process, from), decisionName(process, to)]
    const when = flow.name
    lines.value(
      `way:${process.id}/${wayKey(flow)}`,
      within(inside, label.way),
      {
        zh: `${a.zh} → ${b.zh}${when ? `（${when.zh}）` : ''}`,
        en: `${a.en} → ${b.en}${when ? ` (${when.en})` : ''}`,
      },
      when,
    )
    if (flow.condition)
      lines.value(
        `way:${process.id}/${wayKey(flow)}/condition`,
        within(inside, { zh: `${a.zh} → ${b.zh}，条件`, en: `${a.en} → ${b.en}, condition` }),
        conditionText(names, flow.condition),
        flow.condition,
      )
  }
}
