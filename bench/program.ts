import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A process that was started and said what it was waited for. */
export interface Started {
  readonly pid: number
  /** Milliseconds from its start until it said so. */
  readonly took: number
  readonly said: RegExpExecArray
  stop(): Promise<void>
}

/** Starts a process of Node and waits until it says `ready`. */
export function started(
  args: readonly string[],
  ready: RegExp,
  env: Record<string, string> = {},
): Promise<Started> {
  const { DATABASE_URL: _, PUBLIC_URL: __, ...own } = process.env
  return new Promise((resolve, reject) => {
    const from = performance.now()
    const child = spawn(process.execPath, args, {
      env: { ...own, KAMBOOK_LANG: 'en', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const ended = new Promise<void>((done) => child.once('exit', () => done()))
    let text = ''
    let up = false
    const hear = (chunk: Buffer) => {
      text += chunk
      const said = ready.exec(text)
      if (!said || up) return
      up = true
      const stop = async () => {
        child.kill('SIGTERM')
        await ended
      }
      resolve({ pid: child.pid as number, took: performance.now() - from, said, stop })
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    void ended.then(() => reject(new Error(`it ended before it was up:\n${text}`)))
  })
}

/** The built program with the sample company in a data folder; `said` holds its address and, at the first start, the password. */
export const startedProgram = (root: string, data: string): Promise<Started> =>
  started(
    [join(root, 'dist/server/kambook.js'), 'start', '--sample', '--port', '0'],
    /(http:\/\/127\.0\.0\.1:\d+)[\s\S]*(?:shown this once\): (\S+)|sample --password)/,
    { KAMBOOK_DATA: data },
  )

/** Resident memory of a process in MB. */
export const memoryOf = (pid: number): number =>
  Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024

/** A folder for `work`, open to the database's own user, gone afterwards. */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'kambook-bench-'))
  chmodSync(folder, 0o755)
  try {
    return await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
