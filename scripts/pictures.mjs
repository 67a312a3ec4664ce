import { spawn } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { requireNode, root, say } from './root.mjs'
import { run } from './run.mjs'

// The pictures of the README: the program as a newcomer starts it, the invented sales file of the tests, a plan in hand.
requireNode()
process.chdir(root)
const { install } = await import('./install.mjs')
if (!(await install({ dev: true }))) process.exit(1)
const { build } = await import('./build.mjs')
await build()
const { chromiumArgs, findChromium } = await import('./chromium.mjs')
const browser = await findChromium()
if (!browser.path) {
  say(`没有浏览器：${browser.why}`, `No browser: ${browser.why}`)
  process.exit(1)
}

const home = mkdtempSync(join(tmpdir(), 'kambook-pictures-'))
// The database's own user has to pass through.
chmodSync(home, 0o755)
const env = { ...process.env, KAMBOOK_DATA: join(home, 'data'), KAMBOOK_LANG: 'en' }
const command = join(root, 'bin', 'kambook.mjs')
const program = await start()
try {
  const sales = join(home, 'sales.xls')
  writeFileSync(sales, await inventedSales())
  const imported = await run(
    process.execPath,
    [command, 'import', sales, '--user', 'sup', '--basis', 'order', '--yes'],
    { env, quiet: true },
  )
  if (!imported.ok) throw new Error(imported.output)
  await take()
} finally {
  await program.stop()
  rmSync(home, { recursive: true, force: true })
}

/** Starts the program as `npm start -- --sample` does and reads address and password from what it says. */
function start() {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [command, 'start', '--sample', '--port', '0'], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const ended = new Promise((done) => child.once('exit', done))
    let said = ''
    child.stdout.on('data', (chunk) => {
      said += chunk
      const url = /https?:\/\/\S+/.exec(said)?.[0]
      const password = /\(shown this once\): (\S+)/.exec(said)?.[1]
      if (url && password)
        resolve({
          url,
          password,
          async stop() {
            child.kill('SIGTERM')
            await ended
          },
        })
    })
    ended.then((code) => reject(new Error(`the program ended with ${code}:\n${said}`)))
  })
}

async function inventedSales() {
  const esbuild = await import('esbuild')
  const outfile = join(root, 'dist', 'pictures', 'superstore.mjs')
  mkdirSync(join(root, 'dist', 'pictures'), { recursive: true })
  await esbuild.build({
    entryPoints: [join(root, 'test', 'superstore.ts')],
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    logLevel: 'warning',
  })
  const { salesFile } = await import(pathToFileURL(outfile).href)
  return salesFile({ lines: 3000, accounts: 180, faulty: false }).bytes
}

/** Begins a plan, opens its draft, and takes each picture in both languages. */
async function take() {
  const { chromium } = await import('playwright-core')
  const opened = await chromium.launch({
    executablePath: browser.path,
    args: chromiumArgs,
    env: { ...process.env, ...browser.env },
  })
  try {
    const context = await opened.newContext({
      locale: 'zh-CN',
      viewport: { width: 1440, height: 900 },
      baseURL: program.url,
      extraHTTPHeaders: { origin: new URL(program.url).origin },
    })
    const call = async (method, path, data) => {
      const answer = await context.request.fetch(`/api/v1${path}`, { method, data })
      if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()} ${await answer.text()}`)
      return answer.json()
    }
    await context.request.post('/api/v1/session', { data: { login: 'sup', password: program.password } })
    const begun = await call('POST', '/cases', { workflow: 'PLAN', input: { year: 2018 } })
    await call('POST', `/tasks/${begun.tasks[0].id}/completion`, { outcome: 'done' })
    mkdirSync('docs/pictures', { recursive: true })
    const page = await context.newPage()
    for (const lang of ['zh', 'en']) {
      await call('PATCH', '/me', { lang })
      for (const [name, path] of [
        ['handbook', `/handbook/${encodeURIComponent('wf:PLAN')}`],
        ['inbox', '/inbox'],
      ]) {
        await page.goto(path, { waitUntil: 'networkidle' })
        await page.evaluate(() => document.fonts.ready)
        // Skeletons and drawers have faded by then.
        await page.waitForTimeout(800)
        const file = `docs/pictures/${name}-${lang}.png`
        await page.screenshot({ path: file })
        console.log(file)
      }
    }
  } finally {
    await opened.close()
  }
}
