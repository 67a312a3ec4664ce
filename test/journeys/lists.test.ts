import { sql } from 'kysely'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { someSales } from '../sales.ts'
import { sampleServer, type TestServer, tokenOf } from '../server.ts'
import { type Desk, desktop, noBrowser, openDesk, type Person, phone } from './desk.ts'
import { findings } from './findings.ts'

const password = 'correct-horse-battery'
let server: TestServer
let desk: Desk
let sup: Person

beforeAll(async () => {
  if (noBrowser) return
  server = await sampleServer()
  await someSales(server.db)
  // More accounts than a page of the list reads, so that one comes back to rows that must be read again.
  await sql`insert into account (code, name, industry, home_unit_id, owner_id, manager_id)
    select 'V-' || lpad(n::text, 3, '0'), '示例分号 ' || n, '示例行业', a.home_unit_id, a.owner_id, a.manager_id
    from generate_series(1, 260) n, (select * from account order by id limit 1) a`.execute(server.db.kysely)
  desk = await openDesk(server.url)
  sup = await desk.seat('sup')
  await sup.signIn(password)
}, 600_000)
afterAll(async () => {
  await desk?.close()
  await server?.close()
})

const rows = (page: Page) => page.locator('.kb-list [data-row]')
/** The row that has the focus: its title and whether all of it is in sight within the list. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const row = document.activeElement?.closest('[data-row]')
    const box = row?.closest('.kb-scroll')?.getBoundingClientRect()
    const at = row?.getBoundingClientRect()
    return {
      title: row?.querySelector('.kb-list-title, strong')?.textContent ?? null,
      seen: !!box && !!at && at.top >= box.top - 1 && at.bottom <= box.bottom + 1,
    }
  })
const until = (page: Page, title: string) =>
  page
    .waitForFunction(
      (wanted) =>
        document.activeElement?.closest('[data-row]')?.querySelector('.kb-list-title, strong')
          ?.textContent === wanted,
      title,
    )
    .catch(async () => expect(await focused(page)).toMatchObject({ title }))
const offset = (page: Page) =>
  page.locator('.kb-scroll:has(.kb-list)').evaluate((box) => Math.round(box.scrollTop))

describe.skipIf(noBrowser)('The list of accounts', { timeout: 600_000 }, () => {
  test('is sorted and filtered by what they bought, keeps it as a view and takes it along as a file', async () => {
    const { page } = sup
    await sup.opens('/records/account')
    await sup.presses(/^上年销售额/)
    await page.waitForURL(/sort=-sales_last_year/)
    const amounts = () =>
      page.evaluate(() => {
        const at = [...document.querySelectorAll('.kb-list th')].findIndex((one) =>
          one.textContent?.startsWith('上年销售额'),
        )
        return [...document.querySelectorAll('.kb-list tbody tr')]
          .map((row) => row.querySelectorAll('td')[at]?.textContent ?? '')
          .map((text) => Number(text.replaceAll(',', '')))
      })
    const falling = (all: readonly number[]) =>
      all.length > 10 && all.every((one, at) => at === 0 || one < (all[at - 1] as number))
    await expect.poll(async () => falling(await amounts())).toBe(true)
    await sup.presses('筛选')
    await page.locator('.kb-menu').getByRole('button', { name: '上年销售额' }).click()
    await page.getByRole('textbox', { name: '从' }).fill('78002')
    await page.locator('.kb-filter-form').getByRole('button', { name: '筛选' }).click()
    await page.waitForURL(/sales_last_year\.from=78002/)
    await sup.sees(/上年销售额 ≥/)
    await expect
      .poll(async () => Number((await page.locator('.kb-list-foot').innerText()).match(/\d+/)?.[0]))
      .toBeLessThan(36)
    await sup.presses('保存视图')
    await page.getByRole('textbox', { name: '视图名称' }).fill('买得多的')
    await page.keyboard.press('Enter')
    await sup.sees('已保存视图“买得多的”')
    await sup.looks('accounts-by-sales')
    await sup.opens('/records/account')
    await sup.follows('买得多的')
    await page.waitForURL(/sales_last_year\.from=78002/)
  })

  test('Back from an account stands where one was, on the row that was opened; J and K go on from there', async () => {
    const { page } = sup
    await sup.opens('/records/account?sort=-code')
    await rows(page).first().waitFor()
    // Down past the first page that is read.
    for (let turn = 0; turn < 12; turn += 1) {
      await page.locator('.kb-scroll:has(.kb-list)').evaluate((box) => box.scrollBy(0, 700))
      await page.waitForTimeout(150)
    }
    const row = rows(page).nth(14)
    const title = (await row.locator('.kb-list-title').innerText()).trim()
    await row.scrollIntoViewIfNeeded()
    await row.click()
    await page.waitForURL(/\/records\/account\/\d+/)
    await page.locator('.kb-record-title').waitFor()
    const leave = await page.evaluate(() => JSON.parse(sessionStorage.getItem('kambook.places') ?? '{}'))
    await page.goBack()
    await until(page, title)
    expect(await focused(page)).toEqual({ title, seen: true })
    expect(Math.abs((await offset(page)) - leave['/records/account?sort=-code'].offset)).toBeLessThan(100)
    await page.keyboard.press('j')
    const next = (await focused(page)).title
    expect(next).not.toBe(title)
    await page.keyboard.press('k')
    await until(page, title)
    // By the link above the record, too.
    await page.keyboard.press('Enter')
    await page.locator('.kb-record-title').waitFor()
    await page.locator('.kb-head-step').first().click()
    await until(page, title)
    expect((await focused(page)).seen).toBe(true)
    // And when the tab was loaded anew in between, so that all rows are read again.
    await page.keyboard.press('Enter')
    await page.locator('.kb-record-title').waitFor()
    await page.reload()
    await page.locator('.kb-record-title').waitFor()
    await page.goBack()
    await until(page, title)
    expect((await focused(page)).seen).toBe(true)
  })

  test('the form beside the list leaves the list as it is, and J goes on from the row', async () => {
    const { page } = sup
    await sup.opens('/records/account?sort=-code')
    await page.evaluate(() => sessionStorage.removeItem('kambook.places'))
    await sup.opens('/records/account?industry=示例行业&sort=-code')
    await rows(page).first().waitFor()
    for (const key of ['j', 'j', 'j']) await page.keyboard.press(key)
    const third = (await focused(page)).title
    await sup.presses('新建客户')
    await page.waitForURL(/industry=.*create=1/)
    await page.getByRole('dialog').getByRole('button', { name: '放弃修改' }).click()
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await page.waitForURL((url) => url.search.includes('industry=') && !url.search.includes('create'))
    await page.keyboard.press('j')
    await page.keyboard.press('k')
    expect((await focused(page)).title).toBe(third)
    // Saved and back: the same row.
    await page.keyboard.press('Enter')
    await page.locator('.kb-record-title').waitFor()
    await sup.presses('修改城市')
    await page.getByRole('textbox', { name: '城市' }).fill('鞍山')
    await page.keyboard.press('Enter')
    await sup.sees('已保存城市')
    await page.goBack()
    await until(page, third ?? '')
  })

  test('on a phone, too: sorted from a menu, back to the card', async () => {
    const { page } = sup
    await page.setViewportSize(phone)
    await sup.opens('/records/account')
    await rows(page).first().waitFor()
    await sup.presses('排序：客户编号')
    await page.getByRole('menuitem', { name: '上年销售额' }).click()
    await page.waitForURL(/sort=-sales_last_year/)
    await page.locator('.kb-scroll:has(.kb-list)').evaluate((box) => box.scrollBy(0, 1200))
    await page.waitForTimeout(300)
    const card = rows(page).nth(16)
    await card.scrollIntoViewIfNeeded()
    const title = (await card.locator('strong').innerText()).trim()
    await card.click()
    await page.locator('.kb-record-title').waitFor()
    await page.locator('.kb-head-back').click()
    await until(page, title)
    expect((await focused(page)).seen).toBe(true)
    await page.setViewportSize(desktop)
  })
})

describe.skipIf(noBrowser)('One search', { timeout: 600_000 }, () => {
  const palette = async (words: string) => {
    await sup.page.locator('.kb-head').first().waitFor()
    await sup.page.keyboard.press('Control+k')
    await sup.page.getByRole('combobox', { name: '搜索与命令' }).fill(words)
  }

  test('finds in the palette what the reader finds, each told apart by its group and a mark', async () => {
    const { page } = sup
    await sup.opens('/handbook')
    for (const words of ['折扣 8%', '合同', 'hetong', 'fm18', '丢标', 'kehufenji']) {
      await page.getByRole('textbox', { name: '查找条款、岗位、表单' }).fill(words)
      const first = page.locator('.kb-outline-found a').first()
      await expect.poll(() => page.locator('.kb-outline-count').count()).toBe(1)
      await page.waitForTimeout(600)
      const read = await first.getAttribute('href')
      await page.getByRole('textbox', { name: '查找条款、岗位、表单' }).fill('')
      await palette(words)
      const group = page.getByRole('group', { name: '手册' })
      await group.getByRole('option').first().waitFor()
      await page.waitForTimeout(600)
      await group.getByRole('option').first().click()
      await page.waitForURL((url) => url.pathname === decodeURI(read ?? ''))
      await sup.opens('/handbook')
    }
    await palette('合同')
    await page.getByRole('group', { name: '手册' }).getByRole('option').first().waitFor()
    for (const mark of ['表单', '步骤']) await sup.sees(mark, page.getByRole('group', { name: '手册' }))
    await page.getByRole('combobox', { name: '搜索与命令' }).fill('示例客户')
    await sup.sees('客户', page.getByRole('group', { name: '记录' }).locator('.kb-found-is'))
    if (process.env.JOURNEY_PICTURES)
      await page.screenshot({ path: `${process.env.JOURNEY_PICTURES}/palette-zh-1440.png` })
    expect(await findings(page)).toEqual([])
    await page.getByRole('combobox', { name: '搜索与命令' }).fill('dingdan')
    await sup.sees('页面', page.getByRole('group', { name: '页面与命令' }))
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  })

  test('/ goes to the search of the list that is shown, elsewhere to the palette', async () => {
    const { page } = sup
    await sup.opens('/records/account')
    await rows(page).first().waitFor()
    await page.keyboard.press('/')
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('查找客户')
    await sup.opens('/figures')
    await page.getByRole('main').waitFor()
    await page.locator('.kb-head').first().waitFor()
    await page.keyboard.press('/')
    await page.getByRole('combobox', { name: '搜索与命令' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  })

  test('the palette and the chart of posts have no serious finding, on a desk and on a phone', async () => {
    const { page } = sup
    await sup.opens('/handbook/ch:2/org-chart')
    await page.locator('.kb-picture [data-post]').first().waitFor()
    for (const size of [desktop, phone]) {
      await page.setViewportSize(size)
      await palette('合同')
      await page.getByRole('group', { name: '手册' }).getByRole('option').first().waitFor()
      if (process.env.JOURNEY_PICTURES)
        await page.screenshot({
          path: `${process.env.JOURNEY_PICTURES}/palette-over-chart-${size.width}.png`,
        })
      expect(await findings(page)).toEqual([])
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      await page.locator('.kb-picture').getByRole('button', { name: '全屏看图' }).click()
      await page.getByRole('dialog').locator('[data-post]').first().waitFor()
      expect(await findings(page)).toEqual([])
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'hidden' })
    }
    await page.setViewportSize(desktop)
  })
})

describe.skipIf(noBrowser)('What was written and not saved', { timeout: 600_000 }, () => {
  let at: string

  test('is offered back after the tab was gone, and comes back when it is asked for', async () => {
    const { page } = sup
    const { rows: found } = await sql<{ id: number }>`select id from account order by id limit 1`.execute(
      server.db.kysely,
    )
    at = `/records/account/${found[0]?.id}`
    await sup.opens(at)
    await sup.presses('修改资料')
    await page.getByRole('dialog').getByRole('textbox', { name: '城市' }).fill('大连')
    await page.getByRole('dialog').getByRole('textbox', { name: '总机' }).fill('0411-1')
    await page.reload()
    await sup.sees(/改了.*总机.*没有保存/)
    // Nothing of it stands in the record before it is asked for.
    expect(await page.locator('.kb-fields').first().innerText()).not.toContain('大连')
    await sup.looks('draft-offered')
    await sup.presses('恢复')
    await expect
      .poll(() => page.getByRole('dialog').getByRole('textbox', { name: '城市' }).inputValue())
      .toBe('大连')
    await page.getByRole('dialog').getByRole('button', { name: '保存' }).click()
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await page.reload()
    await page.locator('.kb-record-title').waitFor()
    expect(await page.locator('.kb-draft').count()).toBe(0)
  })

  test('does not lie over what a colleague changed since: each such field is asked about', async () => {
    const { page } = sup
    await sup.opens(at)
    await sup.presses('修改城市')
    await page.getByRole('textbox', { name: '城市' }).fill('旅顺')
    const { rev } = (await (await server.call('sup', 'GET', `/api/v1${at}`)).json()) as { rev: number }
    const changed = await fetch(`${server.url}/api/v1${at}`, {
      method: 'PATCH',
      headers: {
        authorization: `Bearer ${await tokenOf(server.db, 'sup')}`,
        'content-type': 'application/json',
        'if-match': `"${rev}"`,
      },
      body: JSON.stringify({ city: '鞍山' }),
    })
    expect(changed.status).toBe(200)
    await page.reload()
    await sup.sees('其中有的后来被人改过')
    await sup.presses('恢复')
    const dialog = page.getByRole('dialog')
    await sup.sees('城市后来被改为“鞍山”，您写的是“旅顺”', dialog)
    expect(await dialog.getByRole('textbox', { name: '城市' }).inputValue()).toBe('鞍山')
    await sup.presses('用我的“旅顺”', dialog)
    expect(await dialog.getByRole('textbox', { name: '城市' }).inputValue()).toBe('旅顺')
    await sup.presses('放弃修改', dialog)
    await dialog.waitFor({ state: 'hidden' })
    await page.reload()
    await page.locator('.kb-record-title').waitFor()
    expect(await page.locator('.kb-draft').count()).toBe(0)
  })

  test('of a new record is offered in its form, on a phone', async () => {
    const { page } = sup
    await page.setViewportSize(phone)
    await sup.opens('/records/account?create=1')
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: '客户名称' }).fill('示例新号')
    await page.reload()
    await sup.sees(/改了客户名称/, dialog)
    await sup.presses('恢复', dialog)
    expect(await dialog.getByRole('textbox', { name: '客户名称' }).inputValue()).toBe('示例新号')
    await page.reload()
    await sup.presses('丢弃', dialog)
    await page.reload()
    await dialog.getByRole('textbox', { name: '客户名称' }).waitFor()
    expect(await dialog.locator('.kb-draft').count()).toBe(0)
    await page.setViewportSize(desktop)
  })

  test('leaves the device when one signs out', async () => {
    const { page } = sup
    await sup.opens(at)
    await sup.presses('修改资料')
    await page.getByRole('dialog').getByRole('textbox', { name: '城市' }).fill('大连')
    const kept = () =>
      page.evaluate(() => Object.keys(localStorage).filter((one) => one.startsWith('kambook.record.')))
    expect(await kept()).toHaveLength(1)
    await page.reload()
    await page.locator('.kb-draft').waitFor()
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: '搜索与命令' }).fill('退出')
    await page.getByRole('option', { name: '退出登录' }).click()
    await page.waitForURL(/\/sign-in/)
    expect(await kept()).toEqual([])
    await sup.signIn(password)
    await sup.opens(at)
    await page.locator('.kb-record-title').waitFor()
    expect(await page.locator('.kb-draft').count()).toBe(0)
    await sup.leaves()
  })
})
