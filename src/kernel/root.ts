import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * The folder of Kambook's own package: migrations, the reference edition, fonts and the built web app are found from here,
 * whether the code runs from source or bundled in `dist/server`.
 */
export function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  for (;;) {
    const manifest = join(folder, 'package.json')
    if (existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).name === 'kambook') return folder
    const parent = dirname(folder)
    if (parent === folder) throw new Error('package.json of kambook not found above the program')
    folder = parent
  }
}
