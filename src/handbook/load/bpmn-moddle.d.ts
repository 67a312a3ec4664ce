declare module 'bpmn-moddle' {
  /** What the parser found odd: at an element, about a value, or with the place in its sentence. */
  export interface Warning {
    readonly message: string
    readonly element?: { readonly id?: string }
    readonly value?: string
  }
  /** Parser of BPMN 2.0 XML; extensions are described by moddle descriptors under their prefix. */
  export class BpmnModdle {
    constructor(packages?: Record<string, unknown>)
    fromXML(xml: string): Promise<{ rootElement: object; warnings: Warning[] }>
  }
}
