import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import pg from 'pg'
import { packageRoot } from '../../../root.ts'
import { type LaunchOptions, type Postgres, startPostgres } from '../launcher.ts'
import { readPidFile } from '../pidfile.ts'

export const isRoot = process.geteuid?.() === 0

/** A folder that every system user can enter, unlike the ones that `mkdtemp` makes. */
export async function openFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kambook-launcher-'))
  await chmod(folder, 0o755)
  return folder
}

const opened = new Set<Postgres>()
export const folders: string[] = []

/** A data folder of its own, gone after the tests. */
export async function dataFolder(mode = 0o755): Promise<string> {
  const home = await openFolder()
  folders.push(home)
  const folder = join(home, 'data')
  await mkdir(folder)
  await chmod(folder, mode)
  return folder
}

/** Starts PostgreSQL on a folder; it is stopped after the tests at the latest. */
export async function launch(dataDir: string, more: Partial<LaunchOptions> = {}): Promise<Postgres> {
  const postgres = await startPostgres({ dataDir, log: () => {}, ...more })
  opened.add(postgres)
  return postgres
}

export async function clearAway(): Promise<void> {
  for (const child of children) child.kill('SIGKILL')
  for (const postgres of opened) await postgres.stop()
  for (const folder of folders) await rm(folder, { recursive: true, force: true })
  // Another file may use this module after this one, and finds nothing of what was here.
  opened.clear()
  children.length = folders.length = 0
  bundle = undefined
}

/** One statement on a database; answers the first row. */
export async function query(url: string, text: string): Promise<Record<string, unknown>> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query(text)).rows[0] ?? {}
  } finally {
    await client.end()
  }
}

export const serverPid = async (dataDir: string): Promise<number> =>
  (await readPidFile(join(dataDir, 'postgres')))?.pid ?? 0

let bundle: Promise<string> | undefined
const program = (): Promise<string> => {
  bundle ??= (async () => {
    const outfile = join(packageRoot(), 'dist', 'test', `launcher-${process.pid}.mjs`)
    await build({
      entryPoints: [join(dirname(fileURLToPath(import.meta.url)), 'program.ts')],
      outfile,
      bundle: true,
      packages: 'external',
      platform: 'node',
      format: 'esm',
      logLevel: 'error',
    })
    folders.push(outfile)
    return outfile
  })()
  return bundle
}

const children: ChildProcess[] = []

export interface Running {
  readonly child: ChildProcess
  /** What it said first: that it runs, or why it does not. */
  readonly said: Record<string, unknown>
}

/**
 * Starts a program of its own on a folder and waits until it runs or says why not.
 * @param options.disk shell words that mount a disk for this program alone
 */
export async function runProgram(
  dataDir: string,
  {
    url = 'http://127.0.0.1:1',
    as,
    disk,
  }: { url?: string; as?: { uid: number; gid: number }; disk?: string } = {},
): Promise<Running> {
  const order = [process.execPath, await program(), dataDir, url]
  const inMount = ['unshare', '-m', '/bin/sh', '-c', `${disk} && exec "$@"`, 'sh', ...order]
  const [command = '', ...words] = disk ? inMount : order
  const child = spawn(command, words, {
    ...as,
    cwd: '/',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  for await (const line of createInterface({ input: child.stdout! })) {
    const said = JSON.parse(line)
    if (said.log === undefined) return { child, said }
  }
  throw new Error('the program ended without a word')
}

export const ended = (child: ChildProcess): Promise<void> =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise((resolve) => child.once('exit', () => resolve()))

/** Whether a system user can run this Node and this checkout, which a private home can forbid. */
export function canRunHere(uid: number): boolean {
  try {
    execFileSync(process.execPath, ['-e', `require('fs').accessSync(${JSON.stringify(packageRoot())})`], {
      uid,
      gid: uid,
      cwd: '/',
    })
    return true
  } catch {
    return false
  }
}

/** Whether this machine lets a test mount a disk that only one program sees. */
export function canMount(): boolean {
  try {
    execFileSync('unshare', ['-m', '/bin/sh', '-c', 'mount -t tmpfs tmpfs /mnt'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
