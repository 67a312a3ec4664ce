import { sql } from 'kysely'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { crossedSales, someSales } from '../sales.ts'
import { sampleServer, type TestServer } from '../server.ts'
import { type Desk, desktop, noBrowser, openDesk, type Person, phone } from './desk.ts'
import { findings } from './findings.ts'

// What a stranger met who opened the pages for the first time.

const password = 'correct-horse-battery'
let server: TestServer
let desk: Desk
let sup: Person
let order = 0

beforeAll(async () => {
  if (noBrowser) return
  server = await sampleServer()
  await someSales(server.db)
  await crossedSales(server.db)
  await sql`update sales_order set code = 'CN-2017-1455' || lpad((id % 1000)::text, 3, '0') || id`.execute(
    server.db.kysely,
  )
  const { rows } = await sql<{ id: number }>`select o.id from sales_order o
    join account a on a.id = o.account_id join holder h on h.unit_id = o.unit_id join app_user u using (person_id)
    where u.login = 'rgm1' and a.home_unit_id <> o.unit_id order by o.ordered_on desc, o.id desc limit 1`.execute(
    server.db.kysely,
  )
  order = rows[0]?.id ?? 0
  desk = await openDesk(server.url)
  sup = await desk.seat('sup')
  await sup.signIn(password)
}, 600_000)
afterAll(async () => {
  await desk?.close()
  await server?.close()
})

const headings = (page: Page) => page.locator('main h1').count()

describe.skipIf(noBrowser)('A region’s head', { timeout: 600_000 }, () => {
  test('reads that a customer is beyond his reach, without a link to nowhere', async () => {
    const rgm = await desk.seat('rgm1')
    await rgm.signIn(password)
    const { page } = rgm
    for (const [address, size] of [
      ['/records/order', desktop],
      ['/records/order-line', desktop],
      [`/records/order/${order}`, desktop],
      ['/records/order', phone],
    ] as const) {
      await page.setViewportSize(size)
      await rgm.opens(address)
      await rgm.sees('范围外的客户')
      expect(
        await page
          .locator('main a')
          .filter({ hasText: /^$/ })
          .and(page.locator(':not([aria-label])'))
          .count(),
      ).toBe(0)
      expect(await findings(page)).toEqual([])
    }
    await rgm.leaves()
  })
})

describe.skipIf(noBrowser)('Who has no right to sales', { timeout: 600_000 }, () => {
  test.each(['mkt', 'hr', 'adm', 'con'])(
    '%s is told so by the figures, and not to import something',
    async (login) => {
      const person = await desk.seat(login)
      await person.signIn(password)
      for (const address of ['/figures', '/figures/bases']) {
        await person.opens(address)
        await person.sees('不在您的岗位之内')
        expect(await person.reads()).not.toContain('导入')
      }
      await person.leaves()
    },
  )
})

describe.skipIf(noBrowser)('A list', { timeout: 600_000 }, () => {
  test('shows the whole number of an order beside its lines', async () => {
    const { page } = sup
    await sup.opens('/records/order-line')
    const codes = page.locator('.kb-list-row td').filter({ hasText: 'CN-2017-1455' })
    await codes.first().waitFor()
    const cut = await codes.evaluateAll(
      (all) => all.filter((one) => one.scrollWidth > one.clientWidth + 1).length,
    )
    expect(cut).toBe(0)
  })

  test('is sorted by a press anywhere in the head of a column', async () => {
    const { page } = sup
    await sup.opens('/records/order')
    const head = page.locator('.kb-list-head th').filter({ hasText: '订单日期' })
    await head.waitFor()
    const box = await head.boundingBox()
    await page.mouse.click((box?.x ?? 0) + (box?.width ?? 0) - 3, (box?.y ?? 0) + (box?.height ?? 0) - 3)
    await page.waitForURL(/sort=/)
  })

  test('is walked by J and K again once Esc has left its search', async () => {
    const { page } = sup
    await sup.opens('/records/account')
    await page.locator('[data-row]').nth(2).waitFor()
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    const at = () =>
      page.evaluate(() => document.activeElement?.closest('[data-row]')?.getAttribute('data-row'))
    const second = await at()
    await page.keyboard.press('/')
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('INPUT')
    await page.keyboard.press('Escape')
    expect(await at()).toBe(second)
    await page.keyboard.press('j')
    expect(await at()).not.toBe(second)
    await page.keyboard.press('k')
    expect(await at()).toBe(second)
    expect(page.url()).toMatch(/\/records\/account/)
  })

  test('has a link like a button whose words stand in its middle, on a phone', async () => {
    const { page } = sup
    await page.setViewportSize(phone)
    await sup.opens('/records/account')
    const link = page.locator('a.kb-button').first()
    await link.waitFor()
    const off = await link.evaluate((one) => {
      const range = document.createRange()
      range.selectNodeContents(one)
      const [words, button] = [range.getBoundingClientRect(), one.getBoundingClientRect()]
      return Math.abs(words.top + words.height / 2 - (button.top + button.height / 2))
    })
    expect(off).toBeLessThan(2)
    await page.setViewportSize(desktop)
  })
})

describe.skipIf(noBrowser)('Every page', { timeout: 600_000 }, () => {
  test('bears one heading, whether it is there or not', async () => {
    const { page } = sup
    for (const address of [
      '/plans/99',
      '/plans/99/sheets/9',
      '/cases/99',
      '/records/order/999999',
      '/figures',
    ]) {
      await sup.opens(address)
      await page.locator('main .kb-empty, main .kf-tools').first().waitFor()
      expect(await headings(page), address).toBe(1)
    }
    const begun = await server.call('sup', 'POST', '/api/v1/cases', {
      workflow: 'PLAN',
      input: { year: 2018 },
    })
    expect(begun.status).toBeLessThan(300)
    await page.setViewportSize(phone)
    await sup.opens('/inbox')
    await page.locator('[data-row]').first().click()
    await page.locator('.kb-task-title').waitFor()
    expect(await headings(page)).toBe(1)
    // What could not be read as the server was away.
    await page.route('**/api/v1/plans/**', (route) => route.abort())
    await sup.opens('/plans/98')
    await page.locator('main .kb-empty').first().waitFor()
    expect(await headings(page)).toBe(1)
    await page.unroute('**/api/v1/plans/**')
    await page.setViewportSize(desktop)
  })

  test('names the columns of the editions, and tells the links of the trail apart on a phone', async () => {
    const { page } = sup
    await sup.opens('/handbook/editions')
    await page.locator('.kb-editions-table').waitFor()
    const heads = await page.locator('.kb-editions-table th').allTextContents()
    expect(heads.filter((one) => one.trim() === '')).toEqual([])
    const aud = await desk.seat('aud')
    await aud.signIn(password)
    await aud.page.setViewportSize(phone)
    await aud.opens('/audit')
    await aud.page.locator('.kb-audit a').first().waitFor()
    expect(await findings(aud.page)).toEqual([])
    await aud.leaves()
  })
})

describe.skipIf(noBrowser)('What is being written in one window', { timeout: 600_000 }, () => {
  test('is not offered in another one before the first is left, and then once', async () => {
    const { page } = sup
    const at = (await (await server.call('sup', 'GET', '/api/v1/records/account?limit=1')).json()) as {
      items: { id: number }[]
    }
    const address = `/records/account/${at.items[0]?.id}`
    await sup.opens(address)
    await sup.presses('修改城市')
    await page.getByRole('textbox', { name: '城市' }).fill('大连')
    const second = await sup.window.newPage()
    await second.goto(address)
    await second.getByText('您正在另一个窗口编辑这条记录').waitFor()
    expect(await second.getByRole('button', { name: '恢复' }).count()).toBe(0)
    await page.close()
    await second.getByRole('button', { name: '恢复' }).waitFor()
    expect(await second.locator('.kb-draft').innerText()).toMatch(/今天 \d\d:\d\d/)
    // The form does not offer again what the page offers.
    await second.getByRole('button', { name: '修改资料' }).click()
    const dialog = second.getByRole('dialog')
    await dialog.getByRole('textbox', { name: '城市' }).waitFor()
    expect(await second.locator('.kb-draft').count()).toBe(0)
    await dialog.getByRole('button', { name: '放弃修改' }).click()
    await dialog.waitFor({ state: 'hidden' })
    await second.getByRole('button', { name: '丢弃' }).click()
    expect(await second.locator('.kb-draft').count()).toBe(0)
  })
})

test.skipIf(noBrowser)(
  'A field of a record follows the rule of the one before',
  { timeout: 120_000 },
  async () => {
    const page = await sup.window.newPage()
    await page.goto('/records/account')
    await page.locator('[data-row]').first().click()
    await page.locator('.kb-field').nth(3).waitFor()
    const apart = await page
      .locator('.kb-fields')
      .first()
      .evaluate((list) => {
        const [first, , below] = [...list.children].map((one) => one.getBoundingClientRect())
        return (below?.top ?? 0) - (first?.bottom ?? 0)
      })
    expect(Math.abs(apart)).toBeLessThan(1)
    if (process.env.JOURNEY_PICTURES)
      await page.screenshot({ path: `${process.env.JOURNEY_PICTURES}/fields.png` })
  },
)
