import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readEditionFolder } from '../../src/handbook/load/folder.ts'
import { loadEdition } from '../../src/handbook/load.ts'
import type { Edition, Lang, TaskNode } from '../../src/handbook/model.ts'
import { calledIn, cellText, deadlineText, findNorm, isDeadline } from '../../src/handbook/words/norms.ts'
import { sampleServer, type TestServer } from '../server.ts'
import { type Desk, noBrowser, openDesk, type Person, phone } from './desk.ts'

// A representative on his first day asks the handbook four things. Each answer is one search or three clicks away, and it stands on
// the page he lands on. What the answer is comes from the edition's own tables and drawings, not from the reader.

const password = 'correct-horse-battery'
const { edition: loaded } = await loadEdition(await readEditionFolder('handbook'))
if (!loaded) throw new Error('the reference edition does not load')
const edition: Edition = loaded

let server: TestServer
let desk: Desk
let rep: Person

beforeAll(async () => {
  if (noBrowser) return
  server = await sampleServer()
  desk = await openDesk(server.url)
}, 600_000)
afterAll(async () => {
  await desk?.close()
  await server?.close()
})

/** Text as it is shown, lines apart. */
const textIn = async (place: Locator) => (await place.allInnerTexts()).join('\n')
const article = () => rep.page.locator('.kb-article')
/** What stands on the page that is open, lines and blanks as one blank. */
const page = async () => (await textIn(article())).replaceAll(/\s+/g, ' ')

/** Types a question into the reader's search and opens the first place found. @returns what the result itself said. */
async function asks(question: string): Promise<string> {
  await rep.opens('/handbook')
  const box = rep.page.getByRole('textbox', { name: /^(查找条款|Find in)/ })
  await box.fill(question)
  const first = rep.page.locator('.kb-outline-found a').first()
  await first.waitFor()
  const said = await textIn(first)
  await box.press('Enter')
  await rep.page.waitForURL(/\/handbook\/./)
  await article().locator('.kb-read-trail').waitFor()
  return said
}

const postName = (id: string, lang: Lang) => edition.posts.find((one) => one.id === id)?.name[lang] as string
const tasks = edition.workflows.flatMap((workflow) =>
  workflow.processes.flatMap((process) =>
    process.nodes
      .filter((node): node is TaskNode => node.kind === 'task')
      .map((task) => ({ workflow, task })),
  ),
)
const taskOf = (step: string, post: string): TaskNode => {
  const found = tasks.find(({ task }) => task.step === step && task.post === post)?.task
  if (!found) throw new Error(`${post} has no task ${step}`)
  return found
}

/** The post that decides on a price so many per cent below guidance, and its limit, by the table of limits. */
function judgeOfDiscount(percent: number, lang: Lang): { post: string; limit: string } {
  const norm = edition.norms.find((one) => one.id === 'norm.limits')
  const row = norm?.rows.find((one) => one.id === 'price')
  const able = Object.entries(row?.cells ?? {}).flatMap(([post, cell]) =>
    cell.kind === 'value' && typeof cell.value === 'number' && cell.value >= percent
      ? [{ post, value: cell.value, limit: cellText(cell, calledIn(edition), row?.unit)[lang] }]
      : [],
  )
  const [lowest] = able.sort((one, other) => one.value - other.value)
  if (!lowest) throw new Error('nobody may decide')
  return { post: postName(lowest.post, lang), limit: lowest.limit }
}

/** The day of the budget challenge meeting in words. */
function budgetDay(lang: Lang): string {
  const value = findNorm(edition, taskOf('F-3', 'SUP').due as string)?.value
  if (!isDeadline(value)) throw new Error('the budget meeting has no day')
  return deadlineText(value)[lang]
}

/** What follows a bid that is not won, by the drawings: the review, who is heard in it, by when, and the case that begins beside. */
async function readsWhatFollowsALostBid(lang: Lang): Promise<void> {
  const review = taskOf('P-12', 'KAM')
  const lost = review.outcomes.find((one) => one.id === 'lost')
  const beside = lost?.starts.map((ref) => ref.split('/')[1] as string) ?? []
  expect(beside).toEqual(['P-12a'])
  const read = await page()
  expect(read).toContain(`P-12 ${review.name[lang]}`)
  expect(read).toContain(postName('REP', lang))
  expect(read).toContain(findNorm(edition, review.due as string)?.words[lang])
  for (const form of review.forms)
    expect(read).toContain(edition.forms.find((one) => one.id === form)?.name[lang])
  // His own parts: he recovers the deposit, and he is heard when the sale is reviewed.
  const deposit = taskOf('P-12a', 'REP')
  const reviews = tasks.flatMap(({ task }) =>
    task.step === 'S-10' && task.with.includes('REP') ? [`S-10 ${task.name[lang]}`] : [],
  )
  expect(read).toContain(`P-12a ${deposit.name[lang]}`)
  expect(reviews.some((one) => read.includes(one))).toBe(true)
  expect(read).toMatch(lang === 'zh' ? /您的岗位 参与意见/ : /Your post is heard/)
}

describe.skipIf(noBrowser)('A newcomer reads', { timeout: 600_000 }, () => {
  test('who approves a discount of 10 %', async () => {
    rep = await desk.seat('rep07')
    await rep.signIn(password)
    const { post, limit } = judgeOfDiscount(10, 'zh')
    for (const question of ['折扣 10%', '10%的折扣谁批']) {
      const said = await asks(question)
      expect(said).toContain('10%')
      expect(said).toContain(post)
      const read = await page()
      expect(read).toMatch(new RegExp(`${post} 超过 8%，至 ${limit}`))
      // He is not sent up to the general manager, nor does the head suffice.
      expect(read).toMatch(new RegExp(`${postName('SUP', 'zh')} 超过 3%，至 8%`))
    }
  })

  test('what he does after a lost bid', async () => {
    for (const question of ['丢标', '失标', '丢标后代表做什么']) {
      await asks(question)
      await readsWhatFollowsALostBid('zh')
    }
  })

  test('which forms the head of key accounts fills or decides on', async () => {
    const forms = (of: (task: TaskNode) => boolean) =>
      new Set(tasks.flatMap(({ task }) => (task.post === 'SUP' && of(task) ? task.forms : [])))
    const hasLadder = (task: TaskNode) => task.ladder !== null
    // Three clicks through the contents: chapter, section, sheet.
    await rep.opens('/handbook')
    const contents = rep.page.getByRole('navigation', { name: '目录' })
    await rep.follows(/^3 /, contents)
    await contents.getByRole('button', { name: '岗位说明' }).click()
    await rep.follows(`SUP ${postName('SUP', 'zh')}`, contents)
    await article().getByRole('heading', { name: '填写的表单' }).waitFor()
    const clicked = await page()
    for (const question of ['总监要填的表 大客户', '大客户总监 表单', '大客户销售主管要批的表']) {
      await asks(question)
      const read = await page()
      expect(read).toBe(clicked)
    }
    const table = async (name: string) =>
      new Set((await textIn(article().getByRole('table', { name }))).match(/FM-\d\d/g))
    const filled = await table('填写的表单')
    const decided = await table('决定的表单')
    for (const form of forms((task) => !hasLadder(task) && !task.outcomes.some((one) => one.negative)))
      expect(filled).toContain(form)
    for (const form of forms(hasLadder)) expect(decided).toContain(form)
    // The plan is his to write, the go or no-go his to decide, and the orders are neither.
    expect(filled).toContain('FM-18')
    expect(decided).toContain('FM-08')
    expect(new Set([...filled, ...decided])).not.toContain('FM-13')
  })

  test('when the budget meeting is', async () => {
    for (const question of ['预算会议', '预算会议是什么时候', 'yszxh']) {
      const said = await asks(question)
      expect(said).toContain('F-3')
      expect(said).toContain(budgetDay('zh'))
      const read = await page()
      expect(read).toContain(`F-3 ${taskOf('F-3', 'SUP').name.zh}`)
      expect(read).toContain(budgetDay('zh'))
    }
  })

  test('the same in English', async () => {
    await rep.leaves()
    rep = await desk.seat('rep07', { lang: 'en' })
    await rep.signIn(password)
    const { post, limit } = judgeOfDiscount(10, 'en')
    for (const question of ['10% discount', 'Who approves a discount of 10%?']) {
      expect(await asks(question)).toContain(post)
      expect(await page()).toContain(`${post} over 8%, up to ${limit}`)
    }
    await asks('lost bid')
    await readsWhatFollowsALostBid('en')
    for (const question of ['budget meeting', 'When is the budget meeting?']) {
      expect(await asks(question)).toContain(budgetDay('en'))
      expect(await page()).toContain(budgetDay('en'))
    }
    await asks('forms of the KA sales head')
    expect(await page()).toMatch(/Forms to fill · \d+.*Forms to decide on · \d+/)
  })

  test('only what concerns his post, when he wishes', async () => {
    const contents = rep.page.getByRole('navigation', { name: 'Contents' })
    await rep.opens('/handbook/post:REP')
    await contents.getByText('SUP', { exact: true }).waitFor()
    await rep.page.getByRole('checkbox', { name: 'Only what concerns me' }).check()
    await contents.getByText('SUP', { exact: true }).waitFor({ state: 'detached' })
    await contents.getByText('REP', { exact: true }).waitFor()
    // He has no part in the budget meeting.
    await rep.page.getByRole('textbox', { name: /^Find in/ }).fill('budget meeting')
    const found = rep.page.locator('.kb-outline-found')
    const meeting = found.getByRole('link', { name: /^F-3 Budget challenge/ })
    await found.getByRole('link').first().waitFor()
    expect(await meeting.count()).toBe(0)
    await rep.page.getByRole('checkbox', { name: 'Only what concerns me' }).uncheck()
    await meeting.first().waitFor()
  })

  test('on the phone, too', async () => {
    await rep.page.setViewportSize(phone)
    await rep.opens('/handbook')
    await rep.presses('Open contents')
    await rep.page.getByRole('textbox', { name: /^Find in/ }).fill('budget meeting')
    await rep.page.locator('.kb-outline-found a').first().click()
    await rep.sees(budgetDay('en'), article())
  })

  test('a drawing with his fingers: two bring it closer and the page stays, one moves the page', async () => {
    await rep.opens('/handbook/wf:NEG')
    const box = rep.page.locator('.kb-picture-box').first()
    await box.locator('svg [data-step]').first().waitFor()
    await box.evaluate((one) => one.scrollIntoView({ block: 'center' }))
    const { x, y, width, height } = (await box.boundingBox()) as {
      x: number
      y: number
      width: number
      height: number
    }
    const [cx, cy] = [x + width / 2, y + height / 2]
    const hand = await rep.window.newCDPSession(rep.page)
    await hand.send('Emulation.setTouchEmulationEnabled', { enabled: true, maxTouchPoints: 2 })
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...points: [number, number][]) =>
      hand.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: points.map(([px, py], id) => ({ x: px, y: py, id })),
      })
    const spread = async (from: number, to: number) => {
      const apart = (by: number): [number, number][] => [
        [cx - by, cy],
        [cx + by, cy],
      ]
      await touch('touchStart', ...apart(from))
      for (let step = 1; step <= 8; step += 1)
        await touch('touchMove', ...apart(from + ((to - from) * step) / 8))
      await touch('touchEnd')
    }
    const drawn = () =>
      box
        .locator('svg')
        .last()
        .evaluate((one) => one.getBoundingClientRect().width)
    const asDrawn = await drawn()
    await spread(40, 80)
    await expect.poll(drawn).toBe(asDrawn * 2)
    expect(await rep.page.evaluate(() => visualViewport?.scale)).toBe(1)
    // The names of lanes leave room for the steps, however large.
    const names = await box.locator('.kb-picture-lanes').evaluate((one) => one.getBoundingClientRect().width)
    expect(names).toBeLessThan(width * 0.4)
    await spread(160, 10)
    await expect.poll(drawn).toBe(width)
    const top = () => box.evaluate((one) => one.getBoundingClientRect().top)
    const before = await top()
    await touch('touchStart', [cx, y + 20])
    for (let step = 1; step <= 8; step += 1) await touch('touchMove', [cx, y + 20 - step * 15])
    await touch('touchEnd')
    await expect.poll(top).toBeLessThan(before - 60)
    await hand.detach()
    await rep.leaves()
  })

  test('pages that can be read by everybody', async () => {
    rep = await desk.seat('rep08')
    await rep.signIn(password)
    for (const [name, address] of [
      ['search', '/handbook'],
      ['limits', '/handbook/norm:norm.limits.price'],
      ['lost-bid', '/handbook/wf:BID/P-12'],
      ['head', '/handbook/post:SUP/forms'],
      ['form', '/handbook/form:FM-07'],
      ['chapter', '/handbook/ch:6'],
    ] as const) {
      await rep.opens(address)
      if (name === 'search') {
        await rep.page.getByRole('textbox', { name: /^查找条款/ }).fill('预算会议')
        await rep.page.locator('.kb-outline-found a').first().waitFor()
      }
      await rep.looks(`newcomer-${name}`)
    }
    await rep.leaves()
  })
})
