import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { requireNode, root, say } from './root.mjs'
import { run, runNpm } from './run.mjs'

// The tests once more on each Node line that is promised; each Node comes from npm into a folder that is thrown away.
requireNode()
process.chdir(root)
const asked = process.argv.slice(2)
const lines = asked.length > 0 ? asked : ['20', '22', '24']
const home = mkdtempSync(join(tmpdir(), 'kambook-nodes-'))
const outcomes = []
for (const line of lines) outcomes.push({ line, ...(await testOn(line)) })
rmSync(home, { recursive: true, force: true })
console.log('')
for (const { line, text } of outcomes) console.log(`Node ${line}: ${text}`)
process.exit(outcomes.some((one) => one.failed) ? 1 : 0)

async function testOn(line) {
  const node = line === process.versions.node.split('.')[0] ? process.execPath : await nodeOf(line)
  if (!node) return { failed: false, text: '没有取得，未测试 / could not be had, not tested' }
  say(`在 Node ${line} 上测试`, `Testing on Node ${line}`)
  const { ok } = await run(node, ['scripts/test.mjs'], {
    env: { PATH: `${dirname(node)}${delimiter}${process.env.PATH}`, npm_execpath: '' },
  })
  return { failed: !ok, text: ok ? '通过 / passed' : '没有通过 / failed' }
}

/** The program of a Node line from npm's `node` package, `null` when it cannot be had. */
async function nodeOf(line) {
  const folder = join(home, line)
  const got = await runNpm(
    ['install', '--prefix', folder, '--no-audit', '--no-fund', '--ignore-scripts=false', `node@${line}`],
    { quiet: true },
  )
  const node = join(folder, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  const version = got.ok ? await run(node, ['--version'], { quiet: true }) : { ok: false, output: got.output }
  if (version.ok && version.output.startsWith(`v${line}.`)) return node
  console.log(version.output.trim().split('\n').slice(-3).join('\n'))
  return null
}
