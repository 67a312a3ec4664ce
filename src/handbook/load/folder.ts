import { readdir, readFile } from 'node:fs/promises'
import { join, sep } from 'node:path'

/** Source files of an edition's folder by relative path with forward slashes; the only place that reads the disk. */
export async function readEditionFolder(folder: string): Promise<Record<string, string>> {
  const names = (await readdir(folder, { recursive: true }))
    .filter((name) => /\.(yaml|bpmn|md)$/.test(name))
    .sort()
  const files = await Promise.all(
    names.map(
      async (name) => [name.split(sep).join('/'), await readFile(join(folder, name), 'utf8')] as const,
    ),
  )
  return Object.fromEntries(files)
}
