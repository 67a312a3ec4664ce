import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listen } from '../../src/app/listen.ts'
import { type App, createApp } from '../../src/app.ts'
import { standingClock } from '../../src/kernel/clock.ts'
import type { TestDatabase } from '../database.ts'
import { sampleDatabase } from '../sample-database.ts'
import { type Desk, noBrowser, openDesk, type Person } from './desk.ts'

// 华以宁 works while the server is taken away, comes back, and comes back as another program.

const password = 'correct-horse-battery'
const clock = standingClock('2018-01-02T02:00:00Z')
let base: TestDatabase
let serving: { app: App; url: string; close(): Promise<void> }
let desk: Desk
let sup: Person
let renewed: string | undefined

/** The program as it stands after an update: the same pages under other names. */
function renewedWeb(): string {
  const folder = mkdtempSync(join(tmpdir(), 'kambook-renewed-'))
  cpSync('dist/web', folder, { recursive: true })
  const assets = join(folder, 'assets')
  const names = readdirSync(assets).flatMap((name) => /^(.+-)([\w-]{8})\.js$/.exec(name)?.[0] ?? [])
  const fresh = (name: string) => name.replace(/-.{8}\.js$/, '-RENEWED0.js')
  const byName = new Map(names.map((name, at) => [name, fresh(name).replace('.js', `${at}.js`)]))
  for (const file of [join(folder, 'index.html'), ...names.map((name) => join(assets, name))]) {
    let text = readFileSync(file, 'utf8')
    for (const [old, now] of byName) text = text.replaceAll(old, now)
    writeFileSync(file, text)
  }
  for (const name of readdirSync(assets).filter((one) => one.endsWith('.br'))) rmSync(join(assets, name))
  for (const [old, now] of byName) renameSync(join(assets, old), join(assets, now))
  return folder
}

async function serve(options: { web?: string; port?: number } = {}): Promise<void> {
  const app = await createApp({
    databaseUrl: base.url,
    clock,
    ...(options.web ? { web: options.web } : {}),
  })
  const server = await listen(app, { port: options.port ?? 0 })
  serving = { app, ...server }
}
async function stop(): Promise<number> {
  await serving.close()
  await serving.app.close()
  return Number(new URL(serving.url).port)
}

beforeAll(async () => {
  if (noBrowser) return
  base = await sampleDatabase()
  await serve()
  renewed = renewedWeb()
  desk = await openDesk(serving.url)
  sup = await desk.seat('sup')
  await sup.signIn(password)
}, 120_000)
afterAll(async () => {
  if (noBrowser) return
  await desk?.close()
  await stop().catch(() => undefined)
  await base?.drop()
  if (renewed) rmSync(renewed, { recursive: true, force: true })
})

describe.skipIf(noBrowser !== null)('the server is away for a while', { timeout: 180_000 }, () => {
  test('it is said calmly in the reader’s language, and what waits goes on by itself', async () => {
    await sup.presses('启动流程')
    await sup.presses('启动', sup.page.getByRole('dialog'))
    await sup.sees('提出与分析依据')
    await sup.page.waitForURL(/\/inbox\/\d+/)
    await sup.writes('意见', '一季度的数还差华北')
    await sup.sees('意见已存在本机')

    const port = await stop()
    await sup.follows('客户')
    await sup.sees('连不上 Kambook。')
    await sup.sees('连上后，这一页自动打开。')
    const said = await sup.reads()
    expect(said).not.toMatch(/preload|fetch|CSS|chunk|module/i)
    expect(await sup.page.locator('.kb-waiting').count()).toBe(0)

    await serve({ port })
    await sup.presses('再试一次')
    await sup.sees('还没有客户')
    await sup.page.getByText('连不上 Kambook。').first().waitFor({ state: 'detached' })
    await sup.follows('待办')
    await sup.sees('提出与分析依据')
    expect(await sup.page.getByRole('textbox', { name: '意见' }).inputValue()).toBe('一季度的数还差华北')
  })

  test('a page read before says nothing while it can be read, and reads on when the server is back', async () => {
    await sup.window.setOffline(true)
    await sup.sees('连不上 Kambook。')
    await sup.sees('提出与分析依据')
    await sup.window.setOffline(false)
    await sup.page.getByText('连不上 Kambook。').first().waitFor({ state: 'detached' })
  })

  test('a newer program asks to reload, and nothing that was written is lost', async () => {
    const port = await stop()
    await serve({ port, web: renewed as string })
    await sup.follows('手册')
    await sup.sees('Kambook 有新版本。')
    await sup.sees('这一页属于旧版本')
    expect(await sup.reads()).not.toMatch(/preload|fetch|CSS|chunk|module/i)
    await sup.presses('重新载入')
    await sup.sees('大客户销售计划制定与控制流程')
    expect(await sup.page.getByText('有新版本').count()).toBe(0)
    await sup.follows('待办')
    await sup.sees('提出与分析依据')
    expect(await sup.page.getByRole('textbox', { name: '意见' }).inputValue()).toBe('一季度的数还差华北')
  })
})
