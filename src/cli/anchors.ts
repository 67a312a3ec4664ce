import { appendFile, mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Anchor } from '../kernel/audit/verify.ts'

/** One line of the file beside the data: up to where both logs reached when a backup was made, or where a restore began anew. */
interface Line {
  readonly at: string
  readonly act: 'backup' | 'restore'
  readonly file: string
  readonly anchors: readonly Anchor[]
}

const fileOf = (folder: string): string => join(folder, 'chain.anchors')

/** Adds a line; only the folder's owner reads the file. */
export async function keepAnchors(folder: string, line: Line): Promise<void> {
  await mkdir(folder, { recursive: true })
  await appendFile(fileOf(folder), `${JSON.stringify(line)}\n`, { mode: 0o600 })
}

/** Anchors that still hold: those since the last restore, which may have gone back to an older state on purpose. A torn line is left out. */
export async function anchorsIn(folder: string): Promise<Anchor[]> {
  const text = await readFile(fileOf(folder), 'utf8').catch((error) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  const lines = text.split('\n').flatMap((line): Line[] => {
    try {
      return [JSON.parse(line) as Line]
    } catch {
      return []
    }
  })
  const from = lines.findLastIndex((line) => line.act === 'restore')
  return lines.slice(Math.max(from, 0)).flatMap((line) => line.anchors)
}
