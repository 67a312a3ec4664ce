import { check, placeOf } from './say.ts'
import { byCode, isWork, nodesOf } from './steps.ts'

export const once = check(
  {
    id: 'once',
    answers: [13],
    about: {
      zh: '一个步骤编号只属于一个流程，一个动作只属于一个步骤编号。',
      en: 'A step code belongs to one workflow, and an act to one step code.',
    },
    why: {
      zh: '同一件事写在两步里，就会办两遍，或都以为别人办了。把它留在一处，另一处用调用或“另起”。',
      en: 'An act that stands in two steps is done twice, or each thinks the other did it. Keep it in one place; call it or start it from the other.',
    },
  },
  function* (edition) {
    const steps = new Map<string, string>()
    const acts = new Map<string, string>()
    for (const { workflow, node } of nodesOf(edition)) {
      if (!isWork(node) || !node.step) continue
      const ref = `wf:${workflow.id}/${node.step}`
      const owner = steps.get(node.step) ?? workflow.id
      steps.set(node.step, owner)
      if (owner !== workflow.id)
        yield {
          at: node.at,
          ref,
          text: {
            zh: `步骤 ${node.step} 已在 ${owner} 里，${workflow.id} 不能再用这个编号`,
            en: `The step ${node.step} stands in ${owner} already; ${workflow.id} cannot use the code again`,
          },
        }
      if (node.kind !== 'task' || !node.act) continue
      const step = acts.get(node.act) ?? node.step
      acts.set(node.act, step)
      if (byCode(step, node.step) !== 0)
        yield {
          at: placeOf(edition, node.at, node.act),
          ref,
          text: {
            zh: `动作 ${node.act} 已在 ${step}，不能又写在 ${node.step}`,
            en: `The act ${node.act} stands in ${step} already and cannot stand in ${node.step}, too`,
          },
        }
    }
  },
)
