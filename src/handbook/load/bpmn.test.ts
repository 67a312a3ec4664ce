import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { drawDiagram } from '../diagram/draw.ts'
import { readWorkflow } from './bpmn.ts'

const PLAN = readFileSync('handbook/workflows/PLAN.bpmn', 'utf8')

const folder = `${process.env.KAMBOOK_SHARED ?? '../shared'}/data/bpmn-miwg`
const there = existsSync(folder)
const samples = there ? readdirSync(folder).filter((name) => name.endsWith('.bpmn')) : []

describe.skipIf(!there)(`Drawings of other tools${there ? '' : `: skipped, ${folder} is not there`}`, () => {
  it('are all there', () => {
    expect(samples.length).toBe(21)
  })
  it.each(samples)('%s loads, or is refused with reason and place', async (name) => {
    const xml = readFileSync(`${folder}/${name}`, 'utf8')
    const { workflow, problems } = await readWorkflow(name, xml)
    expect(workflow === null && problems.length === 0).toBe(false)
    const lines = xml.split('\n').length
    for (const { where, message } of problems) {
      expect(where.file).toBe(name)
      expect(where.line).toBeGreaterThan(0)
      expect(where.line).toBeLessThanOrEqual(lines)
      expect(message.zh).toMatch(/\p{Script=Han}/u)
      expect(message.en).not.toMatch(/undefined|\[object/)
    }
  })
  it.each(samples)(
    '%s, taken as a workflow, is refused for what cannot run, each with its place',
    async (name) => {
      const xml = readFileSync(`${folder}/${name}`, 'utf8')
        .replace(/(<(?:\w+:)?definitions\b)/, '$1 xmlns:kb="urn:kambook:bpmn:1"')
        .replaceAll(/(<(?:\w+:)?process\b)/g, '$1 kb:kind="business"')
      const { problems } = await readWorkflow(name, xml)
      expect(problems).not.toEqual([])
      for (const { where, message } of problems) {
        expect(where.line).toBeGreaterThan(0)
        expect(`${message.zh}${message.en}`).not.toMatch(/undefined|\[object/)
      }
    },
  )
  it.each(samples)('%s never breaks the drawing', async (name) => {
    const { xml, problems } = await drawDiagram(name, readFileSync(`${folder}/${name}`, 'utf8'))
    expect(xml === null ? problems.length : 1).toBeGreaterThan(0)
  })
})

describe('A workflow file', () => {
  it.each([
    ['a DOCTYPE', '<!DOCTYPE x [<!ENTITY a "b">]>\n'],
    ['a lower-case doctype', '<!doctype x>\n'],
    ['an entity that reaches a file', '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>\n'],
  ])('with %s is refused before it is parsed, with its line', async (_, head) => {
    const [first = '', ...rest] = PLAN.split('\n')
    const { workflow, problems } = await readWorkflow('x.bpmn', [first, head + rest.join('\n')].join('\n'))
    expect(workflow).toBeNull()
    expect(problems).toHaveLength(1)
    expect(problems[0]?.message.en).toContain('DOCTYPE')
    expect(problems[0]?.where).toMatchObject({ file: 'x.bpmn', line: 2 })
  })
  it.each([
    ['nothing', ''],
    ['no XML', 'C-1, C-2, C-3'],
    ['another XML', '<html><body/></html>'],
    ['a torn end', PLAN.slice(0, PLAN.length / 2)],
    ['an empty definitions', '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"/>'],
  ])('that holds %s is refused, never a crash', async (_, xml) => {
    const { problems } = await readWorkflow('x.bpmn', xml)
    expect(problems).not.toEqual([])
    expect(problems[0]?.where.file).toBe('x.bpmn')
  })
  it('whose elements have no ids loads, with the same ids at every reading and places to look at', async () => {
    const bare = PLAN.replaceAll(
      /(<bpmn:(?:sequenceFlow|lane|laneSet|collaboration)\b[^>]*?) id="[^"]*"/g,
      '$1',
    ).replaceAll(/\s*<bpmndi:BPMNEdge[\s\S]*?<\/bpmndi:BPMNEdge>/g, '')
    expect(bare).not.toBe(PLAN)
    const [first, second] = [await readWorkflow('x.bpmn', bare), await readWorkflow('x.bpmn', bare)]
    expect(first.workflow).toEqual(second.workflow)
    const flows = first.workflow?.processes.flatMap((one) => one.flows) ?? []
    expect(flows.length).toBeGreaterThan(5)
    expect(flows.every((one) => one.id)).toBe(true)
    expect(new Set(first.workflow?.processes[0]?.flows.map((one) => one.id)).size).toBe(
      first.workflow?.processes[0]?.flows.length,
    )
    for (const { where } of first.problems) expect(where.line).toBeGreaterThan(1)
  })
  it.each([
    [
      'a reference to nothing',
      '</bpmn:process>',
      '<bpmn:association id="a1" sourceRef="PLAN_start" targetRef="nowhere"/></bpmn:process>',
    ],
    ['what BPMN does not know', '</bpmn:process>', '<bpmn:nonsense id="n1"/></bpmn:process>'],
  ])('with %s is told so at its line', async (_, from, to) => {
    const changed = PLAN.replace(from, to)
    const line = PLAN.slice(0, PLAN.indexOf(from)).split('\n').length
    const { problems } = await readWorkflow('x.bpmn', changed)
    const told = problems.filter((one) => /^Faulty BPMN/.test(one.message.en))
    expect(told.map((one) => one.where.line)).toContain(line)
    for (const one of told) expect(one.message.en).not.toContain('\n')
  })
  it.each([
    ['a timer', '<bpmn:startEvent id="PLAN_start"', '<bpmn:timerEventDefinition id="t"/>', 'Timer'],
    [
      'a loop marker',
      '<bpmn:userTask id="PLAN_draft"',
      '<bpmn:multiInstanceLoopCharacteristics id="t"/>',
      'loop marker',
    ],
  ])('says of %s that it cannot run, rather than leave it out', async (_, open, more, word) => {
    const at = PLAN.indexOf(open)
    const close = PLAN.indexOf(open.includes('startEvent') ? '</bpmn:startEvent>' : '</bpmn:userTask>', at)
    const { problems } = await readWorkflow('x.bpmn', PLAN.slice(0, close) + more + PLAN.slice(close))
    const line = PLAN.slice(0, at).split('\n').length
    expect(problems.map((one) => [one.where.line, one.message.en.includes(word)])).toEqual([[line, true]])
  })
  it('keeps the words of people as they are, however they look', async () => {
    const name = 'a &amp; b &lt;script&gt; $1 {{norm.a.b}} “”'
    const { workflow } = await readWorkflow(
      'x.bpmn',
      PLAN.replace('name="审议"', () => `name="${name}"`),
    )
    const node = workflow?.processes[0]?.nodes.find((one) => one.id === 'review')
    expect(node?.name.zh).toBe('a & b <script> $1 {{norm.a.b}} “”')
  })
})
