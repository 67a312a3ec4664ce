import { type BrowserContext, chromium } from 'playwright-core'
import { chromiumArgs, findChromium } from '../scripts/chromium.mjs'
import type { Context, Line } from './line.ts'
import { inFolder, startedProgram } from './program.ts'

/** What a page fetched until it rested: kilobytes as they came over the wire, heads included, and how many requests. */
interface Load {
  readonly kilobytes: number
  readonly requests: number
}

/** Everything a browser fetches with an empty cache until the page rests: signed out, and on the inbox with a task of the plan open. */
export async function lines({ root }: Context): Promise<Line[]> {
  const { signIn, inbox } = await inFolder((folder) => loads(root, folder))
  const promised = (what: string, value: number, unit: string, floor: number): Line => ({
    what,
    value,
    unit,
    floor,
    floorWhat: 'what is promised',
    bar: 1,
  })
  return [
    promised('first load, sign-in', signIn.kilobytes, 'KB on the wire', 150),
    promised('first load, inbox with a task', inbox.kilobytes, 'KB on the wire', 350),
    promised('first load, inbox with a task', inbox.requests, 'requests', 25),
  ]
}

async function loads(root: string, folder: string): Promise<{ signIn: Load; inbox: Load }> {
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
    await asked(signedIn, `${url}/api/v1/session`, { login: 'sup', password })
    await asked(signedIn, `${url}/api/v1/cases`, { workflow: 'PLAN', input: { year: 2018 } })
    return {
      signIn: await weigh(signedOut, url, 'form'),
      inbox: await weigh(signedIn, url, '.kb-task-content'),
    }
  } finally {
    await browser.close()
    await running.stop()
  }
}

async function asked(window: BrowserContext, address: string, data: unknown): Promise<void> {
  const answer = await window.request.post(address, {
    data,
    headers: { origin: new URL(address).origin },
  })
  if (!answer.ok()) throw new Error(`${address}: ${answer.status()} ${await answer.text()}`)
}

async function weigh(window: BrowserContext, url: string, there: string): Promise<Load> {
  const page = await window.newPage()
  const wire = await window.newCDPSession(page)
  await wire.send('Network.enable')
  const fetched = new Map<string, number>()
  wire.on('Network.requestWillBeSent', ({ requestId, request }) => {
    if (!request.url.startsWith('data:')) fetched.set(requestId, 0)
  })
  wire.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (fetched.has(requestId)) fetched.set(requestId, encodedDataLength)
  })
  await page.goto(url)
  await page.locator(there).first().waitFor()
  // At rest: nothing more has come for two seconds, however busy the machine is.
  for (let seen = -1; seen < fetched.size; ) {
    seen = fetched.size
    await page.waitForTimeout(2000)
  }
  const bytes = [...fetched.values()].reduce((sum, size) => sum + size, 0)
  return { kilobytes: bytes / 1000, requests: fetched.size }
}
