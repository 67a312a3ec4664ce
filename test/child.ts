import { rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { build } from 'esbuild'
import { afterAll } from 'vitest'

const root = join(import.meta.dirname, '..')

/** Builds a child's entry as `npm run build` does, beside the thread that watches it, and answers its file; gone after the test file. */
export async function builtChild(source: string): Promise<string> {
  // Inside the package, where packages are found.
  const outdir = join(root, 'dist', 'test', `child-${process.pid}-${basename(source, '.ts')}`)
  afterAll(() => rm(outdir, { recursive: true, force: true }))
  await build({
    entryPoints: {
      child: join(root, source),
      'watch.worker': join(root, 'src/child/watch.worker.ts'),
    },
    outdir,
    bundle: true,
    splitting: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'error',
  })
  return join(outdir, 'child.js')
}
