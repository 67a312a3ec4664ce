import { readFile, realpath, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { processFacts } from './processes.ts'

/** What a server wrote about itself into its data folder. */
export interface PidFile {
  readonly pid: number
  readonly port: number
  /** `starting`, `ready`, `stopping` or `standby`. */
  readonly status: string
}

const fileOf = (cluster: string): string => join(cluster, 'postmaster.pid')

export async function readPidFile(cluster: string): Promise<PidFile | null> {
  const text = await readFile(fileOf(cluster), 'utf8').catch((error) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null
    throw error
  })
  if (text === null) return null
  const lines = text.split('\n')
  return { pid: Number(lines[0]), port: Number(lines[3]), status: lines[7]?.trim() ?? '' }
}

/** Whether the process named there is a database server of this very folder, as far as the system tells. */
export async function serverLives(cluster: string, pid: number): Promise<boolean> {
  const facts = await processFacts(pid)
  if (!facts || !/postgres/.test(facts.command)) return false
  return facts.folder === null || facts.folder === (await realpath(cluster).catch(() => cluster))
}

/** A process number that no system gives out. */
const nobodysPid = 2_147_483_646

/**
 * Mends a lock file whose process is gone, a zombie or something else than a database server. The file is not removed: its last
 * lines let PostgreSQL find out by itself whether a worker of the dead server still holds the shared memory.
 */
export async function mendPidFile(cluster: string): Promise<void> {
  const text = await readFile(fileOf(cluster), 'utf8')
  await writeFile(fileOf(cluster), text.replace(/^[^\n]*/, String(nobodysPid)))
}
