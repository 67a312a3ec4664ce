import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Text } from '../../../handbook/model.ts'
import { serverAccount } from './account.ts'
import { adopt } from './adopt.ts'
import { appLogin } from './app-login.ts'
import { ask, urlOf } from './ask.ts'
import { clusterVersion, makeCluster, readSecret, refuseOtherVersion, resetSecret } from './cluster.ts'
import { mendPidFile, readPidFile } from './pidfile.ts'
import { placeOf, reachablePlace, runnableNative, usualShelters } from './place.ts'
import { diskProblem, StartProblem } from './problem.ts'
import { freePort, livingServer, runServer, type Setting, stopServer } from './server.ts'
import { watchServer } from './watch.ts'

export { type Hold, holderOf, holdFolder } from './hold.ts'
export { type Inspection, inspectPostgres } from './inspect.ts'
export { StartProblem } from './problem.ts'

export interface Postgres {
  /** Address of the database `kambook` for its administrator; it stays the same when the server has to be started again. */
  readonly url: string
  /** The same for the running program, which signs in as a role that owns nothing. */
  readonly appUrl: string
  readonly port: number
  /** The server was running already, left by a program that was killed. */
  readonly adopted: boolean
  stop(): Promise<void>
}

export interface LaunchOptions {
  readonly dataDir: string
  readonly log: (text: Text) => void
  readonly settings?: Readonly<Record<string, string>>
  readonly shelters?: readonly string[]
}

/**
 * Starts PostgreSQL on a data folder, or adopts the server left running there, and keeps it running until `stop`.
 * The caller holds the folder (`holdFolder`), so that two programs never share one server unknowingly.
 * @throws StartProblem with a text for the person at the terminal
 */
export async function startPostgres(options: LaunchOptions): Promise<Postgres> {
  const dataDir = resolve(options.dataDir)
  await requireWritable(dataDir)
  const account = await serverAccount((await placeOf(dataDir)).cluster)
  const place = await reachablePlace(dataDir, account, options.shelters ?? usualShelters, options.log)
  const { native, version } = await runnableNative(place, account)
  const { cluster } = place
  const made = await clusterVersion(cluster)
  if (made) refuseOtherVersion(cluster, made, version.major)
  else options.log({ zh: '第一次启动，正在建立数据库', en: 'First start: making the database' })

  const known = made ? await readSecret(dataDir) : await makeCluster(dataDir, cluster, native, account)
  const adopted = made && known ? await adopt(cluster, known) : null
  const password = known ?? (await lostSecret(dataDir, cluster, native, account))
  const setting: Setting = {
    native,
    cluster,
    account,
    password,
    logFile: join(dataDir, 'postgres.log'),
    settings: options.settings ?? {},
  }
  const server = adopted ?? (await launch(setting))
  const watch = watchServer(setting, server, options.log)
  let appUrl: string
  try {
    await requireDatabase({ port: server.port, password })
    appUrl = await appLogin(dataDir, { port: server.port, password }, 'kambook')
  } catch (error) {
    watch.end()
    await stopServer(setting, server.pid)
    throw error
  }
  return {
    url: urlOf({ port: server.port, password }, 'kambook'),
    appUrl,
    port: server.port,
    adopted: adopted !== null,
    stop: () => watch.stop(),
  }
}

/** Tells at once of a folder that cannot be written, before anything is half made. */
async function requireWritable(dataDir: string): Promise<void> {
  const probe = join(dataDir, `.probe-${process.pid}`)
  try {
    await mkdir(dataDir, { recursive: true })
    await writeFile(probe, 'x')
    await rm(probe, { force: true })
  } catch (error) {
    throw diskProblem(error, dataDir)
  }
}

/** Starts the server on a free port; a port taken meanwhile and workers of a killed server that are still ending are waited out. */
async function launch(setting: Setting): Promise<{ pid: number; port: number }> {
  const until = Date.now() + 30_000
  for (;;) {
    if ((await readPidFile(setting.cluster)) && !(await livingServer(setting.cluster)))
      await mendPidFile(setting.cluster)
    const port = await freePort()
    try {
      return { port, pid: await runServer(setting, port) }
    } catch (error) {
      const passing = error instanceof StartProblem && ['port-taken', 'still-ending'].includes(error.code)
      if (!passing || Date.now() > until) throw error
      await wait(250)
    }
  }
}

async function lostSecret(...[dataDir, cluster, native, account]: Parameters<typeof resetSecret>) {
  const running = await livingServer(cluster)
  if (running)
    throw new StartProblem('password-lost', {
      zh: `数据库正在运行（进程 ${running.pid}），但密码文件丢失。结束该进程后重新启动，会设定新密码`,
      en: `The database is running (process ${running.pid}), but its password file is lost. End that process and start again; a new password is set then`,
    })
  if (await readPidFile(cluster)) await mendPidFile(cluster)
  return resetSecret(dataDir, cluster, native, account)
}

async function requireDatabase(door: { port: number; password: string }): Promise<void> {
  const row = await ask(
    door,
    'postgres',
    "select count(*)::int as n from pg_database where datname = 'kambook'",
  )
  if (row.n === 0) await ask(door, 'postgres', 'create database kambook')
}
