import { holds } from '../../handbook/conditions.ts'
import type { Edition, Outcome, TaskNode, Text } from '../../handbook/model.ts'
import { calendarNote } from '../calendar/calendar.ts'
import { dateIn } from '../clock.ts'
import { deadlineOf } from './deadline.ts'
import { type Graph, runs } from './graph.ts'

export const postText = (edition: Edition, id: string): Text =>
  edition.posts.find((one) => one.id === id)?.name ?? { zh: id, en: id }

/** What follows an outcome, as far as the drawing tells: the next post and step, or the end. */
export function nextText(
  edition: Edition,
  graph: Graph,
  from: TaskNode,
  outcome: Outcome,
  round: number,
): Text {
  let at: string | undefined = graph.out(from.id)[0]?.to
  for (let hops = 0; at !== undefined && hops < 20; hops += 1) {
    const node = graph.node(at)
    if (!runs(node))
      return { zh: '到此为止，后面的步骤只供查阅', en: 'Rests here: what follows is described only' }
    if (node.kind === 'task') {
      const post = postText(edition, node.post)
      return { zh: `转${post.zh}：${node.name.zh}`, en: `On to ${post.en}: ${node.name.en}` }
    }
    if (node.kind === 'call') return { zh: `接着${node.name.zh}`, en: `On to “${node.name.en}”` }
    if (node.kind === 'end') return { zh: '本项办结', en: 'Ends here' }
    const out = graph.out(node.id)
    const fits = out.filter((flow) => flow.outcome === null || flow.outcome === outcome.id)
    at = (
      fits.find((flow) => flow.condition && holds(edition, flow.condition, round)) ??
      fits.find((flow) => !flow.condition)
    )?.to
  }
  return { zh: '', en: '' }
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

/** The sentence on the deadline: its norm, 补办, and a year without holidays. */
export function deadlineText(
  edition: Edition,
  due: string | null,
  dueAt: string | null,
  makeUp: boolean,
): Text {
  const norm = deadlineOf(edition, due)
  if (!norm || !dueAt) return { zh: '没有规定期限', en: 'No deadline is set' }
  const day = dateIn(new Date(dueAt))
  const note = calendarNote(edition.calendar, day)
  return {
    zh: `${day} 前办结（${norm.name.zh}）${makeUp ? '，补办' : ''}${note ? `；${note.zh}` : ''}`,
    en: `Due ${day} (${norm.name.en})${makeUp ? ', counted from a late start' : ''}${note ? `. ${note.en}` : ''}`,
  }
}
