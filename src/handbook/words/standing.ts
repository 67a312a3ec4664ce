import type { Edition, Policy, Post, Workflow } from '../model.ts'

/**
 * What may be said of a text of the handbook. `running`: a workflow of it runs in the program; `inForce`: written, and followed by
 * people; `titled`: the edition gives its name only.
 */
export interface Standing {
  readonly is: 'running' | 'inForce' | 'titled'
  /** Workflows that run in the program and stand behind the text, in the edition's order. */
  readonly flows: readonly Workflow[]
}

type Flows = Pick<Edition, 'workflows'>

/** A policy holds by its text; the program keeps it only where one of its workflows runs there. */
export function policyStanding(edition: Flows, policy: Policy): Standing {
  const flows = edition.workflows.filter(
    (one) => one.adoption === 'running' && policy.workflows.includes(one.id),
  )
  if (policy.body === undefined) return { is: 'titled', flows }
  return { is: flows.length > 0 ? 'running' : 'inForce', flows }
}

/** A post does not run: its sheet holds, and some of the workflows that it has tasks in may run. */
export function postStanding(edition: Flows, post: Post): Standing {
  const flows = edition.workflows.filter(
    (one) =>
      one.adoption === 'running' &&
      one.processes.some((process) =>
        process.nodes.some(
          (node) => node.kind === 'task' && node.adoption === 'running' && node.post === post.id,
        ),
      ),
  )
  return { is: post.sheet === undefined ? 'titled' : 'inForce', flows }
}
