import { execFile } from 'node:child_process'
import { readFile, readlink } from 'node:fs/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** What is known of a running process. A zombie is over: it only waits for its parent to take note. */
export interface ProcessFacts {
  readonly command: string
  /** Tells this process from a later one with the same number. */
  readonly startedAt: string
  /** Its working folder, where the system tells. */
  readonly folder: string | null
}

/** Facts of a living process; `null` when it is gone or a zombie. */
export async function processFacts(pid: number): Promise<ProcessFacts | null> {
  if (!Number.isInteger(pid) || pid <= 0) return null
  if (process.platform === 'linux') return linuxFacts(pid)
  if (process.platform === 'win32') return windowsFacts(pid)
  const answer = await run('ps', ['-o', 'stat=,lstart=,comm=', '-p', String(pid)]).catch(() => null)
  const match = /^(\S+)\s+(\S+ +\S+ +\S+ +\S+ +\S+)\s+(.*)$/m.exec(answer?.stdout.trim() ?? '')
  if (!match || match[1]?.startsWith('Z')) return null
  return { startedAt: match[2] ?? '', command: match[3] ?? '', folder: null }
}

async function linuxFacts(pid: number): Promise<ProcessFacts | null> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null)
  if (!stat) return null
  const close = stat.lastIndexOf(')')
  const rest = stat.slice(close + 2).split(' ')
  if (rest[0] === 'Z' || rest[0] === 'X') return null
  return {
    command: stat.slice(stat.indexOf('(') + 1, close),
    startedAt: rest[19] ?? '',
    folder: await readlink(`/proc/${pid}/cwd`).catch(() => null),
  }
}

async function windowsFacts(pid: number): Promise<ProcessFacts | null> {
  const answer = await run('tasklist', ['/fi', `PID eq ${pid}`, '/fo', 'csv', '/nh']).catch(() => null)
  const command = /^"([^"]+)"/.exec(answer?.stdout.trim() ?? '')?.[1]
  return command ? { command, startedAt: '', folder: null } : null
}
