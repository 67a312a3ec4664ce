import { check, placeOf, repeated } from './say.ts'
import { adoptionOf, called, nodesOf, tasksOf } from './steps.ts'

export const outcomes = check(
  'outcomes',
  {
    zh: '每一步至少有一个办结的结果，结果不重名；流程的每个结局都是写明的结果词。',
    en: 'Every step has an outcome that gets it done, outcomes do not repeat, and every end is a declared result word.',
  },
  function* (edition) {
    for (const { workflow, node } of tasksOf(edition)) {
      const rest = {
        at: node.at,
        ref: `wf:${workflow.id}/${node.step}`,
        adoption: adoptionOf(workflow, node),
      }
      const { zh, en } = called(node)
      if (!node.outcomes.some((one) => !one.negative))
        yield { ...rest, text: { zh: `${zh}没有办结的结果`, en: `${en} has no outcome that gets it done` } }
      for (const one of repeated(node.outcomes, (outcome) => outcome.id))
        yield {
          ...rest,
          at: placeOf(edition, node.at, one.id),
          text: { zh: `${zh}的结果 ${one.id} 重复`, en: `The outcome ${one.id} of ${en} stands twice` },
        }
    }
    for (const { workflow, node } of nodesOf(edition)) {
      const word = node.kind === 'end' ? node.result : node.kind === 'milestone' ? node.word : null
      if (word !== null && !workflow.results.some((one) => one.id === word))
        yield {
          at: node.at,
          ref: `wf:${workflow.id}`,
          adoption: workflow.adoption,
          text: {
            zh: `结果词 ${word} 没有写进流程的 kb:result`,
            en: `The result word ${word} is not declared by a kb:result of the workflow`,
          },
        }
    }
  },
)
