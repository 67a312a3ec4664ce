import type { Place, Problem, Text } from '../model.ts'

/** The parts of a moddle element that are read here; the library ships no types for extensions. */
export interface Element {
  $type: string
  id: string
  name?: string
  [property: string]: unknown
}

/** One file being read: where to find a place, what is drawn, what was found faulty. */
export interface Reading {
  readonly file: string
  readonly xml: string
  /** Shapes and edges of the diagram by the id of what they draw; `null` when positions are not wanted. */
  readonly drawn: ReadonlyMap<string, Element> | null
  /** What a process is called in the handbook (`PLAN.manager`), by its id in the file. */
  readonly refs: ReadonlyMap<string, string>
  readonly problems: Problem[]
}

/** The processes of a file by the names that the handbook gives them. */
export const refsOf = (processes: readonly Element[]): Map<string, string> =>
  new Map(processes.map((one) => [one.id, (one.ref as string | undefined) ?? one.id]))

/** The name in both languages: `name` is Chinese, `kb:en` English. */
export const text = (element: Element, otherwise = element.id ?? ''): Text => ({
  zh: element.name ?? otherwise,
  en: (element.en as string | undefined) ?? element.name ?? otherwise,
})

/** The note for readers, where one is written. */
export const noteOf = (element: Element): { note?: Text } =>
  element.note
    ? {
        note: {
          zh: element.note as string,
          en: (element.noteEn as string | undefined) ?? (element.note as string),
        },
      }
    : {}

export const words = (value: unknown): string[] =>
  typeof value === 'string' ? value.split(/\s+/).filter(Boolean) : []

export const elements = (value: unknown): Element[] => (Array.isArray(value) ? (value as Element[]) : [])

export const extensions = (element: Element, type: string): Element[] =>
  elements((element.extensionElements as Element | undefined)?.values).filter(
    (one) => one.$type.toLowerCase() === type.toLowerCase(),
  )

/** Line and column at which an element is written, found by its id. */
export function placeIn(file: string, xml: string, id: string | undefined): Place {
  const at = id === undefined ? 0 : Math.max(0, xml.search(new RegExp(`\\sid=["']${escaped(id)}["']`)))
  const before = xml.slice(0, at).split('\n')
  return { file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}
const escaped = (id: string) => id.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')

export const bpmnProblem = (file: string, zh: string, en: string, at?: Place): Problem => ({
  check: 'bpmn',
  severity: 'error',
  where: at ?? { file, line: 1, column: 1 },
  message: { zh, en },
})

/** Notes a fault at an element. */
export function fault(reading: Reading, element: Element, zh: string, en: string): void {
  const { file, xml, problems } = reading
  problems.push(bpmnProblem(file, zh, en, placeIn(file, xml, element.id)))
}
