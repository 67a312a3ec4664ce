import { execFile, spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import { root } from '../scripts/root.mjs'

const program = join(root, 'dist', 'server', 'kambook.js')

const freePort = () =>
  new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => resolve(port))
    })
  })

/** The built program on a folder of its own, as a person would start it; killed and started again as often as wanted. */
export async function place(folder) {
  const env = { ...process.env, KAMBOOK_DATA: join(folder, 'data'), DATABASE_URL: '', KAMBOOK_LANG: 'en' }
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  let running = null
  const tokens = new Map()
  const command = async (...args) =>
    (await promisify(execFile)(process.execPath, [program, ...args], { env })).stdout
      .trim()
      .split('\n')
      .at(-1)
  const one = {
    url,
    pid: () => running?.pid,
    async start() {
      running = spawn(process.execPath, [program, 'start', '--sample', '--port', String(port)], {
        env,
        stdio: ['ignore', 'ignore', 'inherit'],
      })
      while (
        !(await fetch(`${url}/health/ready`).then(
          (told) => told.ok,
          () => false,
        ))
      ) {
        if (running.exitCode !== null) throw new Error('the program did not come up')
        await wait(100)
      }
    },
    end(signal = 'SIGTERM') {
      const leaving = running
      running = null
      return new Promise((resolve) => {
        if (!leaving || leaving.exitCode !== null) return resolve()
        leaving.once('exit', resolve)
        leaving.kill(signal)
      })
    },
    async token(login) {
      // One command for all who ask at once.
      if (!tokens.has(login)) tokens.set(login, command('token', '--user', login))
      return tokens.get(login)
    },
    /** `null`: nothing was answered, so nothing was acknowledged. */
    async call(login, method, path, body) {
      const headers = {
        authorization: `Bearer ${await one.token(login)}`,
        'content-type': 'application/json',
      }
      try {
        const answer = await fetch(`${url}/api/v1${path}`, {
          method,
          headers,
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        })
        const bytes = new Uint8Array(await answer.arrayBuffer())
        const json = /json/.test(answer.headers.get('content-type') ?? '')
        return {
          status: answer.status,
          location: answer.headers.get('location'),
          body: json ? JSON.parse(new TextDecoder().decode(bytes) || 'null') : null,
        }
      } catch {
        return null
      }
    },
    /** Process number of its PostgreSQL. */
    async postgres() {
      const told = await command('doctor').catch((error) => error.stdout ?? '')
      const found = /process (\d+), port/.exec(told)
      if (found) return Number(found[1])
      const lines = await readFile(join(env.KAMBOOK_DATA, 'pg', 'postmaster.pid'), 'utf8').catch(() => '')
      return Number(lines.split('\n')[0])
    },
  }
  return one
}

/** The value below which a share of them lies. */
export const part = (values, share) =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? null

/** Writers that make accounts one after another and note each that was acknowledged, until told to stop. */
export function writers(at, count, journal, prefix) {
  let going = true
  let n = 0
  const refused = {}
  const all = Promise.all(
    Array.from({ length: count }, async () => {
      while (going) {
        n += 1
        const code = `${prefix}-${n}`
        const told = await at.call('sup', 'POST', '/records/account', { code, name: `示例客户 ${code}` })
        if (told?.status === 201) journal.push(code)
        else {
          if (told) refused[told.status] = (refused[told.status] ?? 0) + 1
          await wait(50)
        }
      }
    }),
  )
  return {
    refused,
    async stop() {
      going = false
      await all
    },
  }
}

/** Codes of a journal that are not there. */
export async function lost(at, journal) {
  const there = new Set()
  let cursor = ''
  do {
    const told = await at.call('sup', 'GET', `/records/account?limit=200&sort=id${cursor}`)
    for (const one of told.body.items) there.add(one.code)
    cursor = told.body.next ? `&cursor=${encodeURIComponent(told.body.next)}` : ''
  } while (cursor)
  return journal.filter((code) => !there.has(code))
}
