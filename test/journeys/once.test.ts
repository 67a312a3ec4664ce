import { chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chromiumArgs, findChromium } from '../../scripts/chromium.mjs'
import { someSales } from '../sales.ts'
import { sampleServer, type TestServer } from '../server.ts'

// A page asks each thing once: what is asked twice is paid for twice, by the reader and by the server.

const found = await findChromium()
if (found.path === null) console.warn(`No browser, these tests are skipped: ${found.why}`)
const password = 'correct-horse-battery'

let server: TestServer
let browser: Awaited<ReturnType<typeof chromium.launch>>
let caseId = 0
beforeAll(async () => {
  if (found.path === null) return
  server = await sampleServer()
  await someSales(server.db)
  const begun = await server.call('sup', 'POST', '/api/v1/cases', { workflow: 'PLAN', input: { year: 2018 } })
  caseId = ((await begun.json()) as { id: number }).id
  browser = await chromium.launch({
    executablePath: found.path,
    args: chromiumArgs,
    env: { ...(process.env as Record<string, string>), ...found.env },
  })
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await server?.close()
})

const pages = [
  '/sign-in',
  '/inbox',
  '/inbox?box=done',
  '/inbox?box=started',
  '/cases/:case',
  '/plans',
  '/plans/1',
  '/plans/1?tab=draft',
  '/records/account',
  '/records/account/1',
  '/records/account/1?tab=order',
  '/records/order',
  '/figures?period=2017',
  '/handbook',
  '/handbook/wf:PLAN',
  '/handbook/editions',
  '/handbook/editions/1',
  '/imports',
]

describe.skipIf(found.path === null)('each page asks once', { timeout: 180_000 }, () => {
  test.each(pages)('%s', async (page) => {
    const window = await browser.newContext({
      locale: 'zh-CN',
      baseURL: server.url,
      viewport: { width: 1440, height: 900 },
    })
    try {
      if (page !== '/sign-in') {
        const signedIn = await window.request.post('/api/v1/session', {
          data: { login: 'sup', password },
          headers: { origin: server.url },
        })
        expect(signedIn.status()).toBe(204)
      }
      const tab = await window.newPage()
      const asked: string[] = []
      tab.on('request', (request) => {
        const { pathname, search } = new URL(request.url())
        if (request.method() === 'GET' && /^\/(api|assets)\//.test(pathname)) asked.push(pathname + search)
      })
      await tab.goto(page.replace(':case', String(caseId)), { waitUntil: 'networkidle' })
      await tab.locator('h1').first().waitFor()
      // At rest: nothing more has been asked for a while, however busy the machine is.
      for (let seen = -1; seen < asked.length; ) {
        seen = asked.length
        await tab.waitForTimeout(1000)
      }
      expect(asked.length).toBeGreaterThan(0)
      expect(asked.filter((one, at) => asked.indexOf(one) !== at)).toEqual([])
      // The inbox's own list also tells how many tasks wait.
      if (page.startsWith('/inbox'))
        expect(asked.filter((one) => /^\/api\/v1\/tasks\?box=todo/.test(one)).length).toBeLessThanOrEqual(1)
    } finally {
      await window.close()
    }
  })
})
