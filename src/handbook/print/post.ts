import type { Edition, Post, Statement, TaskNode } from '../model.ts'
import { type Block, facts, heading, type Item, table } from './block.ts'
import { dutyNames, type Speaker } from './words.ts'

export const items = (s: Speaker, statements: readonly Statement[]): Item[] =>
  statements.map((one) => ({ text: s.t(one.text), origin: s.tag(one.tag) }))

/** The steps a post works on, workflow by workflow, with its part in words where the sheet tells it. */
function workOf(edition: Edition, s: Speaker, post: Post): string[][] {
  return edition.workflows.flatMap((flow) => {
    const role = post.sheet?.processes.find((one) => one.workflow === flow.id)
    const tasks = flow.processes
      .flatMap((process) => process.nodes)
      .filter((node): node is TaskNode => node.kind === 'task')
      .filter((node) => node.post === post.id || node.signers.includes(post.id))
    const byStep = new Map<string, Set<string>>()
    for (const task of tasks) byStep.set(task.step, (byStep.get(task.step) ?? new Set()).add(s.t(task.name)))
    if (!role && byStep.size === 0) return []
    const steps = [...byStep]
      .sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }))
      .map(([step, names]) => `${step} ${[...names].join(' / ')}`)
    return [[`${flow.id} ${s.t(flow.name)}`, s.t(role?.role), steps.join(s.lang === 'zh' ? '；' : '; ')]]
  })
}

/** The sheet of a post on a page of its own: mission, duties, indicators with weights, requirements, limits, and its steps. */
export function postBlocks(edition: Edition, s: Speaker, one: Post): Block[] {
  const { sheet } = one
  const seats = edition.organisation.seats.filter((each) => each.post === one.id)
  const duties = edition.functions.flatMap((each) => {
    const cell = each.cells[one.id] ?? []
    return cell.length > 0
      ? [`${each.id} ${s.t(each.name)}${s.paren(s.list(cell.map((duty) => dutyNames[duty][s.lang])))}`]
      : []
  })
  const part = (name: string, blocks: readonly Block[]): Block[] =>
    blocks.length > 0 ? [heading(4, name), ...blocks] : []
  const list = (statements: readonly Statement[]): Block[] =>
    statements.length > 0 ? [{ kind: 'list', items: items(s, statements) }] : []
  const level = edition.organisation.levels.find((each) => each.id === one.level)
  return [
    heading(3, `${one.id} ${s.t(one.name)}${s.mark(sheet ? 'running' : one.adoption)}`, true),
    ...facts([
      [s.say('superior'), s.post(one.superior)],
      [s.say('level'), s.t(level?.name)],
      [s.say('seatsOf'), seats.length > 0 ? String(seats.reduce((sum, each) => sum + each.count, 0)) : ''],
      [s.say('functionsOf'), duties.join(s.lang === 'zh' ? '；' : '; ')],
    ]),
    ...(sheet
      ? [
          ...part(s.say('mission'), list(sheet.mission)),
          ...part(
            s.say('duties'),
            sheet.work.flatMap((group): Block[] => [
              { kind: 'text', text: s.t(group.title) },
              ...list(group.items),
            ]),
          ),
          ...part(
            s.say('kpis'),
            table(
              [s.say('group'), s.say('code'), s.say('name'), s.say('weight')],
              [2, 1, 5, 1],
              sheet.kpis.map((kpi) => [s.group(kpi.group), kpi.kpi, s.kpi(kpi.kpi), `${kpi.weight}%`]),
            ),
          ),
          ...part(
            s.say('requirements'),
            sheet.requirements.flatMap((group): Block[] => [
              { kind: 'text', text: s.t(group.group) },
              ...list(group.items),
            ]),
          ),
          ...part(s.say('limits'), list(sheet.limits)),
        ]
      : []),
    ...part(
      s.say('processes'),
      table([s.say('workflow'), s.say('role'), s.say('steps')], [2.4, 2, 5], workOf(edition, s, one)),
    ),
  ]
}
