import type { Edition, FlowNode, Process, Workflow } from '../model.ts'
import { endsOf } from '../words/ends.ts'
import { findRow } from '../words/norms.ts'
import { type Block, facts, heading, table, whole } from './block.ts'
import { lanePicture } from './lanes.ts'
import { type Stop, waysOf } from './ways.ts'
import type { Speaker } from './words.ts'

const isStop = (node: FlowNode): node is Stop => node.kind === 'task' || node.kind === 'call'
const lines = (words: readonly string[]): string => words.filter((one) => one !== '').join('\n')

/** Who does it: the post, and who advises, signs beside or decides by limit. */
function who(edition: Edition, s: Speaker, node: Stop): string {
  const advice = node.with.length > 0 ? `${s.say('advice')}${s.list(node.with.map(s.post))}` : ''
  if (node.kind === 'call') return lines([s.say('handsOver'), advice])
  const row = node.ladder ? findRow(edition, node.ladder)?.row : undefined
  return lines([
    s.post(node.post),
    row ? `${s.say('byLimit')}${s.t(row.name)}` : '',
    node.signers.length > 0 ? `${s.say('opinions')}${s.list(node.signers.map(s.post))}` : '',
    advice,
  ])
}

/** What is done; for a call the workflow it runs and between which steps. */
function what(edition: Edition, s: Speaker, node: Stop): string {
  const name = `${s.t(node.name)}${s.mark(node.adoption)}`
  if (node.kind === 'task') return lines([name, s.t(node.note)])
  const called = edition.workflows
    .flatMap((flow) => flow.processes.map((process) => ({ flow, process })))
    .find(({ process }) => process.id === node.process)
  const run = called
    ? `${s.say('runs')}${called.flow.id} ${s.t(called.process.name)}${
        node.segment ? s.paren(`${node.segment.from}–${node.segment.to}`) : ''
      }${node.each ? s.say('eachOf') : ''}`
    : ''
  return lines([name, run, s.t(node.note)])
}

/** Each outcome with the step or end it leads to, ways back and other cases it opens. */
function leads(s: Speaker, flow: Workflow, node: Stop, ways: ReturnType<typeof waysOf>): string {
  const target = (to: FlowNode): string => {
    if (isStop(to)) return `${to.step} ${s.t(to.name)}`
    if (to.kind !== 'end') return s.t(to.name)
    const result = flow.results.find((one) => one.id === to.result)
    return `${s.say('endsAs')}${s.t(to.name) || s.t(result?.name)}`
  }
  const told = ways(node).map((way) => {
    const after = way.outcome ? s.t(way.outcome.name) : s.say('after')
    const words = s.paren(s.list(way.words.map(s.t)))
    const opens = (way.outcome?.starts ?? []).map((ref) => ref.replace(/^wf:/, '').replace('/', ' '))
    return `${after}${words} → ${way.back && isStop(way.to) ? s.say('backTo') : ''}${target(way.to)}${
      opens.length > 0 ? s.paren(`${s.say('opens')}${s.list(opens)}`) : ''
    }`
  })
  return lines(told)
}

/** Points of paper up to which a drawing and its steps are not torn apart: more would leave great gaps. */
const half = 380

/** About how many points the table of steps takes, counted by what is alike in both languages. */
const tableHeight = (stops: readonly Stop[], ways: ReturnType<typeof waysOf>): number =>
  stops.reduce((sum, node) => sum + 8 + 11 * Math.max(node.note ? 4 : 2, 2 * ways(node).length), 20)

function processBlocks(edition: Edition, s: Speaker, flow: Workflow, process: Process): Block[] {
  const ways = waysOf(process)
  const stops = process.nodes
    .filter(isStop)
    .sort((a, b) => a.step.localeCompare(b.step, 'en', { numeric: true }))
  const named = (kind: 'start' | 'end') =>
    s.list([...new Set(process.nodes.filter((node) => node.kind === kind).map((node) => s.t(node.name)))])
  const picture = lanePicture(process, s)
  const title = heading(4, s.t(process.name))
  const told = facts([
    [s.say('begins'), named('start')],
    [s.say('ends'), named('end')],
    [s.say('whole'), s.due(process.due)],
  ])
  const steps = table(
    [s.say('step'), s.say('what'), s.say('who'), s.say('due'), s.say('forms'), s.say('outcomesTo')],
    [0.8, 2.4, 2, 1.65, 0.88, 3.47],
    stops.map((node) => [
      node.step,
      what(edition, s, node),
      who(edition, s, node),
      s.due(node.due),
      node.kind === 'task' ? node.forms.join(' ') : '',
      leads(s, flow, node, ways),
    ]),
  )
  const drawn = [...told, ...(picture && !picture.turned ? [picture.block] : []), ...steps]
  const room = told.length * 50 + (picture && !picture.turned ? picture.height : 0) + tableHeight(stops, ways)
  return [
    title,
    ...(picture && !picture.turned && room <= half ? whole(drawn) : drawn),
    // A turned picture follows its table, so that the page before it is not left empty.
    ...(picture?.turned ? [{ kind: 'turned', blocks: [picture.block] } as const] : []),
  ]
}

/** A workflow as people walk through it: of each process its picture, then every step with who, by when, on which form, and where it leads. */
export function workflowBlocks(edition: Edition, s: Speaker, one: Workflow, page = true): Block[] {
  const functions = edition.functions.filter((each) => each.workflows.includes(one.id))
  const policies = edition.policies.filter((each) => each.workflows.includes(one.id))
  return [
    heading(3, `${one.id} ${s.t(one.name)}`, page),
    ...(one.note ? [{ kind: 'text', text: s.t(one.note), quiet: true } as const] : []),
    ...facts([
      [s.say('functionsOf'), s.list(functions.map((each) => `${each.id} ${s.t(each.name)}`))],
      [s.say('policies'), s.list(policies.map((each) => `${each.id} ${s.t(each.name)}`))],
      [s.say('status'), s.status(one.adoption)],
      [s.say('outcomes'), s.list(endsOf(one).map(s.t))],
    ]),
    ...one.groups.flatMap((group): Block[] => [
      {
        kind: 'text',
        text: `${group.code} ${s.t(group.name)}${s.colon}${group.steps.join(s.lang === 'zh' ? '、' : ', ')}${s.paren(s.due(group.due))}`,
        quiet: true,
      },
    ]),
    ...one.processes.flatMap((process) => processBlocks(edition, s, one, process)),
  ]
}
