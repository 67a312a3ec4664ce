import { drawDiagram } from '../src/handbook/diagram/draw.ts'
import { readEditionFolder } from '../src/handbook/load.ts'

export type Files = Record<string, string>

/** The reference edition's source files. */
export const referenceFiles: Readonly<Files> = await readEditionFolder('handbook')

export const referenceNumber = /number: "([^"]+)"/.exec(
  referenceFiles['edition.yaml'] as string,
)?.[1] as string

/** The reference under another number, with some of its files changed; a change that changes nothing is a mistake of the test. */
export function edited(number: string, changes: Record<string, (text: string) => string> = {}): Files {
  const files = { ...referenceFiles }
  const change = (name: string, by: (text: string) => string) => {
    const text = files[name] as string
    const other = by(text)
    if (other === text) throw new Error(`${name} was not changed`)
    files[name] = other
  }
  change('edition.yaml', (text) => text.replace(`number: "${referenceNumber}"`, `number: "${number}"`))
  for (const [name, by] of Object.entries(changes)) change(name, by)
  return files
}

/**
 * What a consultant brings after a year: a norm's value, the deadline of a step, a paragraph of a policy in both languages, a renamed
 * step, and a workflow with one step more.
 */
export async function afterAYear(number: string): Promise<Files> {
  const files = edited(number, {
    'norms/planning.yaml': (text) => text.replace('value: 3,', 'value: 4,'),
    'norms/deadlines.yaml': (text) =>
      text.replace('date: 10-20', 'date: 10-16').replace(
        '    dataCorrect:\n',
        `    dataVerify:
      name:
        zh: A3-3 复核
        en: A3-3 verify
      value:
        workdays: 3
      tag: default
    dataCorrect:
`,
      ),
    'policies/MP-01.zh.md': (text) =>
      text.replace('在生效前完成培训和测试（T-3）', '在生效前十个工作日完成培训和测试（T-3）'),
    'policies/MP-01.en.md': (text) =>
      text.replace(
        'is taught and tested (T-3) before it takes effect',
        'is taught and tested (T-3) ten working days before it takes effect',
      ),
    'workflows/PLAN.bpmn': (text) =>
      text.replace(
        'name="编制年度大客户销售计划初稿" kb:en="Draft the annual KA sales plan"',
        'name="编制年度计划草案" kb:en="Draft the annual plan"',
      ),
    'workflows/DATA.bpmn': verified,
    'forms/FM-01.yaml': (text) => text.replace('  - DATA/A3-2\n', '  - DATA/A3-2\n  - DATA/A3-3\n'),
  })
  const { xml } = await drawDiagram('workflows/DATA.bpmn', files['workflows/DATA.bpmn'] as string)
  return { ...files, 'workflows/DATA.bpmn': xml as string }
}

/** What was corrected is verified by the manager before it counts as clean. */
const verified = (text: string): string =>
  text
    .replace(
      '    <bpmn:endEvent id="DATA_end-clean"',
      `    <bpmn:userTask id="DATA_verify" name="复核更正" kb:en="Verify the correction" kb:step="A3-3" kb:forms="FM-01" kb:due="norm.deadlines.dataVerify" kb:tag="practice">
      <bpmn:extensionElements><kb:outcome id="verified" name="已复核" en="Verified"/></bpmn:extensionElements>
      <bpmn:incoming>DATA_f6</bpmn:incoming>
      <bpmn:outgoing>DATA_f8</bpmn:outgoing>
    </bpmn:userTask>
    <bpmn:endEvent id="DATA_end-clean"`,
    )
    .replace(
      '<bpmn:incoming>DATA_f6</bpmn:incoming>\n    </bpmn:endEvent>',
      '<bpmn:incoming>DATA_f8</bpmn:incoming>\n    </bpmn:endEvent>',
    )
    .replace(
      'sourceRef="DATA_mended" targetRef="DATA_end-clean" name="已更正" kb:en="Corrected" kb:outcome="corrected"/>',
      `sourceRef="DATA_mended" targetRef="DATA_verify" name="已更正" kb:en="Corrected" kb:outcome="corrected"/>
    <bpmn:sequenceFlow id="DATA_f8" sourceRef="DATA_verify" targetRef="DATA_end-clean"/>`,
    )
    .replace(
      '<bpmn:flowNodeRef>DATA_end-clean</bpmn:flowNodeRef>',
      '<bpmn:flowNodeRef>DATA_verify</bpmn:flowNodeRef>\n        <bpmn:flowNodeRef>DATA_end-clean</bpmn:flowNodeRef>',
    )
