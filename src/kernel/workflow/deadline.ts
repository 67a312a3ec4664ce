import type { Calendar, Deadline, Edition, TaskNode, Text } from '../../handbook/model.ts'
import { findNorm, isDeadline } from '../../handbook/words/norms.ts'
import { addWorkdays, workdaysBetween } from '../../handbook/workdays.ts'
import { dueDay, dueOf, endOfWorkday } from '../calendar/calendar.ts'
import { dateIn } from '../clock.ts'
import type { Graph } from './graph.ts'
import type { CaseRecord } from './store.ts'

/** First step of a late start when the norms do not say otherwise, in working days. */
const makeUpDays = 5

/** The deadline a task's norm names, with the norm's name; `null` without one. */
export function deadlineOf(
  edition: Edition,
  due: string | null,
): { name: Text; deadline: Deadline; ref: string } | null {
  if (!due) return null
  const found = findNorm(edition, due)
  return found && isDeadline(found.value) ? { name: found.name, deadline: found.value, ref: due } : null
}

/** 补办: whether a case begun now starts after the norm's date of its first step, and from where its later dates count. */
export function makeUpOf(
  edition: Edition,
  graph: Graph,
  year: number,
  now: Date,
): Pick<CaseRecord, 'make_up' | 'norm_from' | 'make_up_from'> {
  const first = graph.node(graph.out(graph.start.id)[0]?.to ?? '')
  const norm = first.kind === 'task' ? deadlineOf(edition, first.due) : null
  const day = norm?.deadline.date ? dueDay(edition.calendar, norm.deadline, { year, opened: now }) : null
  const today = dateIn(now)
  if (day === null || today <= day) return { make_up: false, norm_from: null, make_up_from: null }
  const days = edition.norms.find((one) => one.id === 'norm.planning')?.values.makeUpDays?.value
  return {
    make_up: true,
    norm_from: day,
    make_up_from: addWorkdays(edition.calendar, today, typeof days === 'number' ? days : makeUpDays),
  }
}

/** When a task of a case is due; dates of a late case keep the norm's distance from its first step. */
export function taskDue(edition: Edition, of: CaseRecord, node: TaskNode, opened: Date): Date | null {
  const norm = deadlineOf(edition, node.due)
  if (!norm) return null
  const { calendar } = edition
  if (norm.deadline.hours !== undefined) return dueOf(calendar, norm.deadline, { year: of.year, opened })
  const day = dueDay(calendar, withoutLatest(of, norm.deadline), { year: of.year, opened })
  if (day === null) return null
  return endOfWorkday(
    norm.deadline.date ? moved(calendar, of, day) : earlierOf(calendar, of, norm.deadline, day),
  )
}

const withoutLatest = (of: CaseRecord, deadline: Deadline): Deadline => {
  if (!of.make_up || !deadline.latest) return deadline
  const { latest: _, ...rest } = deadline
  return rest
}

function moved(calendar: Calendar, of: CaseRecord, day: string): string {
  if (!of.make_up || !of.norm_from || !of.make_up_from) return day
  return addWorkdays(calendar, of.make_up_from, Math.max(0, workdaysBetween(calendar, of.norm_from, day)))
}

function earlierOf(calendar: Calendar, of: CaseRecord, deadline: Deadline, day: string): string {
  if (!of.make_up || !deadline.latest) return day
  const latest = moved(calendar, of, `${of.year + deadline.latest.year}-${deadline.latest.date}`)
  return [latest, day].sort()[0] as string
}
