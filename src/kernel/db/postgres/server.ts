import { type ChildProcess, spawn } from 'node:child_process'
import { open, readFile, realpath, rename, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { type Account, asAccount } from './account.ts'
import { ask } from './ask.ts'
import { programName } from './binaries.ts'
import { serverEnvironment } from './cluster.ts'
import { readPidFile, serverLives } from './pidfile.ts'
import { diskFull, diskProblem, readOnly, StartProblem } from './problem.ts'

/** What it takes to start the server of a data folder, again and again. */
export interface Setting {
  readonly native: string
  readonly cluster: string
  readonly account: Account | null
  readonly password: string
  readonly logFile: string
  /** Server settings by name; the product gives none, tests switch off what makes them slow. */
  readonly settings: Readonly<Record<string, string>>
}

const readyWithinMs = 60_000
const logLimit = 5_000_000

/** A port of this machine that nobody uses. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.on('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

/**
 * Starts the server and waits until it answers.
 * @returns its process number
 * @throws StartProblem with the server's own words when it does not come up
 */
export async function runServer(setting: Setting, port: number): Promise<number> {
  const from = await trimmedLog(setting.logFile)
  const child = await spawnServer(setting, port)
  let ended = false
  child.on('exit', () => {
    ended = true
  })
  const until = Date.now() + readyWithinMs
  for (let pause = 15; Date.now() < until; pause = Math.min(pause * 1.5, 250)) {
    if (ended) throw causeOf(setting, await logSince(setting.logFile, from))
    const up = await answers(setting, port).catch((error) => {
      if (error.code === '28P01') throw error
      return false
    })
    if (up) return child.pid as number
    await wait(pause)
  }
  child.kill('SIGQUIT')
  throw causeOf(setting, await logSince(setting.logFile, from))
}

async function spawnServer(setting: Setting, port: number): Promise<ChildProcess> {
  const { native, cluster, account, settings } = setting
  const log = await open(setting.logFile, 'a', 0o600).catch((error) => {
    throw diskProblem(error, setting.logFile)
  })
  const fixed = { listen_addresses: '127.0.0.1', unix_socket_directories: '', ...settings }
  const flags = Object.entries(fixed).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  try {
    // Its own process group: an interrupt typed at the terminal reaches the program only, which then stops the server in order.
    const child = spawn(
      join(native, 'bin', programName('postgres')),
      ['-D', cluster, '-p', String(port), ...flags],
      {
        ...asAccount(account),
        cwd: '/',
        env: serverEnvironment(),
        detached: true,
        stdio: ['ignore', log.fd, log.fd],
      },
    )
    await new Promise<void>((resolve, reject) => {
      child.on('spawn', resolve)
      child.on('error', reject)
    })
    child.unref()
    return child
  } finally {
    await log.close()
  }
}

/** Whether a server answers on a port, and is the one of this very folder: a copied folder bears the same password. */
export async function answers(
  setting: Pick<Setting, 'password' | 'cluster'>,
  port: number,
): Promise<boolean> {
  const door = { port, password: setting.password }
  const row = await ask(door, 'postgres', "select current_setting('data_directory') as folder")
  const real = (path: string) => realpath(path).catch(() => path)
  return (await real(String(row.folder))) === (await real(setting.cluster))
}

/** Stops a server in order: connections are ended, everything is written. A hung one is stopped hard after half a minute. */
export async function stopServer(setting: Setting, pid: number): Promise<void> {
  if (process.platform === 'win32') {
    const stopper = spawn(join(setting.native, 'bin', 'pg_ctl.exe'), [
      'stop',
      '-m',
      'fast',
      '-D',
      setting.cluster,
    ])
    await new Promise((resolve) => stopper.on('close', resolve))
    return
  }
  const gone = async (seconds: number) => {
    for (let n = 0; n < seconds * 50; n += 1) {
      if (!(await serverLives(setting.cluster, pid))) return true
      await wait(20)
    }
    return false
  }
  if (!(await serverLives(setting.cluster, pid))) return
  process.kill(pid, 'SIGINT')
  if (await gone(30)) return
  process.kill(pid, 'SIGQUIT')
  await gone(10)
}

/** The process number of the server that the folder's own file names and that lives; `null` without one. */
export async function livingServer(cluster: string): Promise<{ pid: number; port: number } | null> {
  const file = await readPidFile(cluster)
  return file && (await serverLives(cluster, file.pid)) ? file : null
}

async function trimmedLog(file: string): Promise<number> {
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  )
  if (size < logLimit) return size
  await rename(file, `${file}.1`)
  return 0
}

async function logSince(file: string, from: number): Promise<string> {
  return (await readFile(file)).subarray(from).toString('utf8').trim()
}

function causeOf(setting: Setting, said: string): StartProblem {
  if (/No space left on device/.test(said)) return diskFull(setting.cluster)
  if (/Read-only file system|Permission denied/.test(said)) return readOnly(setting.cluster)
  if (/Address already in use/.test(said))
    return new StartProblem('port-taken', { zh: '数据库端口被占用', en: 'The port of the database is taken' })
  if (/still in use|lock file .* already exists/.test(said))
    return new StartProblem('still-ending', {
      zh: `上一个数据库进程还没有结束（${setting.cluster}）。稍后重新启动`,
      en: `Processes of the former database server have not ended yet (${setting.cluster}). Start again shortly`,
    })
  const tail = said.split('\n').slice(-6).join('\n')
  return new StartProblem(
    'postgres-failed',
    {
      zh: `数据库没有启动。完整记录见 ${setting.logFile}：\n${tail}`,
      en: `The database did not start. The whole record is in ${setting.logFile}:\n${tail}`,
    },
    { place: setting.logFile },
  )
}
