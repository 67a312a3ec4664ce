import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type validateXML as Validate, validateXML } from 'xmllint-wasm'
import { readEditionFolder } from '../load/folder.ts'
import { drawDiagram } from './draw.ts'
import { misplaced } from './drawn.ts'

const files = Object.entries(await readEditionFolder('handbook')).filter(([name]) => name.endsWith('.bpmn'))
const PLAN = files.find(([name]) => name.endsWith('PLAN.bpmn'))?.[1] as string

/** The public schemas of BPMN 2.0, as the parser's package brings them. */
const folder = join(
  dirname(createRequire(import.meta.url).resolve('bpmn-moddle/package.json')),
  'resources/bpmn/xsd',
)
const schema = async (name: string) => ({
  fileName: name,
  contents: await readFile(join(folder, name), 'utf8'),
})
const schemas = {
  schema: [await schema('BPMN20.xsd')],
  preload: await Promise.all(['BPMNDI.xsd', 'Semantic.xsd', 'DC.xsd', 'DI.xsd'].map(schema)),
}
const faultsOf = async (fileName: string, contents: string): Promise<string[]> => {
  const judged: Awaited<ReturnType<typeof Validate>> = await validateXML({
    xml: [{ fileName, contents }],
    ...schemas,
  })
  return judged.errors.map((one) => one.rawMessage)
}

describe.each(files)('%s', (name, xml) => {
  it('is BPMN 2.0 by the public schema', async () => {
    expect(await faultsOf(name, xml)).toEqual([])
  })
  it('has nothing on top of another, words neither, every step in its lane, and no way through a step', async () => {
    expect(await misplaced(xml)).toEqual([])
  })
  it('stands where the product puts it: drawing it again changes nothing', async () => {
    expect(await drawDiagram(name, xml)).toEqual({ xml, problems: [] })
  })
})

describe('the schema', () => {
  it('refuses a file whose parts are not BPMN', async () => {
    expect(await faultsOf('x.bpmn', PLAN.replace('<bpmn:userTask', '<bpmn:userJob'))).not.toEqual([])
  })
})

describe('positions', () => {
  const moved = (id: string, x: number, y: number) =>
    PLAN.replace(new RegExp(`(bpmnElement="${id}"[^>]*><dc:Bounds )x="\\d+" y="\\d+"`), `$1x="${x}" y="${y}"`)
  const at = (id: string) => {
    const [, x, y] = new RegExp(`bpmnElement="${id}"[^>]*><dc:Bounds x="(\\d+)" y="(\\d+)"`).exec(PLAN) ?? []
    return [Number(x), Number(y)] as const
  }
  it('are found wrong when one step is put on another', async () => {
    const found = await misplaced(moved('PLAN_draft', ...at('PLAN_review')))
    expect(found).toContain('PLAN_draft lies on PLAN_review')
    expect(found).toContain('PLAN_draft stands outside PLAN_SUP')
  })
  it('are found wrong when the words of one way are put on those of another, or on a step', async () => {
    const words = (id: string) =>
      new RegExp(`(bpmnElement="${id}">.*?<bpmndi:BPMNLabel><dc:Bounds )x="\\d+" y="\\d+"`)
    const [first, second] = [
      ...PLAN.matchAll(/bpmnElement="(PLAN_f\d+)">.*?<bpmndi:BPMNLabel><dc:Bounds x="(\d+)" y="(\d+)"/g),
    ]
    if (!first || !second) throw new Error('PLAN has no words at its ways')
    const onWords = PLAN.replace(words(first[1] as string), `$1x="${second[2]}" y="${second[3]}"`)
    expect(await misplaced(onWords)).toContain(`the words of ${first[1]} lie on those of ${second[1]}`)
    const [x, y] = at('PLAN_draft')
    const onStep = PLAN.replace(words(first[1] as string), `$1x="${x + 10}" y="${y + 10}"`)
    expect(await misplaced(onStep)).toContain(`the words of ${first[1]} lie on PLAN_draft`)
  })
  it('are found wrong when words hide the stroke of a default way', async () => {
    const way = /default="(PLAN_f\d+)"/.exec(PLAN)?.[1]
    const start = new RegExp(`bpmnElement="${way}"><di:waypoint x="(\\d+)" y="(\\d+)"`).exec(PLAN)
    const hidden = PLAN.replace(
      new RegExp(`(bpmnElement="${way}">.*?<bpmndi:BPMNLabel><dc:Bounds )x="\\d+" y="\\d+"`),
      `$1x="${Number(start?.[1]) - 9}" y="${Number(start?.[2]) - 14}"`,
    )
    expect(await misplaced(hidden)).toContain(`the words of ${way} lie on the stroke of ${way}`)
  })
  it('are found missing', async () => {
    expect(await misplaced(PLAN.replace('bpmnElement="PLAN_f1"', 'bpmnElement="PLAN_f2"'))).toContain(
      'PLAN_f1 is not drawn',
    )
  })
})

describe('drawing', () => {
  const bare = PLAN.replace(/ *<bpmndi:BPMNDiagram[\s\S]*<\/bpmndi:BPMNDiagram>\n/, '')
  it('gives positions to a file without any, and leaves the rest letter by letter', async () => {
    const { xml } = await drawDiagram('x.bpmn', bare)
    expect(xml).toBe(PLAN)
  })
  it('brings the names of the diagram’s words where a file does not know them', async () => {
    const { xml } = await drawDiagram('x.bpmn', bare.replaceAll(/ xmlns:(bpmndi|dc|di)="[^"]+"/g, ''))
    expect(await faultsOf('x.bpmn', xml as string)).toEqual([])
    expect(await misplaced(xml as string)).toEqual([])
  })
  it('follows an edit of the text: a new step gets its place', async () => {
    const edited = bare
      .replace(
        '<bpmn:flowNodeRef>PLAN_basis</bpmn:flowNodeRef>',
        '<bpmn:flowNodeRef>PLAN_basis</bpmn:flowNodeRef><bpmn:flowNodeRef>PLAN_talk</bpmn:flowNodeRef>',
      )
      .replace(
        '<bpmn:sequenceFlow id="PLAN_f2" sourceRef="PLAN_basis"',
        '<bpmn:sequenceFlow id="PLAN_f2a" sourceRef="PLAN_basis" targetRef="PLAN_talk"/><bpmn:sequenceFlow id="PLAN_f2" sourceRef="PLAN_talk"',
      )
      .replace(
        '<bpmn:userTask id="PLAN_draft"',
        '<bpmn:userTask id="PLAN_talk" name="商量"/>\n    <bpmn:userTask id="PLAN_draft"',
      )
    const { xml, problems } = await drawDiagram('x.bpmn', edited)
    expect(problems).toEqual([])
    expect(await misplaced(xml as string)).toEqual([])
    expect(xml).toContain('bpmnElement="PLAN_talk"')
  })
  it('follows an edit of the text: what the old diagram still draws of a step that is gone is gone, too', async () => {
    const edited = PLAN.replace(/ *<bpmn:userTask id="PLAN_sign"[\s\S]*?<\/bpmn:userTask>\n/, '')
      .replace('<bpmn:flowNodeRef>PLAN_sign</bpmn:flowNodeRef>', '')
      .replace(/ *<bpmn:sequenceFlow id="PLAN_f9"[^>]*>\n/, '')
      .replace('sourceRef="PLAN_sign"', 'sourceRef="PLAN_finalise"')
      .replace('<bpmn:outgoing>PLAN_f9</bpmn:outgoing>', '<bpmn:outgoing>PLAN_f10</bpmn:outgoing>')
    const { xml, problems } = await drawDiagram('x.bpmn', edited)
    expect(problems).toEqual([])
    expect(await misplaced(xml as string)).toEqual([])
    expect(xml).not.toContain('PLAN_sign')
  })
  it.each([
    ['a DOCTYPE', bare.replace('<bpmn:definitions', '<!DOCTYPE x><bpmn:definitions'), 'DOCTYPE'],
    ['a file that is no BPMN', '<a>', 'BPMN'],
    ['a shape that cannot run', bare.replaceAll('bpmn:userTask', 'bpmn:scriptTask'), 'scriptTask|ScriptTask'],
    ['a process without a pool', bare.replace(/<bpmn:participant id="PLAN_rep_pool"[^>]*>/, ''), 'pool'],
  ])('refuses %s with its place', async (_, xml, word) => {
    const drawn = await drawDiagram('x.bpmn', xml)
    expect(drawn.xml).toBeNull()
    expect(drawn.problems[0]?.message.en).toMatch(new RegExp(word))
    expect(drawn.problems[0]?.where.file).toBe('x.bpmn')
  })
})
