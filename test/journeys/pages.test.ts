import { readFile } from 'node:fs/promises'
import { sql } from 'kysely'
import { type Browser, chromium, type Page, type Request } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chromiumArgs, findChromium } from '../../scripts/chromium.mjs'
import type { OutlineNode } from '../../src/handbook/outline.ts'
import { someSales } from '../sales.ts'
import { sampleServer, type TestServer } from '../server.ts'

// Every page speaks one language and shows no id or name of the code. A new address of the router is walked without being
// named; one with a parameter needs an example here and fails until it has one.

const found = await findChromium()
if (found.path === null) console.warn(`No browser, these tests are skipped: ${found.why}`)
const password = 'correct-horse-battery'
const examples: Record<string, string | null> = {
  // A task and a plan page are told in the story of the plan.
  '/inbox/$task': null,
  '/cases/$id': null,
  '/plans/$id': null,
  '/plans/$id/sheets/$sheet': null,
  '/imports/$id': null,
  '/handbook/editions/$id': '/handbook/editions/1',
  '/handbook/editions/$id/changes': '/handbook/editions/1/changes',
  '/handbook/$ref': '/handbook/wf:PLAN',
  '/handbook/$ref/$part': '/handbook/wf:PLAN/C-5',
  '/records/$kind': '/records/account',
  '/records/$kind/$id': '/records/account/1',
  '/$': '/nowhere',
}
const more = [
  '/records/account?create=1',
  '/records/account?owner_id=1&grade.empty=1',
  '/records/account/1?tab=order',
  '/records/account/999999',
  '/records/nonsense',
  '/records/order',
  '/records/order/1',
  '/records/order-line',
  '/records/order-line/1',
  '/figures?period=2017',
]

let server: TestServer
let browser: Browser
let addresses: string[] = []
/** What people wrote: customers and products stay as they are in either language. */
let written: string[] = []

beforeAll(async () => {
  if (found.path === null) return
  server = await sampleServer()
  await someSales(server.db)
  browser = await chromium.launch({
    executablePath: found.path,
    args: chromiumArgs,
    env: { ...(process.env as Record<string, string>), ...found.env },
  })
  const router = await readFile('src/web/router.tsx', 'utf8')
  const routes = [...router.matchAll(/^ {2}'(\/[^']*)': /gm)].map((match) => match[1] as string)
  expect(routes.length).toBeGreaterThan(10)
  addresses = [
    ...routes.flatMap((route) => {
      const example = route.includes('$') ? examples[route] : route
      if (example === undefined) throw new Error(`${route} has no example in this test`)
      return example ?? []
    }),
    ...more,
  ]
  const book = (await (
    await server.call('sup', 'GET', '/api/v1/handbook/editions/effective/content')
  ).json()) as { outline: OutlineNode[] }
  const refs = (nodes: readonly OutlineNode[]): string[] =>
    nodes.flatMap((node) => [node.ref, ...refs(node.children)])
  // A step or a section is a place on the page of its whole.
  addresses.push(
    ...new Set(refs(book.outline).flatMap((ref) => (ref.includes('/') ? [] : [`/handbook/${ref}`]))),
  )
  const { rows } = await sql<{ word: string }>`select name as word from account
    union select code from account union select industry from account union select product_name from order_line
    union select category from order_line union select subcategory from order_line`.execute(server.db.kysely)
  written = rows.flatMap(({ word }) => (word ? [word] : [])).sort((one, other) => other.length - one.length)
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await server?.close()
})

async function signIn(lang: 'zh' | 'en', login: string): Promise<Page> {
  const context = await browser.newContext({
    locale: 'zh-CN',
    viewport: { width: 1440, height: 900 },
    baseURL: server.url,
    reducedMotion: 'reduce',
    extraHTTPHeaders: { origin: server.url },
  })
  await context.request.post('/api/v1/session', { data: { login, password } })
  await context.request.patch('/api/v1/me', { data: { lang } })
  const page = await context.newPage()
  const open = new Set<Request>()
  underWay.set(page, open)
  page.on('request', (one) => open.add(one))
  page.on('requestfinished', (one) => open.delete(one))
  page.on('requestfailed', (one) => open.delete(one))
  await page.addInitScript((spoken) => {
    localStorage.setItem('kambook.display', JSON.stringify({ lang: spoken, theme: 'light' }))
  }, lang)
  await page.goto('/handbook')
  return page
}

const underWay = new Map<Page, Set<Request>>()

/** Goes there as a link does, without loading the program again, and waits until nothing is read any more. */
async function walkTo(page: Page, address: string): Promise<void> {
  await page.evaluate((to) => history.pushState({}, '', to), address)
  await page.locator('main h1').first().waitFor()
  do {
    await Promise.all([...(underWay.get(page) ?? [])].map((one) => one.response().catch(() => null)))
    await page.locator('.kb-waiting').first().waitFor({ state: 'detached' })
    await page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)))),
    )
  } while ((underWay.get(page)?.size ?? 0) > 0)
}

/** Every text a person sees or is read to, but what says of itself that it is in another language. */
const textsOf = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const all: string[] = []
    const seen = (element: Element | null): element is Element =>
      element !== null &&
      element.getClientRects().length > 0 &&
      !element.closest('script,style,code,kbd,svg,[aria-hidden=true],[lang]:not(html)')
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (walker.nextNode())
      if (seen(walker.currentNode.parentElement)) all.push(walker.currentNode.textContent ?? '')
    for (const name of ['aria-label', 'title', 'placeholder', 'alt'])
      for (const element of document.querySelectorAll(`[${name}]`))
        if (seen(element)) all.push(element.getAttribute(name) ?? '')
    return all.map((text) => text.trim()).filter(Boolean)
  })

const isCode =
  /#\d+|\bundefined\b|\bnull\b|\bNaN\b|\[object|\b(fn|post|wf|policy|form|kpi|norm|ch):\w|\b[a-z]+_[a-z]+\b|\{\w+\}/
const english = /[a-z]{3,}/
const chinese = /\p{Script=Han}/u

function faults(texts: readonly string[], lang: 'zh' | 'en'): string[] {
  return texts.filter((text) => {
    if (isCode.test(text)) return true
    const ours = written.reduce((rest, word) => rest.replaceAll(word, ''), text)
    if (lang === 'en') return chinese.test(ours)
    return english.test(ours) && !chinese.test(ours) && !/^(Kambook|English|xlsx|csv|sup)$/.test(ours.trim())
  })
}

describe.skipIf(found.path === null)('Every page', { timeout: 240_000 }, () => {
  test.each(['zh', 'en'] as const)(
    'speaks one language (%s) and shows no code',
    async (lang) => {
      const page = await signIn(lang, 'sup')
      const wrong = new Map<string, string>()
      for (const address of addresses) {
        await walkTo(page, address)
        for (const text of faults(await textsOf(page), lang)) if (!wrong.has(text)) wrong.set(text, address)
      }
      expect([...wrong].map(([text, address]) => `${address}: ${text}`)).toEqual([])
      await page.context().close()
    },
    300_000,
  )

  test.each(['kam1', 'rep01', 'rgm1', 'fin', 'adm', 'aud'])(
    'gives %s a way on, and a reason where he has no right',
    async (login) => {
      const page = await signIn('zh', login)
      const troubles: string[] = []
      page.on('pageerror', (error) => troubles.push(String(error)))
      for (const address of addresses.filter((one) => !one.startsWith('/handbook/'))) {
        await walkTo(page, address)
        // A red box tells of a fault; a page that is not one's own says so calmly and leads on.
        for (const box of await page.locator('main .kb-error').allInnerTexts())
          troubles.push(`${address}: ${box}`)
        const [refused] = await page.locator('main .kb-empty[role=alert]').all()
        if (refused) expect(await refused.getByRole('link').count(), address).toBeGreaterThan(0)
      }
      expect(troubles).toEqual([])
      await page.context().close()
    },
  )
})
