import { expect, test } from 'vitest'
import { loadEdition, readEditionFolder } from '../load.ts'
import type { Edition, Process, TaskNode } from '../model.ts'
import { type Stop, waysOf } from './ways.ts'

const edition = (await loadEdition(await readEditionFolder('handbook'))).edition as Edition
const processOf = (id: string) =>
  edition.workflows.flatMap((flow) => flow.processes).find((one) => one.id === id) as Process
const told = (process: Process, id: string) =>
  waysOf(process)(process.nodes.find((node) => node.id === id) as Stop).map((way) => [
    way.outcome?.id ?? null,
    'step' in way.to ? way.to.step : way.to.id,
    way.back,
  ])

test('The review of the plan leads on when passed, back when not, and to the general manager after the last round', () => {
  expect(told(processOf('PLAN'), 'review')).toEqual([
    ['pass', 'C-4', false],
    ['reject', 'C-2', true],
    ['reject', 'C-3', false],
  ])
})

test('Every outcome of every step in the edition leads to a step or an end', () => {
  for (const flow of edition.workflows)
    for (const process of flow.processes) {
      const ways = waysOf(process)
      for (const node of process.nodes) {
        if (node.kind !== 'task' && node.kind !== 'call') continue
        const found = ways(node)
        expect(found.length, `${process.id} ${node.id}`).toBeGreaterThan(0)
        const chosen = new Set(found.map((way) => way.outcome?.id))
        // An outcome that no way asks for goes the common way.
        if (!chosen.has(undefined))
          for (const outcome of (node as TaskNode).outcomes)
            expect(chosen, `${process.id} ${node.id}`).toContain(outcome.id)
      }
    }
})
