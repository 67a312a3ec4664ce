import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { requireNode, root, say } from './root.mjs'

/** Runs the `kambook` command, installing and building first where that is needed. */
export async function program(args) {
  requireNode()
  const { install, staleness } = await import('./install.mjs')
  if (staleness({ dev: false }) && !(await install({ dev: false }))) {
    say('依赖没有装好，不能继续', 'The packages could not be installed; cannot go on')
    process.exit(1)
  }
  const { build } = await import('./build.mjs')
  await build({ web: args[0] === 'start' })
  process.setSourceMapsEnabled(true)
  const entry = join(root, 'dist', 'server', 'kambook.js')
  process.argv = [process.argv[0], entry, ...args]
  await import(pathToFileURL(entry).href)
}
