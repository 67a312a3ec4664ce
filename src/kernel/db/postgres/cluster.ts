import { execFile, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chown, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { type Account, asAccount } from './account.ts'
import { programName } from './binaries.ts'
import { diskFull, diskProblem, StartProblem } from './problem.ts'

const run = promisify(execFile)

export const owner = 'kambook'

/** Only what a database server needs: foreign PG* and LC_* settings of the terminal stay outside. */
export const serverEnvironment = (): NodeJS.ProcessEnv => {
  const kept = ['PATH', 'TZ', 'TMPDIR', 'SYSTEMROOT', 'SystemRoot', 'TEMP', 'TMP']
  return Object.fromEntries(kept.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])))
}

/** Whose password: the administrator's, or that of the login which the running program uses. */
type Whose = 'admin' | 'app'
const secretFile = (dataDir: string, whose: Whose = 'admin'): string =>
  join(dataDir, whose === 'app' ? 'postgres.app.secret' : 'postgres.secret')

/** A password kept in the data folder; `null` when there is none yet or it was lost. */
export async function readSecret(dataDir: string, whose: Whose = 'admin'): Promise<string | null> {
  const text = await readFile(secretFile(dataDir, whose), 'utf8').catch((error) => {
    if (error.code === 'ENOENT') return ''
    throw diskProblem(error, secretFile(dataDir, whose))
  })
  return text.trim() || null
}

/** Makes a password and keeps it where only the folder's owner reads it. */
export async function newSecret(dataDir: string, whose: Whose = 'admin'): Promise<string> {
  const secret = randomBytes(24).toString('base64url')
  const half = `${secretFile(dataDir, whose)}.half`
  await rm(half, { force: true })
  await writeFile(half, `${secret}\n`, { mode: 0o600 })
  await rename(half, secretFile(dataDir, whose))
  return secret
}

/** Major version of the PostgreSQL that made a cluster; `null` when there is none. */
export async function clusterVersion(cluster: string): Promise<string | null> {
  const text = await readFile(join(cluster, 'PG_VERSION'), 'utf8').catch((error) => {
    if (error.code === 'ENOENT') return null
    throw diskProblem(error, cluster)
  })
  if (text !== null) return text.trim()
  const entries = await readdir(cluster).catch(() => [])
  if (entries.length === 0) return null
  throw new StartProblem(
    'data-damaged',
    {
      zh: `${cluster} 里有文件，但不是完整的数据库。恢复备份；确定要从头开始时，把该文件夹改名`,
      en: `${cluster} holds files but no whole database. Restore a backup; to begin anew on purpose, rename that folder`,
    },
    { place: cluster },
  )
}

/** Refuses data of another major version: PostgreSQL cannot read it, and would say so only in its log. */
export function refuseOtherVersion(cluster: string, made: string, major: string): void {
  if (made === major) return
  throw new StartProblem(
    'other-version',
    {
      zh: `${cluster} 由 PostgreSQL ${made} 建立，这个程序带的是 ${major}，不能直接打开。用原来的 Kambook 版本导出备份，再用这个版本恢复；数据没有改动`,
      en: `${cluster} was made by PostgreSQL ${made}; this program brings ${major} and cannot open it. Export a backup with the Kambook that made it and restore it here; nothing was changed`,
    },
    { place: cluster, made, major },
  )
}

/** Makes an empty cluster. It appears under its name only when whole, so that a killed first start leaves nothing half done. */
export async function makeCluster(
  dataDir: string,
  cluster: string,
  native: string,
  account: Account | null,
): Promise<string> {
  // A name of its own: initdb outlives a program that is killed, and must not write into the next one's folder.
  const half = `${cluster}.half-${randomBytes(4).toString('hex')}`
  const passwords = `${half}.password`
  try {
    await mkdir(half, { recursive: true, mode: 0o700 })
    const secret = await newSecret(dataDir)
    await writeFile(passwords, secret, { mode: 0o600 })
    if (account) {
      await chown(half, account.uid, account.gid)
      await chown(passwords, account.uid, account.gid)
    }
    await initialise(native, half, passwords, account)
    await rm(cluster, { recursive: true, force: true })
    await rename(half, cluster)
    await removeHalves(cluster)
    return secret
  } catch (error) {
    throw diskProblem(error, cluster)
  } finally {
    await rm(passwords, { force: true })
  }
}

async function removeHalves(cluster: string): Promise<void> {
  const left = (await readdir(dirname(cluster))).filter((name) =>
    name.startsWith(`${basename(cluster)}.half-`),
  )
  for (const name of left) await rm(join(dirname(cluster), name), { recursive: true, force: true })
}

async function initialise(native: string, folder: string, passwords: string, account: Account | null) {
  const common = ['-D', folder, '-E', 'UTF8', '-U', owner, '-A', 'scram-sha-256', `--pwfile=${passwords}`]
  const program = join(native, 'bin', programName('initdb'))
  const attempt = (locale: string[]) =>
    run(program, [...common, ...locale], { ...asAccount(account), cwd: '/', env: serverEnvironment() })
  // Systems without this locale have PostgreSQL's own rules of the same name.
  const builtin = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C']
  try {
    if (process.platform === 'linux')
      await attempt(['--locale=C.UTF-8']).catch((error) => {
        if (/invalid locale name/.test(String(error.stderr))) return attempt(builtin)
        throw error
      })
    else await attempt(builtin)
  } catch (error) {
    const said = String((error as { stderr?: string }).stderr ?? error)
    if (/No space left|Check free disk space/.test(said)) throw diskFull(folder)
    throw new StartProblem(
      'initdb-failed',
      { zh: `数据库没有建成：${said.trim()}`, en: `The database could not be made: ${said.trim()}` },
      { place: folder },
    )
  }
}

/** Sets a new password where the old one was lost, through the single-user mode of a server that is not running. */
export async function resetSecret(
  dataDir: string,
  cluster: string,
  native: string,
  account: Account | null,
): Promise<string> {
  const secret = await newSecret(dataDir)
  const program = join(native, 'bin', programName('postgres'))
  const child = spawn(program, ['--single', '-D', cluster, 'postgres'], {
    ...asAccount(account),
    cwd: '/',
    env: serverEnvironment(),
    stdio: ['pipe', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (chunk) => {
    said += chunk
  })
  child.stdin.end(`alter role ${owner} password '${secret}'\n`)
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  if (code === 0 && !/ERROR|FATAL/.test(said)) return secret
  await rm(secretFile(dataDir), { force: true })
  throw new StartProblem('password-lost', {
    zh: `${secretFile(dataDir)} 丢失，新密码也没有设成：${said.trim()}`,
    en: `${secretFile(dataDir)} was lost and no new password could be set: ${said.trim()}`,
  })
}
