import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { requireNode, root, say } from './root.mjs'

const stamp = join(root, 'dist', 'built.json')

/** Everything a build is made of; the same inputs are not built twice. */
function inputHash() {
  const hash = createHash('sha256')
  const sources = readdirSync(join(root, 'src'), { recursive: true })
    .filter((name) => /\.(tsx?|css|html|json|svg|png)$/.test(name) && !/\.test\.tsx?$/.test(name))
    .sort()
    .map((name) => join('src', name))
  for (const name of [
    ...sources,
    'package-lock.json',
    'vite.config.ts',
    'tsconfig.json',
    'scripts/build.mjs',
  ])
    hash
      .update(name)
      .update('\0')
      .update(readFileSync(join(root, name)))
  return hash.digest('hex')
}

/** The server's half: the command, the database launcher, each worker and each child's entry as a file of its own; packages stay outside. */
async function buildServer(hash) {
  const { build, stop } = await import('esbuild')
  const workers = readdirSync(join(root, 'src'), { recursive: true }).filter((name) =>
    /\.(worker|child)\.ts$/.test(name),
  )
  const entries = Object.fromEntries(workers.map((name) => [basename(name, '.ts'), join(root, 'src', name)]))
  rmSync(join(root, 'dist', 'server'), { recursive: true, force: true })
  await build({
    entryPoints: {
      kambook: join(root, 'src/cli/main.ts'),
      postgres: join(root, 'src/kernel/db/postgres/launcher.ts'),
      ...entries,
    },
    outdir: join(root, 'dist', 'server'),
    absWorkingDir: root,
    bundle: true,
    // Parts loaded on demand stay files of their own, so that a start does not read what a print needs.
    splitting: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    define: { KAMBOOK_BUILD: JSON.stringify(hash) },
    sourcemap: true,
    logLevel: 'warning',
  })
  // Its helper process would live as long as the program that is started next.
  await stop()
}

/** The browser's half. */
async function buildWeb() {
  const { build } = await import('vite')
  await build({ configFile: join(root, 'vite.config.ts'), logLevel: 'warn', root: join(root, 'src/web') })
}

/** Builds into `dist` what has changed since the last build. Throws when a source does not build. */
export async function build({ web = true } = {}) {
  const hash = inputHash()
  const done = existsSync(stamp) ? JSON.parse(readFileSync(stamp, 'utf8')) : {}
  const need = {
    server: done.server !== hash || !existsSync(join(root, 'dist/server/kambook.js')),
    web: web && (done.web !== hash || !existsSync(join(root, 'dist/web/index.html'))),
  }
  if (!need.server && !need.web) return
  say('构建程序……', 'Building the program ...')
  mkdirSync(join(root, 'dist'), { recursive: true })
  const note = (part) => {
    done[part] = hash
    writeFileSync(stamp, JSON.stringify(done))
  }
  if (need.server) {
    await buildServer(hash)
    note('server')
  }
  if (need.web) {
    await buildWeb()
    note('web')
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  requireNode()
  const { install } = await import('./install.mjs')
  if (!(await install({ dev: false }))) process.exit(1)
  await build()
}
