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
  placeOf(id: string | undefined): Place
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

/** Where each element of a file is written, found by its id; made in one pass, for a file asks hundreds of times. */
export function placesIn(file: string, xml: string): (id: string | undefined) => Place {
  const lines = [0]
  for (let at = xml.indexOf('\n'); at >= 0; at = xml.indexOf('\n', at + 1)) lines.push(at + 1)
  const offsets = new Map<string, number>()
  for (const match of xml.matchAll(/\sid=["']([^"']+)["']/g))
    if (!offsets.has(match[1] as string)) offsets.set(match[1] as string, match.index)
  return (id) => {
    const at = offsets.get(id ?? '') ?? 0
    let [low, high] = [0, lines.length - 1]
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((lines[middle] as number) <= at) low = middle
      else high = middle - 1
    }
    return { file, line: low + 1, column: at - (lines[low] as number) + 1 }
  }
}

export const bpmnProblem = (file: string, zh: string, en: string, at?: Place): Problem => ({
  check: 'bpmn',
  severity: 'error',
  where: at ?? { file, line: 1, column: 1 },
  message: { zh, en },
})

/** Notes a fault at an element. */
export function fault(reading: Reading, element: Element, zh: string, en: string): void {
  reading.problems.push(bpmnProblem(reading.file, zh, en, reading.placeOf(element.id)))
}
