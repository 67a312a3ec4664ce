import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { holds } from './conditions.ts'
import { readEditionFolder } from './load/folder.ts'
import { loadEdition } from './load.ts'
import type { Edition } from './model.ts'
import { findNorm } from './words/norms.ts'

const files = await readEditionFolder('handbook')
const { edition, problems } = await loadEdition(files)

describe('the reference edition', () => {
  it('loads without a problem and cannot be changed afterwards', () => {
    expect(problems).toEqual([])
    expect(Object.isFrozen(edition?.posts[0])).toBe(true)
  })
  it('draws PLAN with its lanes, loops and the ways out of them', () => {
    const plan = edition?.workflows.find((one) => one.id === 'PLAN')
    expect(plan?.processes.map((one) => one.id)).toEqual(['PLAN', 'PLAN.manager', 'PLAN.rep', 'PLAN.month'])
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
    const measured = (edition?.posts ?? []).filter((post) => (post.sheet?.kpis.length ?? 0) > 0)
    expect(measured.map((post) => post.id).sort()).toEqual(['KAM', 'REP', 'SUP'])
    for (const post of measured) expect(post.sheet?.kpis.reduce((sum, one) => sum + one.weight, 0)).toBe(100)
  })
})

const table = `- id: norm.limits
  name: { zh: 审批权限, en: Limits }
  tag: default
  columns:
    - { id: REP, name: { zh: 代表, en: Representative } }
    - { id: SUP, name: { zh: 主管, en: Head } }
    - { id: GM, name: { zh: 总经理, en: General manager } }
  rows:
    - id: price
      name: { zh: 降价, en: Price }
      unit: { zh: "%", en: "%" }
      tag: default
      cells: { REP: "-", SUP: { value: 8, and: [FIN] }, GM: null }
`

describe('a number that stands in two tables', () => {
  const rhythm = files['norms/rhythm.yaml'] as string
  it('is written in one of them and taken over by the other', () => {
    const books = edition && findNorm(edition, 'norm.monthclose.books')
    expect(books?.value).toEqual({ workdayOf: 'month', workdays: 5 })
    expect(edition && findNorm(edition, 'norm.deadlines.budgClose')?.value).toEqual(books?.value)
  })
  it('follows when the deadline is changed', async () => {
    const deadlines = files['norms/deadlines.yaml'] as string
    const later = deadlines.replace(/(budgClose:[\s\S]*?workdays: )5/, '$16')
    expect(later).not.toBe(deadlines)
    const { edition: other } = await loadEdition({ ...files, 'norms/deadlines.yaml': later })
    expect(other && findNorm(other, 'norm.monthclose.books')?.words.zh).toBe('次月第 6 个工作日')
  })
  it.each([
    ['one that is not there', 'norm.deadlines.budgClosed'],
    ['one that is itself taken over', 'norm.monthclose.freeze'],
  ])('is refused with its place when it is taken from %s', async (_, as) => {
    const { edition: none, problems: told } = await loadEdition({
      ...files,
      'norms/rhythm.yaml': rhythm.replace('as: norm.deadlines.budgClose', `as: ${as}`),
    })
    expect(none).toBeNull()
    expect(told.map((one) => [one.check, one.where.file])).toEqual([['norms', 'norms/rhythm.yaml']])
    expect(told[0]?.where.line).toBe(rhythm.split('\n').findIndex((line) => line.includes('budgClose')) + 1)
    expect(told[0]?.message.zh).toContain(as)
  })
})

describe('a table of norms', () => {
  it('gives each cell by its path, with unit, co-signers and no limit in words', async () => {
    const { edition: with_, problems } = await loadEdition({ ...files, 'norms/limits.yaml': table })
    expect(problems).toEqual([])
    const cell = (path: string) => (with_ ? findNorm(with_, path) : null)
    expect(cell('norm.limits.price.SUP')?.words).toEqual({
      zh: '8%（财务部经理会签）',
      en: '8% (with Finance manager)',
    })
    expect(cell('norm.limits.price.SUP')?.value).toBe(8)
    expect(cell('norm.limits.price.GM')?.words.en).toBe('no limit')
    expect(cell('norm.limits.price.REP')?.words.zh).toBe('—')
    expect(cell('norm.limits.price.KAM')).toBeNull()
    expect(with_?.norms.find((one) => one.id === 'norm.limits')?.rows[0]?.at).toMatchObject({ line: 9 })
  })
  it('is in the words of a condition', async () => {
    const { edition: with_ } = await loadEdition({ ...files, 'norms/limits.yaml': table })
    expect(with_ && holds(with_, 'round < norm.limits.price.SUP', 3)).toBe(true)
  })
})

describe('an edition of an earlier layout', () => {
  it('still loads: norms, calendar and switches in one file, policies among the titles', async () => {
    const indent = (text = '') => text.replaceAll(/^/gm, '  ')
    const { 'calendar.yaml': calendar, 'switches.yaml': switches, 'policies.yaml': policies, ...rest } = files
    const norms = Object.keys(rest).filter((name) => name.startsWith('norms/'))
    const earlier = {
      ...Object.fromEntries(Object.entries(rest).filter(([name]) => !norms.includes(name))),
      'norms.yaml': `norms:\n${norms.map((name) => indent(rest[name])).join('\n')}\ncalendar:\n${indent(calendar)}\nswitches:\n${indent(switches)}`,
      'titles.yaml': `${rest['titles.yaml'] ?? ''}\npolicies:\n${indent(policies)}`,
    }
    const read = await loadEdition(earlier)
    expect(read.problems).toEqual([])
    const ids = (of: Edition | null) =>
      of && [of.norms, of.switches, of.policies].map((list) => list.map((one) => one.id))
    expect(ids(read.edition)).toEqual(ids(edition))
    expect(read.edition?.calendar.years).toEqual(edition?.calendar.years)
  })
})

describe('a faulty edition', () => {
  it('names file, line and the mend of a broken YAML', async () => {
    const broken = await loadEdition({ ...files, 'norms/planning.yaml': '- id: norm.x\n  name: [' })
    expect(broken.edition).toBeNull()
    expect(broken.problems[0]?.where).toMatchObject({ file: 'norms/planning.yaml', line: 2 })
  })
  it('names the place of what is not UTF-8', async () => {
    const saved = Buffer.from('- id: norm.planning\n  name: { zh: ', 'utf8')
    const text = Buffer.concat([saved, Buffer.from([0xcf, 0xfa, 0xca, 0xdb])]).toString('utf8')
    const broken = await loadEdition({ ...files, 'norms/planning.yaml': text })
    expect(broken.edition).toBeNull()
    expect(broken.problems[0]).toMatchObject({
      check: 'encoding',
      where: { file: 'norms/planning.yaml', line: 2, column: 15 },
    })
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
