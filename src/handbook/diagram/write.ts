import type { Point } from '../picture/layout.ts'

interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}
/** A shape or an edge of the diagram, by the id of what it draws. */
export type Drawn =
  | {
      readonly kind: 'shape'
      readonly id: string
      readonly box: Box
      readonly horizontal?: boolean
      readonly label?: Box | undefined
    }
  | {
      readonly kind: 'edge'
      readonly id: string
      readonly points: readonly Point[]
      readonly label?: Box | undefined
    }

const namespaces = {
  bpmndi: 'http://www.omg.org/spec/BPMN/20100524/DI',
  dc: 'http://www.omg.org/spec/DD/20100524/DC',
  di: 'http://www.omg.org/spec/DD/20100524/DI',
} as const

/** The diagram as BPMN DI, one element a line. */
export function diagramXml(plane: string, drawn: readonly Drawn[]): string {
  const lines = drawn.map((one) => {
    const label = one.label ? `<bpmndi:BPMNLabel>${bounds(one.label)}</bpmndi:BPMNLabel>` : ''
    return one.kind === 'shape'
      ? `      <bpmndi:BPMNShape id="${one.id}_di" bpmnElement="${one.id}"${one.horizontal ? ' isHorizontal="true"' : ''}>${bounds(one.box)}${label}</bpmndi:BPMNShape>`
      : `      <bpmndi:BPMNEdge id="${one.id}_di" bpmnElement="${one.id}">${one.points
          .map(({ x, y }) => `<di:waypoint x="${x}" y="${y}"/>`)
          .join('')}${label}</bpmndi:BPMNEdge>`
  })
  return [
    `  <bpmndi:BPMNDiagram id="${plane}_diagram">`,
    `    <bpmndi:BPMNPlane id="${plane}_plane" bpmnElement="${plane}">`,
    ...lines,
    '    </bpmndi:BPMNPlane>',
    '  </bpmndi:BPMNDiagram>',
    '',
  ].join('\n')
}

const bounds = ({ x, y, width, height }: Box): string =>
  `<dc:Bounds x="${Math.round(x)}" y="${Math.round(y)}" width="${Math.round(width)}" height="${Math.round(height)}"/>`

/** The text without any diagram. */
export const withoutDiagram = (xml: string): string =>
  xml.replaceAll(/[ \t]*<((?:[\w.-]+:)?BPMNDiagram)\b[\s\S]*?<\/\1>[ \t]*\r?\n?/g, '')

/** The text with this diagram in place of its own, or before its end; prefixes it does not declare come along. */
export function withDiagram(xml: string, diagram: string): string {
  const missing = Object.entries(namespaces).filter(
    ([prefix, uri]) => !xml.includes(`xmlns:${prefix}="${uri}"`),
  )
  const declared = missing.map(([prefix, uri]) => ` xmlns:${prefix}="${uri}"`).join('')
  const whole = diagram.replace('<bpmndi:BPMNDiagram', `<bpmndi:BPMNDiagram${declared}`)
  const bare = withoutDiagram(xml)
  return bare.replace(/[ \t]*<\/(?:[\w.-]+:)?definitions>\s*$/, (end) => `${whole}${end.trimStart()}`)
}
