import { check, placeOf } from './say.ts'
import { called, isWork, tasksOf } from './steps.ts'

export const lanes = check(
  {
    id: 'lanes',
    answers: [3],
    about: {
      zh: '每个任务站在唯一的泳道里，泳道的岗位存在且就是任务的岗位；没有空泳道。',
      en: 'Every task stands in one lane, the lane’s post exists and is the task’s own, and no lane is empty.',
    },
    why: {
      zh: '一个任务站在两条泳道里，就没人知道归谁；泳道的岗位不存在，任务派不出去；空泳道让人找不存在的工作。',
      en: 'A task in two lanes is nobody’s; a lane whose post does not exist hands out nothing; an empty lane sends people looking for work that is not there.',
    },
  },
  function* (edition) {
    for (const { workflow, process, node } of tasksOf(edition)) {
      const lane = process.lanes.find((one) => one.id === node.lane)
      const rest = {
        at: node.at,
        ref: `wf:${workflow.id}/${node.step}`,
      }
      const { zh, en } = called(node)
      if (!lane) yield { ...rest, text: { zh: `${zh}不在任何泳道里`, en: `${en} stands in no lane` } }
      else if (lane.post !== node.post)
        yield {
          ...rest,
          text: {
            zh: `${zh}归 ${node.post}，却画在 ${lane.post} 的泳道里`,
            en: `${en} belongs to ${node.post} but is drawn in the lane of ${lane.post}`,
          },
        }
      if (!node.step) yield { ...rest, text: { zh: `${zh}没有步骤编号`, en: `${en} has no step code` } }
    }
    for (const workflow of edition.workflows)
      for (const process of workflow.processes)
        for (const lane of process.lanes) {
          const rest = {
            at: placeOf(edition, workflow.at, `kb:post="${lane.post}"`),
            ref: `wf:${workflow.id}`,
          }
          if (!edition.posts.some((one) => one.id === lane.post))
            yield {
              ...rest,
              text: {
                zh: `泳道“${lane.name.zh}”的岗位 ${lane.post} 不存在`,
                en: `The lane “${lane.name.en}” names the post ${lane.post}, which does not exist`,
              },
            }
          if (!process.nodes.some((one) => one.lane === lane.id && isWork(one)))
            yield {
              ...rest,
              text: {
                zh: `“${process.name.zh}”的泳道“${lane.name.zh}”里没有任务`,
                en: `The lane “${lane.name.en}” of “${process.name.en}” holds no task`,
              },
            }
        }
  },
)
