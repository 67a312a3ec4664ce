import type { Process } from '../model.ts'
import { check } from './say.ts'
import { called } from './steps.ts'

export const reach = check(
  {
    id: 'reach',
    answers: [4],
    about: {
      zh: '每个流程恰有一个开始；从开始能走到每一步，从每一步能走到结束。',
      en: 'Every process has exactly one start; every step can be reached from it, and an end from every step.',
    },
    why: {
      zh: '走不到的步骤没人会做，走不到结束的案子永远开着。补上连线，或删去多余的步骤。',
      en: 'A step that cannot be reached is never done, and a case that cannot end stays open for ever. Add the missing way, or remove the step.',
    },
  },
  function* (edition) {
    for (const workflow of edition.workflows)
      for (const process of workflow.processes) {
        const rest = { ref: `wf:${workflow.id}` }
        const starts = process.nodes.filter((one) => one.kind === 'start')
        const ends = process.nodes.filter((one) => one.kind === 'end')
        if (starts.length !== 1 || ends.length === 0)
          yield {
            ...rest,
            at: workflow.at,
            text: {
              zh: `${process.name.zh}有 ${starts.length} 个开始、${ends.length} 个结束；须恰有一个开始，至少一个结束`,
              en: `${process.name.en} has ${starts.length} starts and ${ends.length} ends; it needs one start and an end`,
            },
          }
        const forward = walked(
          process,
          starts.map((one) => one.id),
          'from',
          'to',
        )
        const back = walked(
          process,
          ends.map((one) => one.id),
          'to',
          'from',
        )
        for (const node of process.nodes) {
          if (!forward.has(node.id))
            yield {
              ...rest,
              at: node.at,
              text: { zh: `${called(node).zh}走不到`, en: `${called(node).en} cannot be reached` },
            }
          else if (!back.has(node.id))
            yield {
              ...rest,
              at: node.at,
              text: {
                zh: `从${called(node).zh}走不到结束`,
                en: `No way leads from ${called(node).en} to an end`,
              },
            }
        }
      }
  },
)

function walked(
  process: Process,
  from: readonly string[],
  near: 'from' | 'to',
  far: 'from' | 'to',
): Set<string> {
  const seen = new Set<string>()
  const waiting = [...from]
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (seen.has(id)) continue
    seen.add(id)
    for (const flow of process.flows) if (flow[near] === id) waiting.push(flow[far])
  }
  return seen
}
