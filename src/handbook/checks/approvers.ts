import type { Edition, NormRow } from '../model.ts'
import { findRow } from '../words/norms.ts'
import { check } from './say.ts'
import { called, tasksOf, workBefore } from './steps.ts'

export const approvers = check(
  {
    id: 'approvers',
    answers: [7, 15],
    about: {
      zh: '提出的岗位不是那一行权限的最高一级，会签的岗位里没有提出的岗位：总有另一个人批。',
      en: 'The post that asks is not the last of the row that decides, and is not among those who sign: somebody else always approves.',
    },
    why: {
      zh: '自己批自己的申请，权限就成了摆设。程序在办理时跳到上一级；所以权限的那一行须在提出者之上还有岗位。改权限的行，或换提出的岗位。',
      en: 'Who approves his own request makes limits pointless. At work the program moves to the next superior, so the row needs a post above the one who asks. Change the row, or the post that asks.',
    },
  },
  function* (edition) {
    for (const { workflow, process, node } of tasksOf(edition)) {
      if (!node.ladder && node.signers.length === 0) continue
      const rest = { at: node.at, ref: `wf:${workflow.id}/${node.step}` }
      const asking = new Set(
        workBefore(process, node.id).flatMap((one) =>
          one.kind === 'task' && one.id !== node.id ? [one.post] : [],
        ),
      )
      for (const post of asking) {
        if (node.signers.includes(post))
          yield {
            ...rest,
            text: {
              zh: `${called(node).zh}由 ${post} 提出，${post} 又在会签之列`,
              en: `${post} brings ${called(node).en} and signs it, too`,
            },
          }
        const row = node.ladder ? findRow(edition, node.ladder)?.row : null
        // Anybody may ask: at work the row rises above whoever it was.
        const anybody = edition.posts.some((one) => one.id === post && one.kind === 'placeholder')
        if (row && !anybody && isTop(edition, row, post))
          yield {
            ...rest,
            text: {
              zh: `${called(node).zh}由 ${post} 提出，“${row.name.zh}”一行在它之上没有人能批`,
              en: `${post} brings ${called(node).en}, and the row “${row.name.en}” has nobody above it to approve`,
            },
          }
      }
    }
  },
)

/** Whether nobody with power in a row stands above a post. */
function isTop(edition: Edition, row: NormRow, post: string): boolean {
  const above = new Set<string>()
  for (let at = superiorOf(edition, post); at && !above.has(at); at = superiorOf(edition, at)) above.add(at)
  return !Object.entries(row.cells).some(([id, cell]) => above.has(id) && cell.kind !== 'none')
}

const superiorOf = (edition: Edition, post: string): string | null =>
  edition.posts.find((one) => one.id === post)?.superior ?? null
