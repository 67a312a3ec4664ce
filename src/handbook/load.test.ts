import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readEditionFolder } from './load/folder.ts'
import { loadEdition } from './load.ts'

const files = await readEditionFolder('handbook')
const { edition, problems } = await loadEdition(files)

describe('the reference edition', () => {
  it('loads without a problem and cannot be changed afterwards', () => {
    expect(problems).toEqual([])
    expect(Object.isFrozen(edition?.posts[0])).toBe(true)
  })
  it('draws PLAN with its lanes, loops and the ways out of them', () => {
    const plan = edition?.workflows.find((one) => one.id === 'PLAN')
    expect(plan?.processes.map((one) => one.id)).toEqual(['PLAN', 'PLAN.manager', 'PLAN.rep'])
    expect(plan?.processes[0]?.lanes.map((one) => one.post)).toEqual([
      'GM',
      'SDM',
      'SUP',
      'KAM',
      'REP',
      'FIN',
    ])
    const review = plan?.processes[0]?.nodes.find((one) => one.id === 'review')
    expect(review?.kind === 'task' && review.outcomes.map((one) => one.id)).toEqual(['pass', 'reject'])
  })
  it('weighs the indicators of each post to exactly 100', () => {
    for (const post of edition?.posts ?? [])
      if (post.sheet) expect(post.sheet.kpis.reduce((sum, one) => sum + one.weight, 0)).toBe(100)
  })
})

describe('a faulty edition', () => {
  it('names file, line and the mend of a broken YAML', async () => {
    const broken = await loadEdition({ ...files, 'norms.yaml': 'norms:\n  - id: [' })
    expect(broken.edition).toBeNull()
    expect(broken.problems[0]?.where).toMatchObject({ file: 'norms.yaml', line: 2 })
  })
  it('refuses a DOCTYPE before it parses anything', async () => {
    const source = readFileSync('handbook/workflows/PLAN.bpmn', 'utf8').replace(
      '<bpmn:definitions',
      '<!DOCTYPE x><bpmn:definitions',
    )
    const broken = await loadEdition({ ...files, 'workflows/PLAN.bpmn': source })
    expect(broken.problems.some((problem) => problem.message.en.includes('DOCTYPE'))).toBe(true)
  })
})
