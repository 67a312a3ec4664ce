import { LineCounter, parseDocument } from 'yaml'
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
  for (const fault of document.errors) {
    const at = lines.linePos(fault.pos[0])
    problems.push({
      check: 'yaml',
      severity: 'error',
      where: { file, line: at.line, column: at.col },
      message: {
        zh: `YAML 写法有误：${fault.message.split('\n')[0]}`,
        en: `Faulty YAML: ${fault.message.split('\n')[0]}`,
      },
    })
  }
  return {
    value: document.errors.length > 0 ? null : document.toJS({ maxAliasCount: 100 }),
    placeOf(path) {
      const node = document.getIn(path, true) as { range?: [number, number, number] } | undefined
      const at = lines.linePos(node?.range?.[0] ?? 0)
      return { file, line: at.line, column: at.col }
    },
  }
}
