import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { chromium } from 'playwright-core'
import { build } from 'vite'
import { chromiumArgs, findChromium } from '../scripts/chromium.mjs'
import type { Context, Line } from './line.ts'
import { inFolder, startedProgram } from './program.ts'

const packed = (bytes: Uint8Array): number => gzipSync(bytes).length / 1024

/** Everything a browser fetches until the page rests, packed: signed out and on the inbox, each with an empty cache. */
export async function lines({ root }: Context): Promise<Line[]> {
  const floor = await floorOf(root)
  const { signIn, inbox } = await inFolder((folder) => loads(root, folder))
  const beside = { unit: 'KB gz', floor, floorWhat: 'React, antd and six of its parts' }
  return [
    { what: 'first load, sign-in', value: signIn, bar: 2, ...beside },
    { what: 'first load, inbox', value: inbox, bar: 2.5, ...beside },
  ]
}

async function loads(root: string, folder: string): Promise<{ signIn: number; inbox: number }> {
  const found = await findChromium()
  if (!found.path) throw new Error(`there is no browser: ${'why' in found ? found.why : ''}`)
  const running = await startedProgram(root, folder)
  const [, url = '', password = ''] = running.said
  const browser = await chromium.launch({
    executablePath: found.path,
    args: [...chromiumArgs],
    env: { ...process.env, ...('env' in found ? found.env : {}) } as Record<string, string>,
  })
  try {
    const signedOut = await browser.newContext()
    const signedIn = await browser.newContext()
    const answer = await signedIn.request.post(`${url}/api/v1/session`, {
      data: { login: 'sup', password },
      headers: { origin: url },
    })
    if (!answer.ok()) throw new Error(`signing in: ${answer.status()} ${await answer.text()}`)
    const weigh = async (context: typeof signedOut, there: string) => {
      const page = await context.newPage()
      const bodies: Promise<number>[] = []
      page.on('response', (one) => {
        const body = one.body().then(packed)
        // Told where all are awaited, so that the program is stopped first.
        body.catch(() => undefined)
        bodies.push(body)
      })
      await page.goto(url)
      await page.locator(there).first().waitFor()
      // At rest: nothing more has come for two seconds, however busy the machine is.
      for (let seen = -1; seen < bodies.length; ) {
        seen = bodies.length
        await page.waitForTimeout(2000)
      }
      return (await Promise.all(bodies)).reduce((sum, size) => sum + size, 0)
    }
    return { signIn: await weigh(signedOut, 'form'), inbox: await weigh(signedIn, '.kb-sheet h1') }
  } finally {
    await browser.close()
    await running.stop()
  }
}

/** The least a page with these libraries weighs: a frame with a menu, a field and a button. */
async function floorOf(root: string): Promise<number> {
  const folder = join(root, 'dist', 'bench', 'floor')
  mkdirSync(folder, { recursive: true })
  writeFileSync(
    join(folder, 'index.html'),
    '<div id="root"></div><script type="module" src="./main.jsx"></script>',
  )
  writeFileSync(
    join(folder, 'main.jsx'),
    `import { App, Button, ConfigProvider, Input, Layout, Menu } from 'antd'
    import { createElement as h } from 'react'
    import { createRoot } from 'react-dom/client'
    createRoot(document.getElementById('root')).render(
      h(ConfigProvider, null, h(App, null, h(Layout, null, h(Menu, { items: [] }), h(Input), h(Button)))))`,
  )
  await build({
    root: folder,
    configFile: false,
    logLevel: 'warn',
    build: { target: 'es2022', chunkSizeWarningLimit: 900 },
  })
  const out = join(folder, 'dist')
  const files = readdirSync(out, { recursive: true, withFileTypes: true }).filter((one) => one.isFile())
  return files.reduce((sum, one) => sum + packed(readFileSync(join(one.parentPath, one.name))), 0)
}
