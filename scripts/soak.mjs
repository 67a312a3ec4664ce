import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { requireNode, root } from './root.mjs'

// npm run soak NAME -- --count N [--resume]: rounds of one sort of hardship on the built program. Totals stay in data/soak/NAME.json; a call
// ends after forty minutes at most, and the next one with --resume goes on from there.
requireNode()
const names = ['kills', 'postgres', 'people', 'prints']
const { values, positionals } = parseArgs({
  options: { count: { type: 'string', default: '1' }, resume: { type: 'boolean', default: false } },
  allowPositionals: true,
})
const [name] = positionals
if (!names.includes(name) || !(Number(values.count) > 0)) {
  console.error(`npm run soak ${names.join('|')} -- --count N [--resume]`)
  process.exit(2)
}
process.chdir(root)
const { build } = await import('./build.mjs')
await build()
const folder = join(root, 'data', 'soak', name)
const file = `${folder}.json`
if (!values.resume) rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
const totals = values.resume && existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { rounds: 0 }
const { round, about } = await import(pathToFileURL(join(root, 'soak', `${name}.mjs`)).href)
const { place } = await import(pathToFileURL(join(root, 'soak', 'program.mjs')).href)
const at = await place(folder)
const end = Date.now() + 38 * 60_000
await at.start()
try {
  while (totals.rounds < Number(values.count) && Date.now() < end) {
    const told = await round(at, totals.rounds)
    totals.rounds += 1
    // Counts are added up; of the times the worst is kept.
    for (const [key, value] of Object.entries(told))
      totals[key] = /^(p95|seconds)/.test(key)
        ? Math.max(totals[key] ?? 0, value)
        : (totals[key] ?? 0) + value
    writeFileSync(file, JSON.stringify(totals, null, 2))
    console.log(`${totals.rounds}/${values.count} ${about}: ${JSON.stringify(told)}`)
  }
} finally {
  await at.end()
}
console.log(JSON.stringify(totals))
process.exitCode = totals.lost || totals.failed ? 1 : 0
