import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sampleServer, type TestServer } from '../server.ts'
import { type Desk, noBrowser, openDesk } from './desk.ts'

// A representative has forgotten his password. The administrator gives him one that is good for once; at the door he sets his own.

let server: TestServer
let desk: Desk
let once: string

beforeAll(async () => {
  if (noBrowser) return
  server = await sampleServer()
  desk = await openDesk(server.url)
  const list = (await (await server.call('adm', 'GET', '/api/v1/users')).json()) as {
    items: { id: number; login: string }[]
  }
  const id = list.items.find((one) => one.login === 'rep05')?.id
  const reset = await server.call('adm', 'POST', `/api/v1/users/${id}/password`, {})
  expect(reset.status).toBe(200)
  once = ((await reset.json()) as { password: string }).password
}, 120_000)
afterAll(async () => {
  await desk?.close()
  await server?.close()
})

describe.skipIf(noBrowser)('A one-time password', () => {
  test('is an expected step at the door, asked for calmly and once', async () => {
    const rep = await desk.seat('rep05')
    await rep.opens('/sign-in')
    await rep.writes('账号', 'rep05')
    await rep.writes('密码', once)
    await rep.presses('登录')
    await rep.sees('设一个自己的密码', rep.page.getByRole('status'))
    expect(await rep.page.getByRole('alert').count()).toBe(0)
    expect(await rep.reads()).not.toContain('终端')
    await rep.writes('新密码（至少 10 位）', 'short')
    await rep.writes('再输一遍新密码', 'other')
    await rep.presses('设为新密码并登录')
    await rep.sees('至少 10 位，还差 5 位')
    await rep.sees('两次输入的新密码不一样')
    if (process.env.JOURNEY_PICTURES)
      await rep.page.screenshot({ path: `${process.env.JOURNEY_PICTURES}/door-zh.png` })
    await rep.presses('English')
    await rep.sees('Set password and sign in')
    expect(await rep.page.getByText('New password (10 characters or more)').count()).toBe(1)
    await rep.presses('中文')
    await rep.writes('新密码（至少 10 位）', 'willows-by-the-lake')
    await rep.writes('再输一遍新密码', 'willows-by-the-lake')
    await rep.presses('设为新密码并登录')
    await rep.page.waitForURL(/\/inbox/)
    // The browser notes the refusal (403) that asks for the new password; here it is the expected answer.
    await rep.window.close()
  }, 120_000)
})
