import { sql } from 'kysely'
import type { Comparison, ElementChange } from '../../handbook/compare/compare.ts'
import type { Edition, TaskNode, Text } from '../../handbook/model.ts'
import type { Tx } from '../db/database.ts'
import type { Effect } from './wire.ts'

/**
 * Posts that an edition treats otherwise: by their sheet, their rights, the matrix, a step of a workflow, a form they fill, a policy
 * they keep, a deadline or a limit of theirs.
 */
export function postsTouched(
  comparison: Comparison,
  before: Edition,
  after: Edition,
): Map<string, { rights: boolean }> {
  const touched = new Map<string, { rights: boolean }>()
  const touch = (post: string, rights: boolean) =>
    touched.set(post, { rights: rights || (touched.get(post)?.rights ?? false) })
  for (const change of comparison.changes) {
    if (change.group === 'post') touch(change.code, false)
    if (change.group === 'right') touch(change.code, true)
    if (change.group === 'function')
      for (const part of change.parts) if (part.key.startsWith('duty:')) touch(part.key.slice(5), false)
    const parts = change.parts.map((part) => part.key)
    for (const edition of [before, after]) {
      if (change.group === 'policy') {
        const policy = edition.policies.find((one) => one.id === change.code)
        for (const post of policy ? [policy.owner, ...policy.with] : []) touch(post, false)
      }
      for (const { workflow, process, node } of tasksIn(edition))
        if (meets(change, parts, workflow, `node:${process}/${node.id}`, node)) touch(node.post, false)
    }
  }
  return touched
}

/** Whether a task's holder finds something else at it: the step itself, its form, its deadline, or the limits of his post. */
function meets(
  { group, code, key }: ElementChange,
  parts: readonly string[],
  workflow: string,
  line: string,
  node: TaskNode,
): boolean {
  if (group === 'workflow')
    return workflow === code && parts.some((part) => part === line || part.startsWith(`${line}/`))
  if (group === 'form') return node.forms.includes(code)
  if (group !== 'norm') return false
  const table = key.slice('norm:'.length)
  const rows = node.ladder?.startsWith(`${table}.`) ? `${node.ladder.slice(table.length + 1)}.` : null
  return (
    parts.some((part) => node.due === `${table}.${part}`) ||
    (rows !== null && parts.includes(`${rows}${node.post}`)) ||
    (node.ladder === table && parts.some((part) => part.endsWith(`.${node.post}`)))
  )
}

const tasksIn = (edition: Edition) =>
  edition.workflows.flatMap((workflow) =>
    workflow.processes.flatMap((process) =>
      process.nodes.flatMap((node) =>
        node.kind === 'task' ? [{ workflow: workflow.id, process: process.id, node }] : [],
      ),
    ),
  )

/** What taking an edition into use would touch: cases under way, posts, and how many people hold them. */
export async function effectOf(
  tx: Tx,
  comparison: Comparison,
  before: Edition,
  after: Edition,
): Promise<Effect> {
  // Counts only, over the whole company: whoever judges an edition need not see the cases themselves.
  const cases = await sql<{
    workflow: string
    n: number
  }>`select workflow, cases as n from open_cases()`.execute(tx)
  const holders = await sql<{ post: string; people: number[] }>`
    select post, array_agg(distinct person_id) as people from holder group by post`.execute(tx)
  const held = new Map(holders.rows.map((row) => [row.post, row.people]))
  const changed = new Set(comparison.changes.filter((one) => one.group === 'workflow').map((one) => one.code))
  const touched = postsTouched(comparison, before, after)
  const nameOf = (id: string): Text =>
    [after, before].flatMap((one) => one.posts.find((post) => post.id === id) ?? [])[0]?.name ?? {
      zh: id,
      en: id,
    }
  const posts = [...touched].map(([post, { rights }]) => ({
    post,
    name: nameOf(post),
    people: held.get(post)?.length ?? 0,
    rights,
    gone: !after.posts.some((one) => one.id === post),
  }))
  return {
    openCases: cases.rows.map(({ workflow, n }) => ({
      workflow,
      name: [before, after].flatMap((one) => one.workflows.find((flow) => flow.id === workflow) ?? [])[0]
        ?.name ?? {
        zh: workflow,
        en: workflow,
      },
      cases: n,
      changed: changed.has(workflow),
    })),
    posts: posts.sort((a, b) => b.people - a.people || a.post.localeCompare(b.post)),
    people: new Set(posts.flatMap((one) => held.get(one.post) ?? [])).size,
  }
}
