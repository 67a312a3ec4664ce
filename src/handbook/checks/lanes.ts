import { check } from './say.ts'
import { adoptionOf, called, tasksOf } from './steps.ts'

export const lanes = check(
  'lanes',
  {
    zh: '每个任务站在唯一的泳道里，泳道的岗位存在且就是任务的岗位；没有空泳道。',
    en: 'Every task stands in one lane, the lane’s post exists and is the task’s own, and no lane is empty.',
  },
  function* (edition) {
    for (const { workflow, process, node } of tasksOf(edition)) {
      const lane = process.lanes.find((one) => one.id === node.lane)
      const rest = {
        at: node.at,
        ref: `wf:${workflow.id}/${node.step}`,
        adoption: adoptionOf(workflow, node),
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
          const rest = { at: workflow.at, ref: `wf:${workflow.id}`, adoption: workflow.adoption }
          if (!edition.posts.some((one) => one.id === lane.post))
            yield {
              ...rest,
              text: {
                zh: `泳道“${lane.name.zh}”的岗位 ${lane.post} 不存在`,
                en: `The lane “${lane.name.en}” names the post ${lane.post}, which does not exist`,
              },
            }
          if (!process.nodes.some((one) => one.lane === lane.id))
            yield {
              ...rest,
              text: {
                zh: `泳道“${lane.name.zh}”里什么也没有`,
                en: `Nothing stands in the lane “${lane.name.en}”`,
              },
            }
        }
  },
)
