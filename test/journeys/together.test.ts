import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { EditionTaken } from '../../src/kernel/handbook/wire.ts'
import { packFiles } from '../../src/kernel/handbook/zip.ts'
import { referenceFiles, referenceNumber } from '../edition.ts'
import { someSales } from '../sales.ts'
import { sampleServer, type TestServer } from '../server.ts'
import { type Desk, desktop, noBrowser, openDesk, type Person, phone } from './desk.ts'

// Two people at the same records: nobody’s words are lost without a word, and each sees where he is signed in and what waits for him.

const password = 'correct-horse-battery'
let server: TestServer
let desk: Desk
let account: { id: number; name: string }
let sup: Person

beforeAll(async () => {
  if (noBrowser) return
  server = await sampleServer()
  await server.app.worker()
  await someSales(server.db)
  const { rows } = await sql<typeof account>`select id, name from account order by id limit 1`.execute(
    server.db.kysely,
  )
  account = rows[0] as typeof account
  desk = await openDesk(server.url)
  sup = await desk.seat('sup')
  await sup.signIn(password)
}, 120_000)
afterAll(async () => {
  await desk?.close()
  await server?.close()
})

const path = () => `/api/v1/records/account/${account.id}`
/** Somebody else saves meanwhile. */
async function meanwhile(login: string, values: Record<string, unknown>): Promise<void> {
  const { rev } = (await (await server.call(login, 'GET', path())).json()) as { rev: number }
  const saved = await server.call(login, 'PATCH', path(), values, { 'if-match': `"${rev}"` })
  expect(saved.status).toBe(200)
}
const kept = async () => (await (await server.call('sup', 'GET', path())).json()) as Record<string, unknown>
const nameOf = async (login: string) =>
  (
    await sql<{
      name: string
    }>`select p.name from app_user u join person p on p.id = u.person_id where u.login = ${login}`.execute(
      server.db.kysely,
    )
  ).rows[0]?.name as string

describe.skipIf(noBrowser)('Two people who edit one account', () => {
  let other: string
  beforeAll(async () => {
    if (!noBrowser) other = await nameOf('rep01')
  })

  test('in one field: the second sees who wrote what, and keeps his own', async () => {
    await sup.opens(`/records/account/${account.id}`)
    await sup.presses('修改行业')
    await sup.writes('行业', '我写的行业')
    await meanwhile('rep01', { industry: '对方的行业' })
    await sup.presses('保存')
    const dialog = sup.page.getByRole('dialog', { name: `没有保存：${other}改过客户 ${account.name}` })
    await sup.sees('我写的行业', dialog)
    await sup.sees('对方的行业', dialog)
    await sup.sees(new RegExp(`${other} · `), dialog)
    await sup.looks('conflict')
    await sup.page.setViewportSize(phone)
    const box = await dialog.boundingBox()
    expect(box && box.x >= 0 && box.x + box.width <= phone.width).toBe(true)
    await sup.presses(`采用${other}的`, dialog).then(() => dialog.waitFor({ state: 'detached' }))
    await sup.page.setViewportSize({ width: 1440, height: 900 })
    expect((await kept()).industry).toBe('对方的行业')
  }, 180_000)

  test('in the form: what the other wrote elsewhere stays, the same field is asked about, and mine is kept', async () => {
    await sup.opens(`/records/account/${account.id}`)
    await sup.presses('修改资料')
    const form = sup.page.getByRole('dialog')
    await form.getByRole('textbox', { name: '城市' }).fill('我的城市')
    await meanwhile('rep01', { city: '对方的城市', phone: '010-55559999' })
    await sup.presses('保存', form)
    const dialog = sup.page.getByRole('dialog', { name: /没有保存/ })
    await sup.sees('对方的城市', dialog)
    await sup.sees(`${other}还改了总机`, dialog)
    await sup.presses('继续修改', dialog)
    expect(await form.getByRole('textbox', { name: '城市' }).inputValue()).toBe('我的城市')
    await sup.presses('保存', form)
    await sup.presses('保留我的', sup.page.getByRole('dialog', { name: /没有保存/ }))
    await form.waitFor({ state: 'detached' })
    expect(await kept()).toMatchObject({ city: '我的城市', phone: '010-55559999' })
  }, 120_000)

  test('in different fields: both stay, and the second is told', async () => {
    await sup.opens(`/records/account/${account.id}`)
    await sup.presses('修改简称')
    await sup.writes('简称', '我的简称')
    await meanwhile('rep01', { address: '对方的地址' })
    await sup.presses('保存')
    await sup.sees('我的简称')
    expect(await kept()).toMatchObject({ short_name: '我的简称', address: '对方的地址' })
  }, 60_000)
})

describe.skipIf(noBrowser)('An edition that waits for a second person', () => {
  test('stands in his inbox and in that of the one who asked, and leads to its page', async () => {
    const next = '2026.8'
    const files = {
      ...referenceFiles,
      'rights.yaml': (referenceFiles['rights.yaml'] as string).replace('REP: own', 'REP: all'),
      'edition.yaml': (referenceFiles['edition.yaml'] as string).replace(
        `number: "${referenceNumber}"`,
        `number: "${next}"`,
      ),
    }
    const taken = await server.call('sup', 'POST', '/api/v1/handbook/editions', packFiles(files))
    const { id } = (await taken.json()) as EditionTaken
    const { today } = (await (await server.call('sup', 'GET', '/api/v1/me')).json()) as { today: string }
    const asked = await server.call('sup', 'POST', `/api/v1/handbook/editions/${id}/publication`, {
      effectiveFrom: today,
    })
    expect(asked.status).toBe(202)
    const sdm = await desk.seat('sdm')
    await sdm.signIn(password)
    const card = sdm.page.getByRole('link', { name: new RegExp(`批准发布手册第 ${next} 版`) })
    await sdm.sees('等您批准', card)
    await sdm.sees('大客户销售代表的权限', card)
    await sdm.looks('approval-inbox')
    await card.click()
    await sdm.page.waitForURL(new RegExp(`/handbook/editions/${id}`))
    await sdm.opens('/inbox')
    const rep = await desk.seat('rep01')
    await rep.signIn(password)
    expect(await rep.page.getByRole('link', { name: /批准发布手册/ }).count()).toBe(0)
    const waiting = (await (await server.call('sup', 'GET', '/api/v1/handbook/approvals')).json()) as {
      items: { request: { mine: boolean } }[]
    }
    expect(waiting.items).toMatchObject([{ request: { mine: true } }])
    await sdm.leaves()
    await rep.leaves()
  }, 180_000)
})

describe.skipIf(noBrowser)('Accounts go to branches', () => {
  test('a branch head is told who gives them out; after the act he sees his', async () => {
    await sql`update account set province = '辽宁', city = '沈阳' where code like 'T-%-1'`.execute(
      server.db.kysely,
    )
    const brm = await desk.seat('brm01')
    await brm.signIn(password)
    await brm.opens('/records/account')
    await brm.sees(/划给分公司和负责人：.*没有分配权，有分配权的是[^ ]+。$/)
    await sup.opens('/records/account')
    await sup.follows('分给分公司')
    await sup.sees(/按每个客户买得最多的省和城市/)
    await sup.presses('试算')
    const result = sup.page.getByRole('region', { name: /试算结果/ })
    await sup.sees('沈阳分公司', result)
    await sup.looks('branches')
    await sup.presses(/^把 \d+ 个客户分给分公司$/, result)
    await sup.presses(/^把 \d+ 个客户分给分公司$/, sup.page.getByRole('dialog'))
    await sup.sees(/已把 \d+ 个客户分给 1 个分公司/)
    await brm.opens('/records/account')
    await brm.sees(/示例客户/)
    await brm.leaves()
  }, 240_000)
})

describe.skipIf(noBrowser)('Where one is signed in', () => {
  test('is shown in the menu; one place and then all others are ended', async () => {
    const elsewhere = await desk.seat('sup')
    await elsewhere.signIn(password)
    await sup.opens('/inbox')
    const dialog = sup.page.getByRole('dialog', { name: '我的登录' })
    const opensIt = async () => {
      await sup.presses(/的菜单$/)
      await sup.page.getByRole('menuitem', { name: '我的登录' }).click()
      await dialog.waitFor()
    }
    await opensIt()
    await sup.sees('这里', dialog)
    await sup.sees(/来自 /, dialog)
    await sup.looks('sessions')
    // On a phone the menu stands elsewhere, and what was open in it is gone with it.
    await sup.page.setViewportSize(phone)
    await opensIt()
    const box = await dialog.boundingBox()
    expect(box && box.x >= 0 && box.x + box.width <= phone.width).toBe(true)
    if (process.env.JOURNEY_PICTURES)
      await sup.page.screenshot({ path: `${process.env.JOURNEY_PICTURES}/sessions-phone.png` })
    await sup.page.setViewportSize(desktop)
    await opensIt()
    await sup.sees('这里', dialog)
    const others = dialog.getByRole('button', { name: /^结束 / })
    const before = await others.count()
    expect(before).toBeGreaterThan(0)
    await others.first().click()
    await sup.page.getByRole('tooltip').getByRole('button', { name: '结束' }).click()
    await expect.poll(() => others.count()).toBe(before - 1)
    if (before > 1) {
      await dialog.getByRole('button', { name: /^结束其他/ }).click()
      await sup.page
        .getByRole('tooltip')
        .getByRole('button', { name: /^结束其他/ })
        .click()
      await expect.poll(() => others.count()).toBe(0)
    }
    await sup.sees('只有这里登录着', dialog)
    const { rows } = await sql<{
      n: number
    }>`select count(*)::int as n from auth_session s join app_user u on u.id = s.user_id
      where u.login = 'sup' and s.expires_at > now()`.execute(server.db.kysely)
    expect(rows[0]?.n).toBe(1)
  }, 180_000)
})
