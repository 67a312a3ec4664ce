import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The file of `NAME.child.ts` in the built program; `null` where the sources run as they are, so that work is done in place. */
export function builtEntry(name: string): string | null {
  const file = new URL(`./${name}.child.js`, import.meta.url)
  return import.meta.url.includes('/dist/server/') && existsSync(file) ? fileURLToPath(file) : null
}
