import { holds } from '../../handbook/conditions.ts'
import type { Edition, FlowNode, Outcome, TaskNode, Text } from '../../handbook/model.ts'
import { calendarNote } from '../calendar/calendar.ts'
import { dateIn } from '../clock.ts'
import { deadlineOf } from './deadline.ts'
import { type Graph, runs } from './graph.ts'

export const postText = (edition: Edition, id: string): Text =>
  edition.posts.find((one) => one.id === id)?.name ?? { zh: id, en: id }

/** The node at which a case waits or ends after an outcome, as far as the drawing tells. */
function nodeAfter(
  edition: Edition,
  graph: Graph,
  from: TaskNode,
  outcome: Outcome,
  round: number,
): FlowNode | null {
  let at: string | undefined = graph.out(from.id)[0]?.to
  for (let hops = 0; at !== undefined && hops < 20; hops += 1) {
    const node = graph.node(at)
    if (!runs(node) || node.kind === 'task' || node.kind === 'call' || node.kind === 'end') return node
    const out = graph.out(node.id)
    const fits = out.filter((flow) => flow.outcome === null || flow.outcome === outcome.id)
    at = (
      fits.find((flow) => flow.condition && holds(edition, flow.condition, round)) ??
      fits.find((flow) => !flow.condition)
    )?.to
  }
  return null
}

/** The task that an outcome leads to next; null where none, or several at once. */
export function nextTask(...asked: Parameters<typeof nodeAfter>): TaskNode | null {
  const node = nodeAfter(...asked)
  return node && runs(node) && node.kind === 'task' ? node : null
}

/** What follows an outcome, as far as the drawing tells: the next post and step, or the end. */
export function nextText(...asked: Parameters<typeof nodeAfter>): Text {
  const node = nodeAfter(...asked)
  if (!node) return { zh: '', en: '' }
  if (!runs(node))
    return {
      zh: '到此为止，后面的步骤只供查阅',
      en: 'The case rests here: the steps that follow are for reference only',
    }
  if (node.kind === 'call') return { zh: `接着${node.name.zh}`, en: `On to “${node.name.en}”` }
  if (node.kind !== 'task') return { zh: '本项办结', en: 'Ends here' }
  const post = postText(asked[0], node.post)
  return { zh: `转${post.zh}：${node.name.zh}`, en: `On to ${post.en}: ${node.name.en}` }
}

export interface Reason {
  readonly workflow: string
  readonly step: string
  readonly post: string
  readonly reason: 'post' | 'stand-in' | 'subject'
  readonly standsIn: string | null
}

/** The sentence that says why a task is with somebody: posts are called as today, the clause is that of the case's edition. */
export function whyText(edition: Edition, number: string, why: Reason): Text {
  const name = postText(edition, why.post)
  const clause = {
    zh: `第 ${number} 版 ${why.workflow}/${why.step}`,
    en: `edition ${number}, ${why.workflow}/${why.step}`,
  }
  if (why.reason === 'stand-in')
    return {
      zh: `${postText(edition, why.standsIn ?? why.post).zh}空缺，由上级代办，依据${clause.zh}`,
      en: `${postText(edition, why.standsIn ?? why.post).en} is vacant, so it falls to the post above: ${clause.en}`,
    }
  if (why.reason === 'subject')
    return { zh: `这一份由您本人办理，依据${clause.zh}`, en: `This share is yours: ${clause.en}` }
  return { zh: `这一步由${name.zh}办理，依据${clause.zh}`, en: `${name.en} does this step: ${clause.en}` }
}

/** The sentence on the deadline: its norm, and 补办 with what it means. */
export function deadlineText(
  edition: Edition,
  due: string | null,
  dueAt: string | null,
  makeUp: boolean,
): Text {
  const norm = deadlineOf(edition, due)
  if (!norm || !dueAt) return { zh: '没有规定期限', en: 'No deadline is set' }
  const day = dateIn(new Date(dueAt))
  return {
    zh: `${day} 前办结（${norm.name.zh}）${makeUp ? '；启动晚于规定日期，属补办，期限从启动日顺延' : ''}`,
    en: `Due ${day} (${norm.name.en})${makeUp ? '; the case started late, so deadlines count from its start' : ''}`,
  }
}

/** What is to be known of the days a deadline was counted by; null where its year has a calendar. */
export const deadlineNote = (edition: Edition, dueAt: string | null): Text | null =>
  dueAt ? calendarNote(edition.calendar, dateIn(new Date(dueAt))) : null
