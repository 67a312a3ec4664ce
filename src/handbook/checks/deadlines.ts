import type { Deadline, Edition, Norm, Place, Process, TaskNode, Text } from '../model.ts'
import { findNorm, isCounted, isDeadline } from '../words/norms.ts'
import { check, placeOf } from './say.ts'
import { adoptionOf, called, tasksOf } from './steps.ts'

const days = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const isDay = (date: string) => {
  const [month, day] = date.split('-').map(Number)
  return Number(day) >= 1 && Number(day) <= (days[Number(month) - 1] ?? 0)
}

export const deadlines = check(
  'deadlines',
  {
    zh: '期限写法正确，只用一种算法；顺着流程，后一步的日期不早于前一步；运行中的步骤，程序算得出期限。',
    en: 'Deadlines are well written, each of one kind; no step is due before the one it follows; for a running step the program can count the day.',
  },
  function* (edition) {
    for (const norm of edition.norms)
      for (const { name, deadline, at } of deadlinesIn(norm)) {
        const fault = faultOf(deadline)
        if (fault)
          yield {
            at,
            ref: `norm:${norm.id}`,
            text: { zh: `期限“${name.zh}”${fault.zh}`, en: `The deadline “${name.en}” ${fault.en}` },
          }
      }
    for (const { workflow, node } of tasksOf(edition)) {
      const found = node.due && adoptionOf(workflow, node) === 'running' ? findNorm(edition, node.due) : null
      if (found && isDeadline(found.value) && !isCounted(found.value))
        yield {
          at: placeOf(edition, node.at, node.due as string),
          ref: `wf:${workflow.id}/${node.step}`,
          text: {
            zh: `${called(node).zh}在运行，期限“${found.words.zh}”程序算不出；改成日期、天数或小时，或把这一步改为 described`,
            en: `${called(node).en} is running, but the program cannot count “${found.words.en}”; use a date, days or hours, or make the step described`,
          },
        }
    }
    for (const workflow of edition.workflows)
      for (const process of workflow.processes)
        for (const [before, after] of pairs(process)) {
          const one = dayOf(edition, before.due)
          const other = dayOf(edition, after.due)
          if (one === null || other === null || one <= other) continue
          yield {
            at: placeOf(edition, after.at, after.due as string),
            ref: `wf:${workflow.id}/${after.step}`,
            adoption: adoptionOf(workflow, after),
            text: {
              zh: `${called(after).zh}的期限早于它前面的${called(before).zh}`,
              en: `${called(after).en} is due before ${called(before).en}, which it follows`,
            },
          }
        }
  },
)

/** Every deadline of a norm: of its values and of the cells of its table. */
function* deadlinesIn(norm: Norm): Iterable<{ name: Text; deadline: Deadline; at: Place }> {
  for (const { name, value, at } of Object.values(norm.values))
    if (isDeadline(value)) yield { name, deadline: value, at }
  for (const { name, cells, at } of norm.rows)
    for (const cell of Object.values(cells))
      if (cell.kind === 'value' && isDeadline(cell.value)) yield { name, deadline: cell.value, at }
}

const kinds = ['date', 'workdays', 'days', 'hours', 'months', 'share', 'open'] as const

function faultOf(deadline: Deadline): { zh: string; en: string } | null {
  const written = kinds.filter((kind) => deadline[kind] !== undefined)
  if (written.length !== 1)
    return {
      zh: `须写 ${kinds.join('、')} 之一，现在写了 ${written.length} 种`,
      en: `needs exactly one of ${kinds.join(', ')}; it has ${written.length}`,
    }
  const count = ['workdays', 'days', 'hours', 'months', 'share'] as const
  if (count.some((kind) => (deadline[kind] ?? 1) <= 0))
    return { zh: '的数目须大于零', en: 'needs a number above zero' }
  if ((deadline.share ?? 1) > 100) return { zh: '的比例不超过 100', en: 'needs a share of 100 at most' }
  if (deadline.workdayOf && (deadline.workdays ?? 99) > (deadline.workdayOf === 'month' ? 23 : 66))
    return { zh: '超出一个月或一季的工作日', en: 'names a working day that no month or quarter has' }
  for (const date of [deadline.date, deadline.latest?.date])
    if (date !== undefined && !isDay(date))
      return { zh: `的日期 ${date} 不存在`, en: `names ${date}, which is no day` }
  return null
}

/** A fixed day as months and days from the plan year; `null` for working days. */
function dayOf(edition: Edition, due: string | null): number | null {
  const value = due ? findNorm(edition, due)?.value : null
  if (!isDeadline(value) || !value.date) return null
  const [month, day] = value.date.split('-').map(Number)
  return (value.year ?? 0) * 372 + Number(month) * 31 + Number(day)
}

/** Tasks that follow each other directly, over gateways and milestones, leaving out the ways that lead back. */
function* pairs(process: Process): Iterable<[TaskNode, TaskNode]> {
  const order = forwardOrder(process)
  const node = new Map(process.nodes.map((one) => [one.id, one]))
  const next = (id: string): TaskNode[] =>
    process.flows
      .filter((one) => one.from === id && (order.get(one.to) ?? 0) > (order.get(id) ?? 0))
      .flatMap((one) => {
        const to = node.get(one.to)
        return to?.kind === 'task' ? [to] : next(one.to)
      })
  for (const one of process.nodes)
    if (one.kind === 'task') for (const other of next(one.id)) yield [one, other]
}

/** Steps by the order of a walk that finishes what follows before what stands before. */
function forwardOrder(process: Process): Map<string, number> {
  const done: string[] = []
  const seen = new Set<string>()
  const walk = (id: string): void => {
    if (seen.has(id)) return
    seen.add(id)
    for (const flow of process.flows) if (flow.from === id) walk(flow.to)
    done.push(id)
  }
  for (const one of process.nodes) if (one.kind === 'start') walk(one.id)
  return new Map(done.reverse().map((id, index) => [id, index]))
}
