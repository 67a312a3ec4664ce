import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, BrowserContext, Locator, Page, Request } from 'playwright-core'
import { chromium } from 'playwright-core'
import { expect } from 'vitest'
import { chromiumArgs, findChromium } from '../../scripts/chromium.mjs'
import { findings, standsOut, underToasts } from './findings.ts'

const found = await findChromium()

/** Why there is no browser here; `null` when there is one. */
export const noBrowser: string | null = found.path === null ? found.why : null
if (noBrowser)
  console.warn(`没有浏览器，这些测试跳过：${noBrowser}\nNo browser, these tests are skipped: ${noBrowser}`)

/** Where the pages looked at are kept as pictures, when somebody wants to see them. */
const album = process.env.JOURNEY_PICTURES

export const desktop = { width: 1440, height: 900 }
export const phone = { width: 390, height: 844 }

const pairs = [
  [desktop, 'light'],
  [phone, 'dark'],
] as const
const others = [
  [desktop, 'dark'],
  [phone, 'light'],
] as const

/** One browser in which each person has a window of his own. */
export interface Desk {
  /** A person's window, at the sign-in page. */
  seat(login: string, options?: { lang?: 'zh' | 'en' }): Promise<Person>
  close(): Promise<void>
}

/** A person before the program: does what one can do with eyes, pointer and keys. */
export interface Person {
  readonly login: string
  readonly page: Page
  readonly window: BrowserContext
  signIn(password: string): Promise<void>
  opens(address: string): Promise<void>
  /** Waits until the words stand on the page. */
  sees(words: string | RegExp, within?: Locator): Promise<void>
  presses(button: string | RegExp, within?: Locator): Promise<void>
  follows(link: string | RegExp, within?: Locator): Promise<void>
  writes(field: string | RegExp, words: string): Promise<void>
  /** What the page says in all, for a person who reads it from top to bottom. */
  reads(): Promise<string>
  /** Looks at the page in both languages, both themes, on a desk and on a phone: no serious finding in any of them. */
  looks(name: string): Promise<void>
  leaves(): Promise<void>
}

export async function openDesk(url: string): Promise<Desk> {
  if (found.path === null) throw new Error(found.why)
  const browser = await chromium.launch({
    executablePath: found.path,
    args: chromiumArgs,
    env: { ...(process.env as Record<string, string>), ...found.env },
  })
  return {
    seat: (login, options) => sit(browser, url, login, options?.lang ?? 'zh'),
    close: () => browser.close(),
  }
}

async function sit(browser: Browser, url: string, login: string, lang: 'zh' | 'en'): Promise<Person> {
  const window = await browser.newContext({
    locale: 'zh-CN',
    viewport: desktop,
    baseURL: url,
    colorScheme: 'light',
    // Colours are judged as they rest, not on their way.
    reducedMotion: 'reduce',
    timezoneId: 'Asia/Shanghai',
    acceptDownloads: true,
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  const page = await window.newPage()
  page.setDefaultTimeout(45_000)
  const troubles: string[] = []
  const open = new Set<Request>()
  page.on('request', (request) => open.add(request))
  page.on('requestfinished', (request) => open.delete(request))
  page.on('requestfailed', (request) => open.delete(request))
  page.on('pageerror', (error) => troubles.push(String(error)))
  page.on('console', (message) => {
    // A refusal is an answer, not a trouble of the page.
    if (message.type() === 'error' && !/status of (401|404|409|412|422)/.test(message.text()))
      troubles.push(message.text())
  })
  const person: Person = {
    login,
    page,
    window,
    async signIn(password) {
      await page.goto('/sign-in')
      await page.getByRole('textbox', { name: '账号' }).fill(login)
      await page.getByRole('textbox', { name: '密码' }).fill(password)
      await page.getByRole('button', { name: '登录' }).click()
      await page.waitForURL(/\/inbox/)
      if (lang === 'en') await speak(page, open, 'en')
    },
    async opens(address) {
      await page.goto(address)
    },
    async sees(words, within) {
      const place = (within ?? page.locator('body')).getByText(words).filter({ visible: true }).first()
      await place.waitFor().catch(async () => {
        throw new Error(`${login} at ${page.url()} does not see ${words} but\n${await person.reads()}`)
      })
    },
    async presses(button, within) {
      await (within ?? page).getByRole('button', { name: button }).first().click()
    },
    async follows(link, within) {
      await (within ?? page).getByRole('link', { name: link }).first().click()
    },
    async writes(field, words) {
      await page.getByRole('textbox', { name: field }).first().fill(words)
    },
    reads: () => page.locator('body').innerText(),
    async looks(name) {
      // The pointer rests on nothing, so that nothing floats over the page.
      await page.mouse.move(0, 0)
      for (const spoken of lang === 'zh' ? (['zh', 'en'] as const) : (['en', 'zh'] as const)) {
        await speak(page, open, spoken)
        // Each pair of language, width and theme comes once; all eight would tell nothing more.
        for (const [size, colorScheme] of spoken === 'zh' ? pairs : others) {
          await page.setViewportSize(size)
          await page.emulateMedia({ colorScheme })
          await page.waitForFunction(
            (wanted) => document.documentElement.style.colorScheme === wanted,
            colorScheme,
          )
          await settled(page, open)
          const place = `${name}-${spoken}-${size.width}-${colorScheme}`
          if (album) {
            mkdirSync(album, { recursive: true })
            await page.screenshot({ path: join(album, `${place}.png`) })
          }
          expect(await findings(page), place).toEqual([])
          expect(await standsOut(page), place).toEqual([])
          if (size === desktop) expect(await underToasts(page), place).toEqual([])
        }
        await page.emulateMedia({ colorScheme: 'light' })
        await page.setViewportSize(desktop)
      }
      await speak(page, open, lang)
      expect(troubles).toEqual([])
    },
    async leaves() {
      expect(troubles).toEqual([])
      await window.close()
    },
  }
  return unhanging(person)
}

/** The same person, of whom no act lasts for ever: some of what a browser is told has no time limit of its own. */
function unhanging(person: Person): Person {
  const act = (_: unknown, key: string) => {
    const did = person[key as keyof Person]
    if (typeof did !== 'function') return did
    return (...said: unknown[]) =>
      limited(
        `${person.login} ${key} ${said.filter((one) => typeof one === 'string').join(' ')} at ${person.page.url()}`,
        Promise.resolve((did as (...said: unknown[]) => unknown)(...said)),
        180,
      )
  }
  return new Proxy(person, { get: act }) as Person
}

/** Changes the language as people do, from the palette, so that the page stays as it is. */
async function speak(page: Page, open: Set<Request>, lang: 'zh' | 'en'): Promise<void> {
  const now = await page.locator('html').getAttribute('lang')
  if ((now === 'en' ? 'en' : 'zh') === lang) return
  await page.locator('#kb-main').waitFor()
  await page.keyboard.press('Control+k')
  const box = page.getByRole('combobox', { name: lang === 'en' ? '搜索与命令' : 'Search and commands' })
  await box.fill(lang === 'en' ? 'English' : '中文')
  await page.getByRole('option', { name: lang === 'en' ? /English/ : /中文/ }).click()
  await page.locator(`html[lang^="${lang}"]`).waitFor()
  // The choice goes with the login; whoever leaves the page before it was told takes it back.
  await settled(page, open)
}

/** Nothing is under way: no request, nothing that a request would follow from, no skeleton, no font. */
async function settled(page: Page, open: Set<Request>): Promise<void> {
  do {
    for (const request of open) await ended(request, open)
    await page.locator('.kb-waiting, [data-waiting]').first().waitFor({ state: 'detached' })
    // A window that the browser does not draw gets no frames; there is nothing to wait for then.
    await page.evaluate(
      () =>
        new Promise((done) => {
          requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)))
          setTimeout(done, 2000)
        }),
    )
  } while (open.size > 0)
  await page.evaluate(() => document.fonts.ready.then(() => undefined))
  // Colours on their way from one theme to the other are no fault of either.
  await page.waitForFunction(() =>
    document
      .getAnimations()
      .every((one) => one.playState !== 'running' || one.effect?.getTiming().iterations === Infinity),
  )
}

/**
 * The request has ended, or the browser never says so: of one that outlives its page (`keepalive`) it sometimes does not.
 * What the page itself still waits for shows as its skeleton all the same.
 */
async function ended(request: Request, open: Set<Request>): Promise<void> {
  const answer = request.response().then((response) => response?.finished())
  await limited(`${request.method()} ${request.url()}`, answer, 20).catch((error) =>
    console.warn(String(error)),
  )
  open.delete(request)
}

/** What has no time limit of its own ends after some seconds with an error that names it, not with the whole story's silence. */
async function limited<T>(what: string, under: Promise<T>, seconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: not ended after ${seconds} s`)), seconds * 1000)
  })
  try {
    return await Promise.race([under, late])
  } finally {
    clearTimeout(timer)
  }
}
