import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { EditionTaken } from '../../src/kernel/handbook/wire.ts'
import { packFiles } from '../../src/kernel/handbook/zip.ts'
import { referenceFiles, referenceNumber } from '../edition.ts'
import { sampleServer, type TestServer } from '../server.ts'
import { type Desk, noBrowser, openDesk } from './desk.ts'

// The head wants every representative to reach everything. That is not his to decide alone: the sales-department manager finds what it
// changes, and approves it.

const password = 'correct-horse-battery'
const next = '2026.9'
let server: TestServer
let desk: Desk
let id: number

beforeAll(async () => {
  if (noBrowser) return
  server = await sampleServer()
  await server.app.worker()
  desk = await openDesk(server.url)
  const files = {
    ...referenceFiles,
    'rights.yaml': (referenceFiles['rights.yaml'] as string).replace('REP: own', 'REP: all'),
    'edition.yaml': (referenceFiles['edition.yaml'] as string).replace(
      `number: "${referenceNumber}"`,
      `number: "${next}"`,
    ),
  }
  const answer = await server.call('sup', 'POST', '/api/v1/handbook/editions', packFiles(files))
  id = ((await answer.json()) as EditionTaken).id as number
}, 120_000)
afterAll(async () => {
  await desk?.close()
  await server?.close()
})

describe.skipIf(noBrowser)('An edition that changes rights', () => {
  test('is asked for by one, shown to the other with what it changes, and approved by him', async () => {
    const sup = await desk.seat('sup')
    await sup.signIn(password)
    await sup.opens(`/handbook/editions/${id}`)
    await sup.presses('发布')
    await sup.presses(/^发布，自/)
    await sup.sees(`第 ${next} 版等第二人批准`)
    const asked = sup.page.getByRole('region', { name: '等第二人批准' })
    await sup.sees('批准前不生效', asked)
    expect(await asked.getByRole('button', { name: '批准' }).count()).toBe(0)
    // While it waits nothing else is begun with it; the request alone is taken back.
    expect(await sup.page.getByRole('button', { name: '发布' }).count()).toBe(0)
    expect(await sup.page.getByRole('button', { name: '放弃草案' }).count()).toBe(0)
    await sup.presses('收回请求', asked)
    await asked.waitFor({ state: 'detached' })
    await sup.presses('发布')
    await sup.presses(/^发布，自/)
    await sup.sees('您请求发布', asked)

    // The consultant's inbox leads to the draft and to the page where files come in; the administrator's to his commands.
    const con = await desk.seat('con')
    await con.signIn(password)
    const drafts = con.page.getByRole('region', { name: '手册的版本' })
    await con.sees(/第 2026\.9 版草案 等.+批准/, drafts)
    await con.sees('到版本页导入手册文件', drafts)
    await con.looks('approval-consultant')
    await con.leaves()
    const adm = await desk.seat('adm')
    await adm.signIn(password)
    await adm.sees('流程不给系统管理员派任务')
    expect(await adm.page.getByText('流程走到您的岗位').count()).toBe(0)
    await adm.presses('复制“新建账号”的命令')
    expect(await adm.page.evaluate(() => navigator.clipboard.readText())).toBe(
      'npx kambook user add LOGIN --name NAME --seat N',
    )
    await adm.sees('npx kambook doctor')
    await adm.looks('approval-administrator')
    await adm.leaves()

    const sdm = await desk.seat('sdm')
    await sdm.signIn(password)
    // His inbox counts it, and does not say that nothing waits.
    await sdm.sees('等您批准')
    await sdm.sees(/^1$/, sdm.page.locator('.kb-rail .kb-badge'))
    await sdm.sees(/待我处理\s*1/)
    expect(await sdm.page.getByText('现在没有等您办的事').count()).toBe(0)
    await sdm.looks('approval-inbox')
    await sdm.opens(`/handbook/editions/${id}`)
    const box = sdm.page.getByRole('region', { name: '等第二人批准' })
    await sdm.sees(`要发布第 ${next} 版`, box)
    await sdm.sees('改动了：大客户销售代表的权限', box)
    await sdm.looks('approval')
    expect(await sdm.page.getByText('没有这一部分').count()).toBe(0)
    // One click only asks: what changes, from what to what, from when and for how many.
    await sdm.presses('批准', box)
    const asks = sdm.page.getByRole('dialog')
    await sdm.sees(/起对所有人生效，\d+ 人须了解改动/, asks)
    await sdm.sees(/自己负责.* → |→/, asks)
    await sdm.looks('approval-confirm')
    await sdm.presses('再看看', asks)
    await asks.waitFor({ state: 'detached' })
    await sdm.presses('批准', box)
    await sdm.presses(/^批准，自/, asks)
    await box.waitFor({ state: 'detached' })
    await sdm.sees(/^生效$/)
    expect(await box.count()).toBe(0)
    await sdm.opens('/handbook/editions')
    await sdm.sees(/提出，.+批准，/)
    await sdm.looks('approval-list')
    await sup.leaves()
    await sdm.leaves()
  }, 180_000)
})
