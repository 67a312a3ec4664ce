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

    const sdm = await desk.seat('sdm')
    await sdm.signIn(password)
    await sdm.opens(`/handbook/editions/${id}`)
    const box = sdm.page.getByRole('region', { name: '等第二人批准' })
    await sdm.sees(`要发布第 ${next} 版`, box)
    await sdm.sees('改动了：大客户销售代表的权限', box)
    await sdm.looks('approval')
    await sdm.presses('批准', box)
    await box.waitFor({ state: 'detached' })
    await sdm.sees(/^生效$/)
    expect(await box.count()).toBe(0)
    await sup.leaves()
    await sdm.leaves()
  }, 180_000)
})
