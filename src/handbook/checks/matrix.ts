import type { Edition } from '../model.ts'
import { check } from './say.ts'

/** Posts above a post, up to the end of the chain. */
function above(edition: Edition, post: string): Set<string> {
  const found = new Set<string>()
  let at = edition.posts.find((one) => one.id === post)?.superior ?? null
  while (at && !found.has(at)) {
    found.add(at)
    at = edition.posts.find((one) => one.id === at)?.superior ?? null
  }
  return found
}

export const matrix = check(
  {
    id: 'matrix',
    answers: [2, 3],
    about: {
      zh: '职责矩阵与泳道相符：泳道里的岗位在用到该流程的职能里有职责，或是批准岗位的上级；负责的岗位里至少一个有泳道。',
      en: 'Matrix and lanes agree: a post with a lane has a duty in a function that uses the workflow, or stands above one that approves there; one of the responsible posts has a lane.',
    },
    why: {
      zh: '矩阵给权限，泳道派任务；两边不一致，就有人接到任务却打不开记录。在矩阵里补上职责，或把任务换到有职责的岗位。',
      en: 'The matrix gives rights, the lanes give work; where they disagree somebody gets a task and cannot open its record. Add the duty to the matrix, or give the task to a post that has it.',
    },
  },
  function* (edition) {
    for (const workflow of edition.workflows) {
      const rows = edition.functions.filter((one) => one.workflows.includes(workflow.id))
      const lanes = workflow.processes.flatMap((one) => one.lanes)
      if (lanes.length === 0) continue
      // The matrix gives rights; a described workflow needs none yet.
      const rest = { at: workflow.at, ref: `wf:${workflow.id}`, adoption: workflow.adoption }
      if (rows.length === 0) {
        if (workflow.kind === 'support' || workflow.kind === 'rollout') continue
        yield {
          ...rest,
          text: {
            zh: `没有一项职能用到流程 ${workflow.name.zh}`,
            en: `No function uses the workflow ${workflow.name.en}`,
          },
        }
        continue
      }
      const cells = rows.flatMap((one) => Object.entries(one.cells).filter(([, duties]) => duties.length > 0))
      const duty = new Set(cells.map(([post]) => post))
      const deciders = new Set(
        cells
          .filter(([, duties]) => duties.includes('approves'))
          .flatMap(([post]) => [...above(edition, post)]),
      )
      for (const post of new Set(lanes.map((one) => one.post)))
        if (
          !duty.has(post) &&
          !deciders.has(post) &&
          edition.posts.some((one) => one.id === post && one.kind === 'inside')
        )
          yield {
            ...rest,
            text: {
              zh: `${post} 在流程 ${workflow.id} 里有泳道，在 ${rows.map((one) => one.id).join('、')} 的矩阵里却没有职责`,
              en: `${post} has a lane in ${workflow.id} but no duty in the matrix of ${rows.map((one) => one.id).join(', ')}`,
            },
          }
      const leads = cells.filter(([, duties]) => duties.includes('responsible')).map(([post]) => post)
      if (!leads.some((post) => lanes.some((lane) => lane.post === post)))
        yield {
          ...rest,
          text: {
            zh: `负责的岗位 ${leads.join('、')} 在流程 ${workflow.id} 里没有泳道`,
            en: `The responsible posts ${leads.join(', ')} have no lane in ${workflow.id}`,
          },
        }
    }
  },
)
