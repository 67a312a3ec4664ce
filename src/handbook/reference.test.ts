import { existsSync, readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { type HandbookIndex, missingFrom } from '../../test/handbook-index.ts'
import { readEditionFolder } from './load/folder.ts'
import { loadEdition } from './load.ts'
import type { Edition } from './model.ts'

const path = `${process.env.KAMBOOK_SHARED ?? '../shared'}/handbook-index.json`
const there = existsSync(path)
let edition: Edition
beforeAll(async () => {
  const read = await loadEdition(await readEditionFolder('handbook'))
  expect(read.problems).toEqual([])
  edition = read.edition as Edition
})

describe.skipIf(!there)(`The list of codes${there ? '' : `: skipped, ${path} is not there`}`, () => {
  const index = (): HandbookIndex => JSON.parse(readFileSync(path, 'utf8'))

  it('is in the edition, code by code: steps with lanes, forms and ways, results, forms, policies, indicators, norms, switches, records', () => {
    expect(missingFrom(edition, index())).toEqual([])
  })
  it('is missed where a code is taken away', () => {
    const { workflows, ...rest } = edition
    const poor = { ...rest, workflows: workflows.filter((one) => one.id !== 'BID'), forms: [] }
    const missing = missingFrom(poor as Edition, index())
    expect(missing).toContain('workflow BID')
    expect(missing).toContain('form FM-01')
    expect(missing.some((one) => one.startsWith('record R-BID: producer'))).toBe(true)
  })
})

describe('hand-overs of the reference', () => {
  const startedBy = (workflow: string, step: string): string[] =>
    edition.workflows
      .filter((one) => one.id === workflow)
      .flatMap((one) => one.processes.flatMap((process) => process.nodes))
      .flatMap((node) =>
        (node.kind === 'task' || node.kind === 'call') && node.step === step
          ? node.outcomes.flatMap((one) => one.starts)
          : [],
      )
  it.each([
    ['the signed plan opens the budget draft', 'PLAN', 'C-4', 'wf:BUDG/F-2'],
    ['a target out of reach opens another round of the plan', 'BUDG', 'F-3', 'wf:PLAN/C-3'],
    ['frozen figures open the appraisal', 'PLAN', 'C-8', 'wf:TEAM/T-4'],
    ['an admitted account goes to credit', 'SATI', 'H-0', 'wf:DELV/G-0'],
    ['a new grade goes to credit', 'SATI', 'H-10', 'wf:DELV/G-0'],
    ['an unknown tender is registered as a lead', 'BID', 'P-1', 'wf:OPP/M-2'],
    ['who has left leaves a vacancy', 'TEAM', 'T-6', 'wf:TEAM/T-1.1'],
  ])('%s', (_, workflow, step, ref) => {
    expect(startedBy(workflow, step)).toContain(ref)
  })
})
