declare module 'bpmn-moddle' {
  /** Parser of BPMN 2.0 XML; extensions are described by moddle descriptors under their prefix. */
  export class BpmnModdle {
    constructor(packages?: Record<string, unknown>)
    fromXML(xml: string): Promise<{ rootElement: object; warnings: { message: string }[] }>
  }
}
