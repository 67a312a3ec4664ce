import { mkdirSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { requireNode, root } from './root.mjs'

// Each bench/*.bench.ts exports lines(context); every line stands beside its floor, so that machines can be compared.
requireNode()
process.chdir(root)
const { install } = await import('./install.mjs')
if (!(await install({ dev: true }))) process.exit(1)
const { build } = await import('./build.mjs')
await build()

const asked = process.argv.slice(2)
const sources = readdirSync('bench')
  .filter(
    (name) => name.endsWith('.bench.ts') && (asked.length === 0 || asked.some((one) => name.includes(one))),
  )
  .sort()
const out = join(root, 'dist', 'bench')
mkdirSync(out, { recursive: true })
const esbuild = await import('esbuild')
await esbuild.build({
  entryPoints: sources.map((name) => join(root, 'bench', name)),
  outdir: out,
  bundle: true,
  splitting: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  target: 'node20',
  logLevel: 'warning',
})

const { startTestServer } = await import('./test-server.mjs')
// Durable as in use: figures of writes without fsync would flatter.
const server = await startTestServer({ durable: true })
process.env.KAMBOOK_TEST_SERVER = server.url
let failed = false
try {
  for (const source of sources) {
    const name = basename(source, '.ts')
    const { lines } = await import(pathToFileURL(join(out, `${name}.js`)).href)
    console.log(`\n${name}`)
    try {
      if (!print(await lines({ server: server.url, root }))) failed = true
    } catch (error) {
      failed = true
      console.error(error)
    }
  }
} finally {
  await server.stop()
}
process.exit(failed ? 1 : 0)

/** One row per figure: what, measured, how many times the floor, the bar. False when a bar is missed. */
function print(rows) {
  let kept = true
  for (const { what, value, unit, floor, floorWhat, bar, beyond } of rows) {
    const ratio = value / floor
    const over = (bar !== undefined && ratio > bar) || (beyond !== undefined && value - floor > beyond)
    if (over) kept = false
    const bars = [
      ...(bar === undefined ? [] : [`${bar} ×`]),
      ...(beyond === undefined ? [] : [`+ ${Number(beyond.toFixed(2))} ${unit}`]),
    ]
    const judged = bars.length === 0 ? '' : `${over ? '✗' : '✓'} at most ${bars.join(', ')}`
    console.log(
      [
        what.padEnd(52),
        `${round(value)} ${unit}`.padStart(12),
        `${ratio.toFixed(2)} ×`.padStart(9),
        judged.padEnd(24),
        `${round(floor)} ${unit}  ${floorWhat}`,
      ].join('  '),
    )
  }
  return kept
}

function round(value) {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3)
}
