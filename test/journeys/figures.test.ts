import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { crossedSales, signedPlan, someSales } from '../sales.ts'
import { sampleServer, type TestServer } from '../server.ts'
import { type Desk, noBrowser, openDesk, type Person } from './desk.ts'

// Who looks at figures: the head by regions of one kind and of the other, a region's head at his target, whoever answers for the basis of a
// year at what another one would do.

const password = 'correct-horse-battery'
let server: TestServer
let desk: Desk

beforeAll(async () => {
  if (noBrowser) return
  server = await sampleServer()
  await someSales(server.db)
  await crossedSales(server.db)
  await signedPlan(server.db, 2017, 'booked')
  desk = await openDesk(server.url)
}, 120_000)
afterAll(async () => {
  await desk?.close()
  await server?.close()
})

async function seated(login: string): Promise<Person> {
  const person = await desk.seat(login)
  await person.signIn(password)
  return person
}

async function chooses(person: Person, field: string, option: string): Promise<void> {
  await person.page.getByRole('combobox', { name: field }).click({ force: true })
  await person.page.locator('.ant-select-item-option').filter({ hasText: option }).first().click()
}

describe.skipIf(noBrowser !== null)('Figures', { timeout: 180_000 }, () => {
  test('open on the year that has targets, by the regions its plan goes by, and switch to the other ones', async () => {
    const sup = await seated('sup')
    const regions = sup.page.getByRole('region', { name: '按大区' })
    await sup.opens('/figures')
    await sup.sees('打开的是 2017 年：2018 年还没有目标')
    await sup.sees('按订单登记时的大区', regions)
    await sup.sees('目标', regions)
    await sup.sees(/\d+ 家客户有订单登记在所属大区以外，共/)
    await sup.looks('figures-booked')
    const booked = await regions.innerText()
    await chooses(sup, '大区口径', '按客户所属大区')
    await sup.page.waitForURL(/regions=home/)
    await sup.sees('按客户所属大区', regions)
    await sup.sees('这一年的大区目标按订单登记时的大区定，按客户所属大区没有可比的目标', regions)
    expect(await regions.innerText()).not.toBe(booked)
    await sup.looks('figures-home')
    // What is chosen stands in the address.
    await sup.page.reload()
    await sup.sees('按客户所属大区', regions)
    await sup.leaves()
  })

  test('a region’s head opens on his region with its target, and is told what he does not see by home region', async () => {
    const head = await seated('rgm1')
    await head.opens('/figures')
    await head.sees(/目标的? ?\d|% ?$|达成/)
    await head.sees('按订单登记时的大区')
    await head.looks('figures-region')
    await chooses(head, '大区口径', '按客户所属大区')
    await head.sees(/其中 \d+ \/ \d+ 家客户的销售全部在您的范围内/)
    await head.sees('没有可比的目标')
    await head.leaves()
  })

  test('the basis of a year: who set it, what another one would do, and the change with its reason', async () => {
    const sup = await seated('sup')
    const { page } = sup
    await sup.opens('/figures')
    await sup.follows('业绩口径')
    await sup.sees('销售按哪一天计入年度')
    await sup.looks('bases')
    await sup.presses('改口径：2017 年')
    const dialog = page.getByRole('dialog')
    await sup.sees('这时还没有改', dialog)
    await dialog.getByRole('radio', { name: '按验收日期' }).check()
    await sup.sees(/行没有这种口径的日期，改不了/, dialog)
    expect(await dialog.getByRole('button', { name: '冲销并重记' }).count()).toBe(0)
    await sup.looks('bases-refused')
    await dialog.getByRole('radio', { name: '按发货日期' }).check()
    await sup.sees('每一行都正好计一次', dialog)
    expect(await dialog.getByRole('button', { name: '冲销并重记 2017 年' }).isDisabled()).toBe(true)
    await dialog.getByRole('textbox', { name: '为什么改' }).fill('财务按发货确认')
    await sup.looks('bases-change')
    await sup.presses('冲销并重记 2017 年', dialog)
    await sup.sees(/2017 年改为按发货日期，冲销和重记共 \d+ 笔/)
    await sup.sees('财务按发货确认')
    await sup.opens('/figures?period=2017')
    await sup.sees('口径：按发货')
    await sup.leaves()
  })

  test('a representative reads the basis and changes nothing', async () => {
    const rep = await seated('rep01')
    await rep.opens('/figures/bases')
    await rep.sees('财务按发货确认')
    expect(await rep.page.getByRole('button', { name: /改口径/ }).count()).toBe(0)
    await rep.leaves()
  })
})
