import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { requireNode, root, say } from './root.mjs'
import { runScript } from './run.mjs'

// Everything a bare clone needs, then everything there is to prove. The last line counts it, whatever happens.
const count = { passed: 0, failed: 0, skipped: 0 }
let server = null
let closing = false

async function close(reason) {
  if (closing) return
  closing = true
  if (reason) {
    count.failed += 1
    console.error(reason)
  }
  await server?.stop().catch((error) => {
    count.failed += 1
    console.error(error)
  })
  console.log(`${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`)
  process.exit(count.failed > 0 ? 1 : 0)
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => close(`interrupted: ${signal}`))
process.on('uncaughtException', (error) => close(error))
process.on('unhandledRejection', (error) => close(error))

const tally = (ok) => {
  count[ok ? 'passed' : 'failed'] += 1
  return ok
}

/** Runs the tests and counts them from the runner's own report. */
async function runTests(env) {
  const folder = mkdtempSync(join(tmpdir(), 'kambook-report-'))
  const report = join(folder, 'report.json')
  const filters = process.argv.slice(2)
  const { ok } = await runScript(
    'node_modules/vitest/vitest.mjs',
    ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...filters],
    { env },
  )
  let result
  try {
    result = JSON.parse(readFileSync(report, 'utf8'))
  } catch {
    console.error('the test runner left no report')
    count.failed += 1
    return
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  const before = count.failed
  for (const file of result.testResults) {
    for (const one of file.assertionResults)
      count[{ passed: 'passed', failed: 'failed' }[one.status] ?? 'skipped'] += 1
    // A file that does not load, or whose set-up fails, holds no failed test; it counts as one.
    const told = file.assertionResults.some((one) => one.status === 'failed')
    if (file.status === 'failed' && !told) count.failed += 1
  }
  if (!ok && count.failed === before) count.failed += 1
  tellSlowest(result.testResults)
}

/** The files that take longest, so that one that grows slow is seen by whoever made it so. */
function tellSlowest(files) {
  const slowest = files
    .map(({ name, startTime, endTime }) => ({
      name: relative(root, name),
      seconds: (endTime - startTime) / 1000,
    }))
    .sort((a, b) => b.seconds - a.seconds)
    .slice(0, 10)
  say('最慢的十个测试文件：', 'The ten slowest test files:')
  for (const { name, seconds } of slowest) console.log(`${seconds.toFixed(1).padStart(7)} s  ${name}`)
}

async function main() {
  requireNode()
  const { install } = await import('./install.mjs')
  if (!(await install({ dev: true }))) return close('the packages could not be installed')
  const { checks, passes } = await import('./check.mjs')
  for (const check of checks) tally(await passes(check))

  const { build } = await import('./build.mjs')
  const built = await build().then(
    () => true,
    (error) => {
      console.error(error)
      return false
    },
  )
  tally(built)
  say(`${built ? '✓' : '✗'} 构建`, `${built ? '✓' : '✗'} Build`)
  if (!built) {
    say('没有构建成功，测试没有运行', 'The build failed; the tests were not run')
    return close()
  }

  const { startTestServer } = await import('./test-server.mjs')
  server = await startTestServer()
  const { findChromium } = await import('./chromium.mjs')
  const browser = await findChromium()
  if (!browser.path)
    say(`没有浏览器，浏览器测试会跳过：${browser.why}`, `No browser; its tests are skipped: ${browser.why}`)
  await runTests({
    KAMBOOK_TEST_SERVER: server.url,
    ...(browser.path ? { CHROMIUM_PATH: browser.path, ...browser.env } : {}),
  })
  return close()
}

process.chdir(root)
await main().catch(close)
