import type { Deadline, Norm, Place, Text } from '../model.ts'
import { findNorm, isCounted, isDeadline } from '../words/norms.ts'
import { deadlineOf, pairs } from './chain-of-days.ts'
import { check, placeOf } from './say.ts'
import { adoptionOf, called, tasksOf } from './steps.ts'

const days = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const isDay = (date: string) => {
  const [month, day] = date.split('-').map(Number)
  return Number(day) >= 1 && Number(day) <= (days[Number(month) - 1] ?? 0)
}

export const deadlines = check(
  {
    id: 'deadlines',
    answers: [12],
    about: {
      zh: '期限写法正确，只用一种算法；顺着流程，后一步的日期不早于前一步；运行中的步骤，程序算得出期限。',
      en: 'Deadlines are well written, each of one kind; no step is due before the one it follows; for a running step the program can count the day.',
    },
    why: {
      zh: '期限倒挂，后一步还没轮到就已逾期。按流程的先后调整参数表里的日期或比例；另起的事项也算在内。',
      en: 'Where deadlines run backwards a step is late before it begins. Bring dates and shares in the norm tables into the order of the flow; cases that an outcome starts beside count, too.',
    },
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
    for (const [before, after] of pairs(edition)) {
      const [one, other] = [deadlineOf(edition, before.node), deadlineOf(edition, after.node)]
      const rest = {
        at: placeOf(edition, after.node.at, after.node.due ?? ''),
        ref: `wf:${after.workflow.id}/${after.node.step}`,
      }
      const [zh, en] = [
        `${called(after.node).zh}的期限早于它前面的${called(before.node).zh}`,
        `${called(after.node).en} is due before ${called(before.node).en}, which it follows`,
      ]
      const [day, next] = [dayOf(one), dayOf(other)]
      if (day !== null && next !== null && day > next) yield { ...rest, text: { zh, en } }
      if ((one?.share ?? 0) > (other?.share ?? 100)) yield { ...rest, text: { zh, en } }
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

/** A fixed day as months and days from the case's year; `null` for other kinds. */
function dayOf(deadline: Deadline | null): number | null {
  if (!deadline?.date) return null
  const [month, day] = deadline.date.split('-').map(Number)
  return (deadline.year ?? 0) * 372 + Number(month) * 31 + Number(day)
}
