import type { Edition, Norm, NormRow } from '../model.ts'
import { findRow } from '../words/norms.ts'
import { check, type Finding, placeOf } from './say.ts'
import { called, tasksOf } from './steps.ts'

export const ladders = check(
  {
    id: 'ladders',
    answers: [7],
    about: {
      zh: '审批权限的每一行自下而上不减，最高一级不封顶；按权限审批的任务用到的行都在，泳道的岗位在那一行有权。',
      en: 'Every row of limits rises from post to post and has no limit at the top; the row a task names exists, and the post of its lane has power in it.',
    },
    why: {
      zh: '上级的限额比下级小，事情就绕着走；最高一级封了顶，超出的金额没有人能批。改那一格的数；无上限写 null，无权写 "-"。',
      en: 'Where a superior may decide less than his people, matters go around him; where the top has a limit, nobody can approve what exceeds it. Correct the cell; `null` is no limit, `"-"` no power.',
    },
  },
  function* (edition) {
    const tables = new Set<Norm>()
    for (const { workflow, node } of tasksOf(edition)) {
      if (!node.ladder) continue
      const rest = { at: placeOf(edition, node.at, node.ladder), ref: `wf:${workflow.id}/${node.step}` }
      const found = findRow(edition, node.ladder)
      if (!found) {
        yield {
          ...rest,
          text: {
            zh: `${called(node).zh}按 ${node.ladder} 审批，参数表里没有这一行`,
            en: `${called(node).en} rises by ${node.ladder}, which is no row of the norm tables`,
          },
        }
        continue
      }
      tables.add(found.norm)
      const cell = found.row.cells[node.post]
      if (!cell || cell.kind === 'none')
        yield {
          ...rest,
          text: {
            zh: `${called(node).zh}在 ${node.post} 的泳道，“${found.row.name.zh}”一行却没有给它权限`,
            en: `${called(node).en} stands in the lane of ${node.post}, who has no power in the row “${found.row.name.en}”`,
          },
        }
    }
    for (const norm of tables) for (const row of norm.rows) yield* faultsOf(edition, norm, row)
  },
)

function* faultsOf(edition: Edition, norm: Norm, row: NormRow): Iterable<Finding> {
  const rest = { at: row.at, ref: `norm:${norm.id}` }
  const posts = norm.columns.filter((one) => edition.posts.some((post) => post.id === one.id))
  let highest: { post: string; value: number } | null = null
  let open = false
  let empowered = false
  for (const { id } of posts) {
    const cell = row.cells[id]
    if (!cell || cell.kind === 'none') continue
    empowered = true
    if (cell.kind === 'unlimited') {
      open = true
      continue
    }
    if (typeof cell.value !== 'number') continue
    if (open || (highest && cell.value < highest.value))
      yield {
        ...rest,
        text: {
          zh: `“${row.name.zh}”一行，${id} 的限额 ${cell.value} 低于下级${highest ? ` ${highest.post} 的 ${highest.value}` : ''}`,
          en: `In the row “${row.name.en}” the limit ${cell.value} of ${id} is below that of a post under it${highest ? `, ${highest.post} with ${highest.value}` : ''}`,
        },
      }
    highest = { post: id, value: cell.value }
  }
  if (highest && !open)
    yield {
      ...rest,
      text: {
        zh: `“${row.name.zh}”一行，超过 ${highest.value} 就没有人能批；最高一级写 null`,
        en: `In the row “${row.name.en}” nobody may approve more than ${highest.value}; give the top post null`,
      },
    }
  if (!empowered)
    yield {
      ...rest,
      text: {
        zh: `“${row.name.zh}”一行没有岗位有权`,
        en: `In the row “${row.name.en}” no post has power`,
      },
    }
}
