import { check, type Finding, placeOf } from './say.ts'
import { called, tasksOf } from './steps.ts'

export const judges = check(
  {
    id: 'judges',
    answers: [21],
    about: {
      zh: '靠人评的指标写明在哪一步评（measuredAt），那一步的泳道不是被它考核的岗位。',
      en: 'An indicator that people measure names the steps (measuredAt), and no lane of theirs belongs to a post it scores.',
    },
    why: {
      zh: '自己衡量自己的成绩，数就没有人信。评分、调查这类指标由别的部门做；改 measuredAt 的步骤，或换泳道。',
      en: 'A figure that somebody measures for himself convinces nobody. Ratings and surveys are made by another department: change the step, or its lane.',
    },
  },
  function* (edition): Iterable<Finding> {
    const tasks = [...tasksOf(edition)]
    for (const kpi of edition.kpis) {
      const ref = `kpi:${kpi.id}`
      if (kpi.unit === 'points' && kpi.scored && kpi.measuredAt.length === 0)
        yield {
          at: kpi.at,
          ref,
          text: {
            zh: `${kpi.id} 由人评分，须写明在哪一步（measuredAt）`,
            en: `${kpi.id} is measured by people: say at which steps (measuredAt)`,
          },
        }
      for (const step of kpi.measuredAt) {
        const there = tasks.filter(({ workflow, node }) => `${workflow.id}/${node.step}` === step)
        if (there.length === 0)
          yield {
            at: placeOf(edition, kpi.at, step),
            ref,
            text: {
              zh: `${kpi.id} 在 ${step} 评分，没有这一步`,
              en: `${kpi.id} is measured at ${step}, which does not exist`,
            },
          }
        for (const { node } of there)
          if (kpi.posts.includes(node.post))
            yield {
              at: placeOf(edition, kpi.at, step),
              ref,
              text: {
                zh: `${called(node).zh}给 ${kpi.id} 评分，做的人 ${node.post} 正是被考核的岗位`,
                en: `${called(node).en} measures ${kpi.id} and is done by ${node.post}, whom it scores`,
              },
            }
      }
    }
  },
)
