import type { OutlineNode } from '../outline.ts'
import { formsOf, partsIn } from './duties.ts'
import type { Reading } from './element.ts'

/** References of everything in an edition that concerns the holder of any of `posts`: what he does, decides, is heard on or measured by. */
export function concerning(edition: Reading, posts: readonly string[]): ReadonlySet<string> {
  const refs = new Set<string>()
  for (const post of posts) {
    refs.add(`post:${post}`)
    for (const { workflow, task } of partsIn(edition, post)) {
      refs.add(`wf:${workflow.id}`)
      refs.add(`wf:${workflow.id}/${task.step}`)
      for (const path of [task.due, task.ladder])
        if (path) refs.add(`norm:${path.slice(0, path.lastIndexOf('.'))}`)
      if (task.post === post) for (const form of task.forms) refs.add(`form:${form}`)
    }
    for (const { form } of Object.values(formsOf(edition, post)).flat()) refs.add(`form:${form.id}`)
    for (const fn of edition.functions)
      if (post in fn.cells) {
        refs.add(`fn:${fn.id}`)
        for (const policy of fn.policies) refs.add(`policy:${policy}`)
      }
    for (const policy of edition.policies)
      if (policy.owner === post || policy.with.includes(post)) refs.add(`policy:${policy.id}`)
    for (const kpi of edition.kpis) if (kpi.posts.includes(post)) refs.add(`kpi:${kpi.id}`)
    for (const norm of edition.norms)
      if (norm.columns.some((column) => column.id === post)) refs.add(`norm:${norm.id}`)
  }
  return refs
}

/** The contents with only what concerns a reader; text that is for everybody stays. */
export function outlineFor(nodes: readonly OutlineNode[], refs: ReadonlySet<string>): OutlineNode[] {
  return nodes.flatMap((node) => {
    if (node.ref.startsWith('ch:')) {
      const children = outlineFor(node.children, refs)
      return node.children.length > 0 && children.length === 0 ? [] : [{ ...node, children }]
    }
    return refs.has(node.ref) ? [{ ...node, children: outlineFor(node.children, refs) }] : []
  })
}

/** Whether a hit is for the reader: parts of an element follow the element, text of the chapters is for everybody. */
export function isFor(ref: string, refs: ReadonlySet<string>): boolean {
  if (ref.startsWith('ch:') || refs.has(ref)) return true
  if (ref.startsWith('norm:')) return [...refs].some((one) => ref.startsWith(`${one}.`))
  return /^(policy|post):/.test(ref) && refs.has(ref.slice(0, ref.indexOf('/')))
}
