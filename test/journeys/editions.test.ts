import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { readEditionFolder } from '../../src/handbook/load.ts'
import type { EditionList } from '../../src/kernel/handbook/wire.ts'
import { unpackFiles } from '../../src/kernel/handbook/zip.ts'
import { afterAYear, type Files, referenceFiles, referenceNumber } from '../edition.ts'
import { sampleServer, type TestServer } from '../server.ts'
import { type Desk, noBrowser, openDesk, type Person } from './desk.ts'

// The handbook changes: a consultant brings files, the head publishes them for a day, and on that day the department works by them.

const password = 'correct-horse-battery'
const next = '2026.2'
const base = '/api/v1/handbook/editions'
let server: TestServer
let desk: Desk
let con: Person
let sup: Person
let rep: Person
let place: string
let draft: number
const changed = await afterAYear(next)

beforeAll(async () => {
  if (noBrowser) return
  place = await mkdtemp(join(tmpdir(), 'kambook-editions-'))
  server = await sampleServer()
  await server.app.worker()
  desk = await openDesk(server.url)
}, 120_000)
afterAll(async () => {
  await desk?.close()
  await server?.close()
  if (place) await rm(place, { recursive: true, force: true })
})

// A story is told to its end or not at all: what comes after a failure would only wait in vain.
let broken = ''
beforeEach((context) => {
  if (broken) context.skip(`the story broke off at “${broken}”`)
})
afterEach(({ task }) => {
  if (task.result?.state === 'fail') broken ||= task.name
})

/** A folder on the consultant's own disk, as an editor leaves it. */
async function folder(name: string, files: Readonly<Files>): Promise<string> {
  const root = join(place, name)
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), text)
  }
  return root
}
const read = async <T>(login: string, path: string): Promise<T> => {
  const answer = await server.call(login, 'GET', path)
  expect([login, path, answer.status]).toEqual([login, path, 200])
  return (await answer.json()) as T
}
const states = async (login: string) =>
  (await read<EditionList>(login, base)).items.map((one) => [one.number, one.status])
/** Begins a year's plan and tells when its first step is due. */
async function plans(year: number): Promise<{ edition: string; title: string; due: string | null }> {
  const begun = await server.call('sup', 'POST', '/api/v1/cases', { workflow: 'PLAN', input: { year } })
  const { id } = (await begun.json()) as { id: number }
  expect([year, begun.status]).toEqual([year, 201])
  return caseOf(id)
}
async function caseOf(id: number) {
  const found = await read<{ edition: { number: string } }>('sup', `/api/v1/cases/${id}`)
  const { items } = await read<{ items: { case: { id: number }; dueAt: string | null; title: { zh: string } }[] }>(
    'sup',
    '/api/v1/tasks?box=todo',
  )
  const task = items.find((one) => one.case.id === id)
  return { id, edition: found.edition.number, title: task?.title.zh ?? '', due: task?.dueAt?.slice(0, 10) ?? null }
}
/** Lets the program ask anew which edition holds. */
const later = () => new Promise((done) => setTimeout(done, 600))

describe.skipIf(noBrowser)('The handbook changes', { timeout: 600_000 }, () => {
  test('the consultant carries the edition in force away as files, letter by letter', async () => {
    con = await desk.seat('con')
    await con.opens('/handbook/editions')
    await con.signIn(password)
    await con.opens('/handbook/editions')
    await con.sees('公司从第')
    await con.looks('editions-list-one')
    await con.follows(`第 ${referenceNumber} 版`)
    await con.sees('文件控制')
    await con.looks('edition-effective')
    const [download] = await Promise.all([con.page.waitForEvent('download'), con.presses('导出源文件')])
    expect(download.suggestedFilename()).toBe(`handbook-${referenceNumber}.zip`)
    expect(unpackFiles(await readFile(await download.path()))).toEqual(referenceFiles)
  })

  test('files with an error are not taken: file, line and mend are told, nothing is kept', async () => {
    const faulty = {
      ...changed,
      'workflows/PLAN.bpmn': (changed['workflows/PLAN.bpmn'] as string).replace(
        'kb:due="norm.deadlines.planDraft"',
        'kb:due="norm.deadlines.planDraught"',
      ),
    }
    await con.opens('/handbook/editions')
    await con.presses('导入手册文件')
    await con.looks('edition-import')
    await con.page.getByLabel('选文件夹').setInputFiles(await folder('faulty', faulty))
    await con.sees('手册有 1 处错误')
    await con.sees(/workflows\/PLAN\.bpmn:\d+/)
    await con.sees('norm.deadlines.planDraught')
    await con.sees('改正引用，或把参数写进表里')
    await con.looks('edition-import-faulty')
    expect(await states('con')).toEqual([[referenceNumber, 'effective']])
  })
})
