import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { install } from './install.mjs'
import { requireNode, root, say } from './root.mjs'
import { run, runNpm } from './run.mjs'
import { startSystemPostgres, systemPostgres } from './system-postgres.mjs'

// The tests once more on each Node line that is promised, and on a PostgreSQL of the system where there is one. Each Node comes from npm into
// a folder that is thrown away. `npm run test:matrix -- 24 postgres src/kernel` asks for less: lines, `postgres`, parts of paths.
requireNode()
process.chdir(root)
if (!(await install())) process.exit(1)
const asked = process.argv.slice(2)
const lines = asked.filter((one) => /^\d+$/.test(one))
const filters = asked.filter((one) => !/^\d+$/.test(one) && one !== 'postgres')
const all = lines.length === 0 && !asked.includes('postgres')
const home = mkdtempSync(join(tmpdir(), 'kambook-nodes-'))
chmodSync(home, 0o755)
const outcomes = []
for (const line of all ? ['20', '22', '24'] : lines)
  outcomes.push({ what: `Node ${line}`, ...(await testOn(line)) })
if (all || asked.includes('postgres'))
  outcomes.push({ what: 'PostgreSQL', ...(await testOnSystemPostgres()) })
rmSync(home, { recursive: true, force: true })
console.log('')
for (const { what, text } of outcomes) console.log(`${what}: ${text}`)
process.exit(outcomes.some((one) => one.failed) ? 1 : 0)

function result(ok) {
  return { failed: !ok, text: ok ? '通过 / passed' : '没有通过 / failed' }
}

async function testOn(line) {
  const node = line === process.versions.node.split('.')[0] ? process.execPath : await nodeOf(line)
  if (!node) return { failed: false, text: '没有取得，未测试 / could not be had, not tested' }
  say(`在 Node ${line} 上测试`, `Testing on Node ${line}`)
  const { ok } = await run(node, ['scripts/test.mjs', ...filters], {
    env: { PATH: `${dirname(node)}${delimiter}${process.env.PATH}`, npm_execpath: '' },
  })
  return result(ok)
}

/** The suite on a server of the system, made for this run and thrown away. */
async function testOnSystemPostgres() {
  const programs = systemPostgres()
  if (!programs) return { failed: false, text: '这台机器没有，未测试 / none on this machine, not tested' }
  const server = await startSystemPostgres(programs, join(home, 'postgres'))
  say(`在 ${server.version} 上测试`, `Testing on ${server.version}`)
  try {
    const { ok } = await run(process.execPath, ['scripts/test.mjs', ...filters], {
      env: { KAMBOOK_TEST_SERVER: server.url },
    })
    const outcome = result(ok)
    return { ...outcome, text: `${server.version}: ${outcome.text}` }
  } finally {
    await server.stop()
  }
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
