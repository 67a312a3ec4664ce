import { describe, expect, test } from 'vitest'
import { readEditionFolder } from '../load/folder.ts'
import { loadEdition } from '../load.ts'
import type { Process, TaskNode } from '../model.ts'
import { pathsOf } from './paths.ts'

const { edition, problems } = await loadEdition(await readEditionFolder('handbook'))
if (!edition) throw new Error(JSON.stringify(problems))

const processes = edition.workflows.flatMap((workflow) => workflow.processes)

describe('walking every path', () => {
  test.each(processes.map((one) => [one.id, one] as const))(
    '%s: each outcome of each task is taken, each path ends in a result word of its own',
    (_, process) => {
      const { paths, stuck, piled } = pathsOf(edition, process)
      expect(piled.map((one) => `${one.node.id} by ${one.by.node.id}`)).toEqual([])
      expect(
        stuck.map((move) => `${move.node.id} ${move.outcome} -> ${JSON.stringify(move.to.tokens)}`),
      ).toEqual([])
      const taken = new Set(
        paths.flatMap((path) => path.moves.map((move) => `${move.node.id} ${move.outcome}`)),
      )
      for (const node of process.nodes) {
        if (node.kind !== 'task') continue
        for (const outcome of node.outcomes) expect(taken, node.id).toContain(`${node.id} ${outcome.id}`)
      }
      const results = new Set(process.nodes.flatMap((node) => (node.kind === 'end' ? [node.result] : [])))
      expect(new Set(paths.flatMap((path) => path.moves.flatMap((move) => move.result ?? [])))).toEqual(
        results,
      )
    },
  )

  test('a counted loop is walked once and to its limit, then left', () => {
    const plan = edition.workflows.find((one) => one.id === 'PLAN')?.processes[0] as Process
    const rounds = pathsOf(edition, plan).paths.map(
      (path) => path.moves.filter((move) => move.node.id === 'review' && move.outcome === 'reject').length,
    )
    const most = edition.norms.find((one) => one.id === 'norm.planning')?.values.reviewRounds?.value as number
    expect(new Set(rounds)).toEqual(new Set(Array.from({ length: most + 1 }, (_, index) => index)))
    const decided = pathsOf(edition, plan).paths.filter((path) =>
      path.moves.some((move) => move.node.id === 'decide'),
    )
    for (const path of decided)
      expect(path.moves.find((move) => move.node.id === 'decide')?.round).toBeGreaterThan(0)
  })

  test('a loop that nothing leaves is found, with the task that leads into it', () => {
    const plan = edition.workflows.find((one) => one.id === 'PLAN')?.processes[0] as Process
    const broken: Process = {
      ...plan,
      flows: plan.flows.map((flow) =>
        flow.from === 'executed' && flow.outcome === 'year' ? { ...flow, to: 'again' } : flow,
      ),
    }
    expect(
      pathsOf(edition, broken).stuck.map(
        (move) => `${move.node.id} ${move.outcome} -> ${JSON.stringify(move.to.tokens)}`,
      ),
    ).not.toEqual([])
  })

  test('who must act is the post of the lane', () => {
    for (const process of processes)
      for (const path of pathsOf(edition, process).paths)
        for (const { node } of path.moves)
          if (node.kind === 'task') {
            const lane = process.lanes.find((one) => one.id === (node as TaskNode).lane)
            expect(lane?.post).toBe(node.post)
          }
  })
})
