import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { someSales } from '../sales.ts'
import { sampleServer, type TestServer } from '../server.ts'
import { type Desk, desktop, noBrowser, openDesk, type Person, phone } from './desk.ts'

const password = 'correct-horse-battery'
let server: TestServer
let desk: Desk
let sup: Person

beforeAll(async () => {
  if (noBrowser) return
  server = await sampleServer()
  await someSales(server.db)
  for (const year of [2018, 2019]) {
    const begun = await server.call('sup', 'POST', '/api/v1/cases', { workflow: 'PLAN', input: { year } })
    expect(begun.status).toBeLessThan(300)
  }
  desk = await openDesk(server.url)
  sup = await desk.seat('sup', { lang: 'en' })
  await sup.signIn(password)
}, 600_000)
afterAll(async () => {
  await desk?.close()
  await server?.close()
})

describe.skipIf(noBrowser)('In English, by the keys alone', { timeout: 600_000 }, () => {
  test('J and K walk the inbox, Enter opens a task', async () => {
    const { page } = sup
    await sup.opens('/inbox')
    const rows = page.locator('[data-row]')
    await rows.nth(1).waitFor()
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await page.keyboard.press('k')
    await page.keyboard.press('j')
    const href = await rows.nth(1).getAttribute('href')
    expect(await page.evaluate(() => document.activeElement?.getAttribute('href'))).toBe(href)
    await page.keyboard.press('Enter')
    await page.waitForURL((url) => url.pathname === href?.split('?')[0])
    await sup.sees('2 / 2')
  })

  test('? says why the task is here', async () => {
    await sup.page.locator('[data-why]').first().waitFor()
    await sup.page.keyboard.press('?')
    await sup.sees('KA sales head', sup.page.getByRole('tooltip').or(sup.page.locator('.ant-popover')))
    await sup.page.keyboard.press('Escape')
  })

  test('Ctrl-Enter asks before it completes; Escape leaves the task as it was', async () => {
    const { page } = sup
    await sup.opens('/inbox')
    await page.locator('[data-main]').first().waitFor()
    await page.keyboard.press('Control+Enter')
    await sup.sees('This cannot be undone', page.getByRole('dialog'))
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await sup.sees('Collect and analyse the basis')
  })

  test('Ctrl-K goes anywhere: a page, an account, a clause', async () => {
    const { page } = sup
    for (const [words, way] of [
      ['Plan', /\/plans/],
      ['示例客户', /\/records\/account\//],
      ['C-5', /\/handbook\//],
    ] as const) {
      await page.keyboard.press('Control+k')
      await page.getByRole('combobox', { name: 'Search and commands' }).fill(words)
      await page.getByRole('option', { name: words }).first().waitFor()
      await page.keyboard.press('Enter')
      await page.waitForURL(way)
    }
  })

  test('G and a letter go to a section, / finds', async () => {
    const { page } = sup
    await page.getByRole('main').waitFor()
    await page.keyboard.press('g')
    await page.keyboard.press('i')
    await page.waitForURL(/\/inbox/)
    await page.getByRole('textbox', { name: 'Find a task: case, step' }).waitFor()
    await page.keyboard.press('/')
    await page.keyboard.type('no such task')
    await sup.sees('No task fits')
    // On a list it is the search box, not the button that adds a condition beside it.
    await page.keyboard.press('Escape')
    await sup.opens('/records/account')
    await page.locator('[data-find] input, input[data-find]').first().waitFor()
    await page.keyboard.press('/')
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('INPUT')
  })
})

describe.skipIf(noBrowser)('On a phone', { timeout: 600_000 }, () => {
  test('a task fills the page, its outcome within the thumb’s reach, and leads back', async () => {
    const { page } = sup
    await page.setViewportSize(phone)
    await sup.opens('/inbox')
    await sup.follows(/Collect and analyse the basis.*2018/)
    const outcome = page.getByRole('button', { name: /^Basis complete/ })
    await outcome.waitFor()
    const box = await outcome.boundingBox()
    expect(box?.height).toBeGreaterThanOrEqual(44)
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(phone.height)
    expect((box?.y ?? 0) > phone.height / 2).toBe(true)
    await sup.follows('Back to the inbox')
    await sup.sees('To do')
  })

  test('a draft is written cell by cell, and the plan says so', async () => {
    const { page } = sup
    await sup.follows(/Collect and analyse the basis.*2018/)
    await page.getByRole('button', { name: /^Basis complete/ }).click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Basis complete/ })
      .click()
    await sup.sees('Draft the annual KA sales plan')
    const cell = page.getByRole('textbox', { name: /Northeast Q1/ })
    await cell.fill('77')
    await cell.press('Enter')
    await sup.sees(/Saved at/)
    await sup.opens('/plans')
    await sup.follows(/^Plan 2018/)
    await sup.follows('Draft')
    await cell.waitFor()
    expect(await cell.inputValue()).toBe('77')
  })

  test('whatever is pressed has room for a finger', async () => {
    const { page } = sup
    for (const address of ['/inbox', '/records/account', '/records/order', '/imports', '/figures']) {
      await sup.opens(address)
      await page.locator('.kb-waiting').first().waitFor({ state: 'detached' })
      await page
        .getByRole('main')
        .getByRole('link')
        .or(page.getByRole('main').getByRole('button'))
        .first()
        .waitFor()
      const small = await page.evaluate(() =>
        [
          ...document.querySelectorAll(
            '.ant-btn, .ant-select, .ant-input-affix-wrapper, :not(.ant-input-affix-wrapper) > .ant-input, .kb-icon, .kb-tab, .kb-rail-item',
          ),
        ]
          .map((one) => ({ of: one.outerHTML.slice(0, 120), box: one.getBoundingClientRect() }))
          .filter(({ box }) => box.width > 0 && box.height < 40)
          .map(({ of, box }) => `${Math.round(box.height)}: ${of}`),
      )
      expect(small, address).toEqual([])
    }
  })

  test('an amount on a card says what it is', async () => {
    await sup.opens('/records/order')
    await sup.sees('Amount', sup.page.locator('.kb-card').first())
  })
})

describe.skipIf(noBrowser)('On paper', { timeout: 600_000 }, () => {
  test('a list is printed with every row read so far, without what is pressed', async () => {
    const { page } = sup
    await page.setViewportSize(desktop)
    await sup.opens('/records/order')
    const rows = page.locator('.kb-list-row')
    await rows.first().waitFor()
    const seen = await rows.count()
    await page.emulateMedia({ media: 'print' })
    await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')))
    expect(await rows.count()).toBeGreaterThan(seen)
    expect(await page.getByRole('button', { name: /Export|Filter/ }).count()).toBe(0)
    const [first, second] = [await rows.nth(0).boundingBox(), await rows.nth(1).boundingBox()]
    expect(second?.y).toBeCloseTo((first?.y ?? 0) + (first?.height ?? 0), 0)
    await page.evaluate(() => window.dispatchEvent(new Event('afterprint')))
    await page.emulateMedia({ media: 'screen' })
  })
})
