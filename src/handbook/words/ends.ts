import type { Process, Text, Workflow } from '../model.ts'

/**
 * How a process of a workflow may end, each end once, in the order they are drawn; ends of the flows it calls are theirs, not its own.
 * Without a process the workflow's main one is meant; a workflow that is not drawn has none.
 */
export function endsOf(workflow: Workflow, process: Process | undefined = workflow.processes[0]): Text[] {
  const ends = (process?.nodes ?? []).flatMap((node) => (node.kind === 'end' ? [node] : []))
  return ends
    .filter((one, index) => ends.findIndex((other) => other.result === one.result) === index)
    .map((one) =>
      one.name.zh === ''
        ? (workflow.results.find((result) => result.id === one.result)?.name ?? one.name)
        : one.name,
    )
}
