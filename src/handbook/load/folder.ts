import { readdir, readFile } from 'node:fs/promises'
import { join, sep } from 'node:path'

/**
 * What belongs to an edition: its YAML and BPMN, and the texts of its policies. A folder may hold more, so that it can live in a
 * repository of its own: a README, hidden folders, what an operating system leaves.
 */
export const isSource = (path: string): boolean =>
  !/(^|\/)(\.|__MACOSX\/|node_modules\/)/.test(path) &&
  (/\.(yaml|bpmn)$/.test(path) || /(^|\/)policies\/[^/]+\.md$/.test(path))

/** Source files of an edition's folder by relative path with forward slashes; the only place that reads the disk. */
export async function readEditionFolder(folder: string): Promise<Record<string, string>> {
  const names = (await readdir(folder, { recursive: true }))
    .map((name) => name.split(sep).join('/'))
    .filter(isSource)
    .sort()
  const files = await Promise.all(
    names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const),
  )
  return Object.fromEntries(files)
}
