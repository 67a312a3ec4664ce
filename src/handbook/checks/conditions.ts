import { ConditionError, holds } from '../conditions.ts'
import type { Edition } from '../model.ts'
import { check } from './say.ts'

export const conditions = check(
  {
    id: 'conditions',
    answers: [],
    about: {
      zh: '条件能读懂，只用认得的名字，算出来不是真就是假。',
      en: 'Every condition can be read, uses known names only, and gives true or false.',
    },
    why: {
      zh: '条件算不出真假时，程序拒绝办理而不猜测；写错一个名字，案子就停在那里。可用的名字是 round 和参数表里的数。',
      en: 'Where a condition gives neither true nor false the program refuses instead of guessing; a misspelt name stops the case. Known names are `round` and the numbers of the norm tables.',
    },
  },
  function* (edition) {
    for (const workflow of edition.workflows)
      for (const process of workflow.processes)
        for (const flow of process.flows) {
          const fault = flow.condition ? faultOf(edition, flow.condition) : null
          if (fault)
            yield {
              at: flow.at,
              ref: `wf:${workflow.id}`,
              text: {
                zh: `条件不成立：${fault}；可用的名字是 round 和参数表里的 norm.…`,
                en: `The condition does not hold: ${fault}; known names are round and norm.… of the norm tables`,
              },
            }
        }
  },
)

function faultOf(edition: Edition, condition: string): string | null {
  try {
    holds(edition, condition, 1)
    return null
  } catch (error) {
    if (error instanceof ConditionError) return error.message
    throw error
  }
}
