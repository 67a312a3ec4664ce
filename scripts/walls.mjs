import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { root } from './root.mjs'

const { forbidden, options } = createRequire(import.meta.url)(join(root, '.dependency-cruiser.cjs'))

/**
 * Looks at every import below `src` and says which ones cross a wall of the house.
 * @returns {Promise<{modules: number, crossings: {file: string, line: number, rule: string, to: string, by: string[]}[]}>}
 */
export async function crossings() {
  process.chdir(root)
  const { default: swc } = await import('@swc/core')
  const { parseFileSync } = swc
  // dependency-cruiser reads sources through swc, which must be told of JSX, and does not tell an import of types from one that runs.
  const reading = (keep) => {
    swc.parseFileSync = (path, how) => {
      const module = parseFileSync(path, { ...how, tsx: path.endsWith('.tsx') })
      return { ...module, body: module.body.filter(keep) }
    }
  }
  reading((item) => !importsTypesOnly(item))
  const running = await cruised(forbidden)
  reading(() => true)
  const whole = await cruised(forbidden.filter((rule) => !allowsTypes(rule)))
  const found = new Map(
    [...running.found, ...whole.found].map((one) => [`${one.file} ${one.rule} ${one.to}`, one]),
  )
  return { modules: Math.min(running.modules, whole.modules), crossings: [...found.values()] }
}

const importsTypesOnly = (item) =>
  (item.type === 'ImportDeclaration' && item.typeOnly) ||
  (item.type === 'ExportNamedDeclaration' && item.typeOnly)

const allowsTypes = ({ to }) =>
  to.dependencyTypesNot?.includes('type-only') || to.viaOnly?.dependencyTypesNot?.includes('type-only')

async function cruised(rules) {
  const { cruise } = await import('dependency-cruiser')
  const { output } = await cruise(['src'], { ...options, ruleSet: { forbidden: rules }, validate: true })
  const { summary, modules } = output
  const found = summary.violations.map(({ from, to, rule, cycle }) => {
    const way = modules.find((one) => one.source === from)?.dependencies.find((one) => one.resolved === to)
    const by = (cycle ?? []).map((step) => step.name ?? step)
    return { file: from, line: lineOf(from, way?.module), rule: rule.name, to, by }
  })
  return { modules: summary.totalCruised, found }
}

function lineOf(file, written) {
  const lines = readFileSync(join(root, file), 'utf8').split('\n')
  return Math.max(1, written ? lines.findIndex((line) => line.includes(`'${written}'`)) + 1 : 1)
}
