import { normValue } from '../conditions.ts'
import type { Deadline, Edition, Process, TaskNode } from '../model.ts'
import { check, placeOf } from './say.ts'
import { adoptionOf, called } from './steps.ts'

const days = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const isDay = (date: string) => {
  const [month, day] = date.split('-').map(Number)
  return Number(day) >= 1 && Number(day) <= (days[Number(month) - 1] ?? 0)
}

export const deadlines = check(
  'deadlines',
  {
    zh: '期限写法正确：某月某日，或几个工作日之内；顺着流程，后一步的日期不早于前一步。',
    en: 'Deadlines are well written, a day of the year or a number of working days, and no step is due before the one it follows.',
  },
  function* (edition) {
    for (const norm of edition.norms)
      for (const [id, { value, name }] of Object.entries(norm.values)) {
        const fault = typeof value === 'object' ? faultOf(value) : null
        if (fault)
          yield {
            at: placeOf(edition, norm.at, `${id}:`),
            ref: `norm:${norm.id}`,
            text: { zh: `期限“${name.zh}”${fault.zh}`, en: `The deadline “${name.en}” ${fault.en}` },
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

function faultOf(deadline: Deadline): { zh: string; en: string } | null {
  if ((deadline.date === undefined) === (deadline.workdays === undefined))
    return { zh: '须写 date 或 workdays 之一', en: 'needs either a date or workdays' }
  if (deadline.workdays !== undefined && deadline.workdays < 1)
    return { zh: '至少一个工作日', en: 'needs at least one working day' }
  for (const date of [deadline.date, deadline.latest?.date])
    if (date !== undefined && !isDay(date))
      return { zh: `的日期 ${date} 不存在`, en: `names ${date}, which is no day` }
  return null
}

/** A fixed day as months and days from the plan year; `null` for working days. */
function dayOf(edition: Edition, due: string | null): number | null {
  const value = due ? (normValue(edition, due) as Deadline | undefined) : undefined
  if (!value?.date) return null
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
