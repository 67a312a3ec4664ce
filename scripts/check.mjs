import { pathToFileURL } from 'node:url'
import { requireNode, say } from './root.mjs'
import { runScript } from './run.mjs'

const types = () => runScript('node_modules/typescript/bin/tsc', ['--noEmit', '--pretty', 'false'])
const style = () =>
  runScript('node_modules/@biomejs/biome/bin/biome', [
    'ci',
    '--colors=off',
    '--max-diagnostics=50',
    '--error-on-warnings',
    '.',
  ])

/** The walls of the house, each crossing with the line of its import. */
async function walls() {
  const { crossings } = await import('./walls.mjs')
  const seen = await crossings()
  for (const one of seen.crossings) {
    console.log(`${one.file}:${one.line} ${one.rule}: ${one.to}`)
    if (one.by.length > 0) console.log(`  ${one.by.join(' -> ')}`)
  }
  if (seen.modules === 0) console.log('src: no module was looked at')
  return { ok: seen.modules > 0 && seen.crossings.length === 0 }
}

/** The fast part of the tests. */
export const checks = [
  { name: 'types', text: { zh: '类型', en: 'Types' }, run: types },
  { name: 'style', text: { zh: '写法', en: 'Style and lint' }, run: style },
  { name: 'walls', text: { zh: '模块边界', en: 'Walls between modules' }, run: walls },
]

/** Runs one check and says how it went. */
export async function passes(check) {
  const { ok } = await check.run()
  say(`${ok ? '✓' : '✗'} ${check.text.zh}`, `${ok ? '✓' : '✗'} ${check.text.en}`)
  return ok
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  requireNode()
  const { install } = await import('./install.mjs')
  let failed = (await install()) ? 0 : 1
  if (failed === 0) for (const check of checks) if (!(await passes(check))) failed += 1
  process.exit(failed ? 1 : 0)
}
