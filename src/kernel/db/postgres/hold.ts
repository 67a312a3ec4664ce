import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { diskProblem, readOnly, StartProblem } from './problem.ts'
import { processFacts } from './processes.ts'

/** A data folder held by this process; nobody else starts on it meanwhile. */
export interface Hold {
  /** Writes the address that a second start is told. */
  tellUrl(url: string): Promise<void>
  release(): Promise<void>
}

interface Note {
  readonly token: string
  readonly pid: number
  readonly startedAt: string
  readonly host: string
  readonly url: string | null
}

/** A holder on another machine, or in another container, cannot be asked; he shows life by touching the file. */
const beatMs = 2000
const silentMs = 15_000

const lockFile = (dataDir: string): string => join(dataDir, 'kambook.lock')

/**
 * Takes the data folder for this process. A lock left by a program that was killed is taken over.
 * @throws StartProblem `already-running` with the other's address, `read-only`, `disk-full`
 */
export async function holdFolder(dataDir: string): Promise<Hold> {
  const file = lockFile(dataDir)
  const facts = await processFacts(process.pid)
  const note: Note = {
    token: randomUUID(),
    pid: process.pid,
    startedAt: facts?.startedAt ?? '',
    host: hostname(),
    url: null,
  }
  await mkdir(dataDir, { recursive: true }).catch((error) => {
    // On a disk that is mounted read-only, Node says that there is no such folder.
    throw error.code === 'ENOENT' ? readOnly(dataDir) : diskProblem(error, dataDir)
  })
  for (let tries = 0; !(await wroteNew(file, note)); tries += 1) {
    const holder = await holderOf(dataDir)
    if (holder?.pid) throw alreadyRunning(dataDir, holder)
    if (tries > 50) throw new Error(`the lock ${file} can be neither read nor taken over`)
    if (holder) await wait(100)
    else await takeOver(dataDir)
  }
  return held(file, note)
}

async function wroteNew(file: string, note: Note): Promise<boolean> {
  try {
    await writeFile(file, JSON.stringify(note), { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw diskProblem(error, file)
  }
}

/** Who holds the folder and lives; `null` when nobody does. */
export async function holderOf(dataDir: string): Promise<{ pid: number; url: string | null } | null> {
  const file = lockFile(dataDir)
  const age = await stat(file).then(
    (found) => Date.now() - found.mtimeMs,
    () => null,
  )
  if (age === null) return null
  const note = await readNote(file)
  // Empty: its writer is at it this moment, or was killed at it.
  if (!note) return age < beatMs ? { pid: 0, url: null } : null
  if (note.host !== hostname()) return age < silentMs ? note : null
  const facts = await processFacts(note.pid)
  return facts && facts.startedAt === note.startedAt ? note : null
}

async function readNote(file: string): Promise<Note | null> {
  const text = await readFile(file, 'utf8').catch(() => '')
  try {
    return JSON.parse(text) as Note
  } catch {
    return null
  }
}

/** Removes a stale lock, one process at a time: a second one must not remove the lock that the first has just made. */
async function takeOver(dataDir: string): Promise<void> {
  const gate = join(dataDir, 'kambook.lock.taking')
  try {
    await mkdir(gate)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw diskProblem(error, gate)
    const since = await stat(gate).catch(() => null)
    if (since && Date.now() - since.mtimeMs > 10_000) await rm(gate, { recursive: true, force: true })
    await wait(100)
    return
  }
  try {
    if (!(await holderOf(dataDir))) await rm(lockFile(dataDir), { force: true })
  } finally {
    await rm(gate, { recursive: true, force: true })
  }
}

function held(file: string, note: Note): Hold {
  const beat = setInterval(() => {
    const now = new Date()
    // A folder that is gone or full meanwhile is told by the database, which needs it more.
    utimes(file, now, now).catch(() => {})
  }, beatMs)
  beat.unref()
  const mine = async () => (await readNote(file))?.token === note.token
  return {
    async tellUrl(url) {
      const next = `${file}.${note.pid}`
      await writeFile(next, JSON.stringify({ ...note, url }), { mode: 0o600 })
      await rename(next, file)
    },
    async release() {
      clearInterval(beat)
      if (await mine()) await rm(file, { force: true })
    },
  }
}

function alreadyRunning(dataDir: string, holder: { pid: number; url: string | null }): StartProblem {
  const where = holder.url
    ? { zh: `打开 ${holder.url} 即可`, en: `Open ${holder.url}` }
    : { zh: '它正在启动，稍等片刻', en: 'It is just starting; wait a moment' }
  return new StartProblem(
    'already-running',
    {
      zh: `Kambook 已在使用 ${dataDir}（进程 ${holder.pid}）。${where.zh}；要另开一个，用 KAMBOOK_DATA 指定另一个文件夹`,
      en: `Kambook is already running on ${dataDir} (process ${holder.pid}). ${where.en}; for a second one name another folder in KAMBOOK_DATA`,
    },
    { url: holder.url ?? '', pid: String(holder.pid) },
  )
}
