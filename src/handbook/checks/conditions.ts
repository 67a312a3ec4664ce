import { ConditionError, evaluate, namesOf } from '../conditions.ts'
import { check } from './say.ts'

export const conditions = check(
  'conditions',
  {
    zh: '条件能读懂，只用认得的名字，算出来不是真就是假。',
    en: 'Every condition can be read, uses known names only, and gives true or false.',
  },
  function* (edition) {
    const names = namesOf(edition, 1)
    for (const workflow of edition.workflows)
      for (const process of workflow.processes)
        for (const flow of process.flows) {
          const fault = flow.condition ? faultOf(flow.condition, names) : null
          if (fault)
            yield {
              at: flow.at,
              ref: `wf:${workflow.id}`,
              adoption: workflow.adoption,
              text: {
                zh: `条件不成立：${fault}；可用的名字是 round 和参数表里的 norm.…`,
                en: `The condition does not hold: ${fault}; known names are round and norm.… of the norm tables`,
              },
            }
        }
  },
)

function faultOf(condition: string, names: ReturnType<typeof namesOf>): string | null {
  try {
    evaluate(condition, names)
    return null
  } catch (error) {
    if (error instanceof ConditionError) return error.message
    throw error
  }
}
