import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { openSync, readFileSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from './database.ts'

let base: TestDatabase
let shell: ChildProcess | undefined
beforeAll(async () => {
  base = await freshDatabase()
}, 120_000)
afterAll(async () => {
  // Whoever is left of the two.
  try {
    if (shell?.pid) process.kill(-shell.pid, 'SIGKILL')
  } catch {}
  await base?.drop()
})

test('Stopped through npm, whose shell keeps the signal to itself, the program ends all the same', async () => {
  // With a command after it the shell cannot hand its own place over to the program.
  const npm = spawn('/bin/sh', ['-c', '"$0" dist/server/kambook.js start --port 0; true', process.execPath], {
    env: { ...process.env, DATABASE_URL: base.url, npm_execpath: 'npm' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines: string[] = []
  // The pipe closes when the last one who holds it, the program, is gone.
  const gone = (async () => {
    for await (const line of createInterface({ input: npm.stdout })) lines.push(line)
  })()
  const url = await expect
    .poll(() => lines.join('\n').match(/http:\/\/127\.0\.0\.1:\d+/)?.[0], { timeout: 30_000 })
    .toBeTruthy()
    .then(() => lines.join('\n').match(/http:\/\/127\.0\.0\.1:\d+/)?.[0])
  npm.kill('SIGTERM')
  await gone
  expect(lines).toContain('Stopping ...')
  await expect(fetch(`${url}/health/live`)).rejects.toThrow()
}, 60_000)

test('Started with nohup, it outlives its terminal, though npm does not', async () => {
  const log = join(await mkdtemp(join(tmpdir(), 'kambook-hangup-')), 'nohup.out')
  const out = openSync(log, 'a')
  // What a closing terminal does: everything of the job gets the signal at once, npm's shell included.
  const npm = spawn('/bin/sh', ['-c', '"$0" dist/server/kambook.js start --port 0; true', process.execPath], {
    env: { ...process.env, DATABASE_URL: base.url, npm_execpath: 'npm', KAMBOOK_LANG: 'en' },
    stdio: ['ignore', out, out],
    detached: true,
  })
  shell = npm
  const said = () => readFileSync(log, 'utf8')
  await expect.poll(said, { timeout: 60_000 }).toMatch(/http:\/\/127\.0\.0\.1:\d+/)
  const [url] = said().match(/http:\/\/127\.0\.0\.1:\d+/) as RegExpMatchArray
  const gone = once(npm, 'exit')
  process.kill(-(npm.pid as number), 'SIGHUP')
  await gone
  // Longer than it takes to notice that npm is gone.
  await new Promise((resolve) => setTimeout(resolve, 2000))
  expect((await fetch(`${url}/health/live`)).status).toBe(200)
  expect(said()).not.toContain('Stopping')
}, 90_000)
