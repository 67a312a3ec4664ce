import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { clearAway, dataFolder, ended, serverPid } from '../src/kernel/db/postgres/testing/home.ts'

const kills = 3
const writers = 10
let program: ChildProcess | undefined
let folder = ''
let url = ''
let token = ''

beforeAll(async () => {
  folder = await dataFolder()
  const env = { ...process.env, KAMBOOK_DATA: folder, DATABASE_URL: '' }
  const started = spawn(process.execPath, ['dist/server/kambook.js', 'start', '--sample', '--port', '0'], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  program = started
  url = await new Promise<string>((resolve, reject) => {
    const said: string[] = []
    createInterface({ input: started.stdout }).on('line', (line) => {
      said.push(line)
      const found = line.match(/http:\/\/127\.0\.0\.1:\d+/)
      if (found) resolve(found[0])
    })
    started.once('exit', () => reject(new Error(said.join('\n'))))
    started.stderr.resume()
  })
  const made = await promisify(execFile)(
    process.execPath,
    ['dist/server/kambook.js', 'token', '--user', 'sup'],
    { env },
  )
  token = made.stdout.trim().split('\n').at(-1) as string
}, 120_000)
afterAll(async () => {
  program?.kill('SIGTERM')
  if (program) await ended(program)
  await clearAway()
})

const headers = () => ({ authorization: `Bearer ${token}`, 'content-type': 'application/json' })

test(`the database killed ${kills} times under ${writers} writers: the program goes on, and what was acknowledged stands`, async () => {
  const written: string[] = []
  const refused = new Set<string>()
  let going = true
  let number = 0
  const writing = Array.from({ length: writers }, async () => {
    while (going) {
      number += 1
      const code = `W-${number}`
      const answer = await fetch(`${url}/api/v1/records/account`, {
        method: 'POST',
        headers: headers(),
        body: JSON.stringify({ code, name: `示例客户 ${number}` }),
      })
      const said = (await answer.json()) as { code: string }
      if (answer.status === 201) written.push(code)
      else {
        refused.add(`${answer.status} ${said.code}`)
        await wait(50)
      }
    }
  })
  for (let kill = 0; kill < kills; kill += 1) {
    const before = written.length
    await expect.poll(() => written.length, { timeout: 30_000 }).toBeGreaterThan(before + 20)
    process.kill(await serverPid(folder), 'SIGKILL')
    await wait(100)
    // More than were on their way when it died.
    const atDeath = written.length
    await expect.poll(() => written.length, { timeout: 30_000 }).toBeGreaterThan(atDeath + 2 * writers)
  }
  going = false
  await Promise.all(writing)
  expect([...refused]).toEqual(['503 database-away'])

  const there = new Set<string>()
  let cursor = ''
  do {
    const answer = await fetch(`${url}/api/v1/records/account?limit=200&sort=id${cursor}`, {
      headers: headers(),
    })
    const list = (await answer.json()) as { items: { code: string }[]; next: string | null }
    for (const one of list.items) there.add(one.code)
    cursor = list.next ? `&cursor=${list.next}` : ''
  } while (cursor)
  expect(written.filter((code) => !there.has(code))).toEqual([])
}, 180_000)
