import { type Document, LineCounter, parseDocument, visit } from 'yaml'
import type { Place, Problem } from '../model.ts'

/** A YAML file read once: its plain value, and where each path in it is written. */
export interface YamlFile {
  readonly value: unknown
  placeOf(path: readonly (string | number)[]): Place
}

/** Reads YAML; each syntax fault becomes a problem with its line. */
export function readYaml(file: string, source: string, problems: Problem[]): YamlFile {
  const lines = new LineCounter()
  const document = parseDocument(source, { lineCounter: lines, uniqueKeys: true })
  const fault = (at: number, zh: string, en: string) => {
    const { line, col } = lines.linePos(at)
    problems.push({
      check: 'yaml',
      severity: 'error',
      where: { file, line, column: col },
      message: { zh: `YAML 写法有误：${zh}`, en: `Faulty YAML: ${en}` },
    })
  }
  for (const one of document.errors) {
    const said = one.message.split('\n')[0] as string
    fault(one.pos[0], said, said)
  }
  return {
    value: document.errors.length > 0 ? null : plainOf(document, fault),
    placeOf(path) {
      const node = document.getIn(path, true) as { range?: [number, number, number] } | undefined
      const at = lines.linePos(node?.range?.[0] ?? 0)
      return { file, line: at.line, column: at.col }
    },
  }
}

/** The plain value of a document. What its aliases come to is found out here alone, and told as a fault like those of its syntax. */
function plainOf(document: Document, fault: (at: number, zh: string, en: string) => void): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 })
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error
    const anchors = new Set<string>()
    let place: number | undefined
    visit(document, {
      Node: (_, node) => {
        if ('anchor' in node && node.anchor) anchors.add(node.anchor)
      },
      Alias: (_, node) => {
        // The alias without an anchor before it; where all have one, they are too many, from the first on.
        if (place === undefined || !anchors.has(node.source)) place = node.range?.[0]
        return anchors.has(node.source) ? undefined : visit.BREAK
      },
    })
    const many = /count/i.test(error.message)
    fault(
      place ?? 0,
      many ? '别名（*）展开后太多，直接写出内容' : '别名（*）前面没有对应的锚点（&）',
      many
        ? 'the aliases (*) expand to too much; write the content itself'
        : 'an alias (*) has no anchor (&) before it',
    )
    return null
  }
}
