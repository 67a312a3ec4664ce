import type { Edition, FlowNode, Process, Text } from '../model.ts'
import { findNorm, isDeadline } from '../words/norms.ts'
import { check, type Finding } from './say.ts'
import { forwardOrder, isWork } from './steps.ts'

export const stations = check(
  {
    id: 'stations',
    answers: [16],
    about: {
      zh: '写明整段期限的流程和步骤组（kb:due），其中各站的工作日按最长的一路相加，不超过整段。',
      en: 'Where a process or a group of steps has a norm of its own (kb:due), the working days of its stations, along the longest way, stay within it.',
    },
    why: {
      zh: '每站都按时，整段却逾期，等于期限是空的。放宽整段，或收紧其中几站；并行的各站取最长的一路。',
      en: 'Where every station is in time and the whole is late, the norm means nothing. Give the whole more, or a station less; of parallel stations the longest counts.',
    },
  },
  function* (edition): Iterable<Finding> {
    for (const workflow of edition.workflows) {
      const rest = { at: workflow.at, ref: `wf:${workflow.id}` }
      for (const process of workflow.processes) {
        if (process.due) yield* over(edition, process, () => true, process.due, process.name, rest)
        for (const group of workflow.groups)
          if (group.due)
            yield* over(
              edition,
              process,
              (node) => isWork(node) && (node.step === group.code || group.steps.includes(node.step)),
              group.due,
              { zh: `${group.code} ${group.name.zh}`, en: `${group.code} ${group.name.en}` },
              rest,
            )
      }
    }
  },
)

function* over(
  edition: Edition,
  process: Process,
  counts: (node: FlowNode) => boolean,
  due: string,
  name: Text,
  rest: Pick<Finding, 'at'> & { ref: string },
): Iterable<Finding> {
  const most = daysOf(edition, due)
  const sum = longest(edition, process, counts)
  if (most !== null && sum > most)
    yield {
      ...rest,
      text: {
        zh: `“${name.zh}”各站共 ${sum} 个工作日，整段只有 ${most} 个`,
        en: `The stations of “${name.en}” take ${sum} working days, the whole has ${most}`,
      },
    }
}

/** Working days of a norm; hours count as the days they fill; `null` when it is of another kind. */
function daysOf(edition: Edition, due: string | null): number | null {
  const value = due ? findNorm(edition, due)?.value : null
  if (!isDeadline(value)) return null
  if (value.workdays !== undefined && !value.workdayOf) return value.workdays
  return value.hours === undefined ? null : value.hours / 24
}

/** The longest way from the start, leaving out the ways that lead back. */
function longest(edition: Edition, process: Process, counts: (node: FlowNode) => boolean): number {
  const order = forwardOrder(process)
  const far = new Map<string, number>()
  let most = 0
  for (const id of [...order.keys()]) {
    const node = process.nodes.find((one) => one.id === id)
    const own = isWork(node) && counts(node) ? (daysOf(edition, node.due) ?? 0) : 0
    const here = (far.get(id) ?? 0) + own
    most = Math.max(most, here)
    for (const flow of process.flows)
      if (flow.from === id && (order.get(flow.to) ?? -1) > (order.get(id) ?? 0))
        far.set(flow.to, Math.max(far.get(flow.to) ?? 0, here))
  }
  return most
}
