import { performance } from 'node:perf_hooks'
import { listen } from '../../app/listen.ts'
import { type App, createApp } from '../../app.ts'
import { openDatabase } from '../../kernel/db/database.ts'
import { migrate } from '../../kernel/db/migrate.ts'
import {
  type Hold,
  holdFolder,
  type Postgres,
  StartProblem,
  startPostgres,
} from '../../kernel/db/postgres/launcher.ts'
import { loadSample } from '../../kernel/org/sample/load.ts'
import { setupCodeOf } from '../../kernel/setup/setup.ts'
import { readArguments } from '../arguments.ts'
import { requireEdition } from '../edition.ts'
import { dataFolder, namedPlace, type Place, requireServer } from '../place.ts'
import { say, UsageError } from '../say.ts'
import { onInterrupt } from '../signals.ts'

const usualPort = 8080

/** `kambook start [--sample] [--port 8080] [--host 127.0.0.1]` */
export async function start(args: string[]): Promise<void> {
  const { values } = readArguments(args, {
    sample: { type: 'boolean', default: false },
    port: { type: 'string' },
    host: { type: 'string' },
  })
  const port = portOf(values.port ?? process.env.PORT ?? String(usualPort))
  const host = values.host ?? process.env.HOST ?? '127.0.0.1'
  const undo: (() => Promise<void>)[] = []
  // What was opened last is closed first; a part that fails to close does not keep the others open.
  const closeAll = async () => {
    for (const step of undo.splice(0).reverse()) await step().catch((error) => console.error(error))
  }
  onInterrupt(closeAll)
  try {
    const { url, admin, hold } = await openPlace(undo)
    await migrate(admin)
    const password = values.sample ? await sample(url) : undefined
    const app = await createApp({ databaseUrl: url, adminUrl: admin })
    undo.push(() => app.close())
    await requireEdition(app.kernel)
    const server = await listen(app, { host, port }).catch((error) => {
      throw portProblem(error, host, port)
    })
    undo.push(() => server.close())
    // The first page does not wait until the handbook has been read.
    await app.kernel.edition()
    await app.worker()
    const address = process.env.PUBLIC_URL || server.url
    await hold?.tellUrl(address)
    await tell(app, address, password)
  } catch (error) {
    await closeAll()
    throw error
  }
}

/** The named server, else PostgreSQL on the held data folder. */
async function openPlace(undo: (() => Promise<void>)[]): Promise<Place & { hold: Hold | null }> {
  const named = namedPlace()
  if (named) {
    await requireServer(named)
    return { ...named, hold: null }
  }
  const dataDir = dataFolder()
  const hold = await holdFolder(dataDir)
  undo.push(() => hold.release())
  const postgres: Postgres = await startPostgres({ dataDir, log: say })
  undo.push(() => postgres.stop())
  return { url: postgres.appUrl, admin: postgres.url, hold }
}

async function sample(url: string): Promise<string | null> {
  const db = openDatabase(url, { max: 2 })
  try {
    return await loadSample(db)
  } finally {
    await db.close()
  }
}

/** @param password new one of the sample logins; `null` when they had one, `undefined` without a sample */
async function tell(app: App, address: string, password: string | null | undefined): Promise<void> {
  const seconds = (performance.now() / 1000).toFixed(1)
  say({ zh: `Kambook 已启动，用时 ${seconds} 秒`, en: `Kambook is up, after ${seconds} s` })
  console.log(`\n  ${address}\n`)
  const code = await setupCodeOf(app.kernel)
  if (code) {
    say({
      zh: `第一次打开时设置自己的公司，设置码：${code}`,
      en: `Your first visit sets up your company. Set-up code: ${code}`,
    })
    say({
      zh: '想先看示例公司：npm start -- --sample',
      en: 'To look at a sample company first: npm start -- --sample',
    })
  }
  if (password === undefined) return
  say({
    zh: '示例公司：销售总监 sdm，大客户主管 sup，客户经理 kam1 至 kam3，客户代表 rep01 至 rep18，总经理 gm，财务 fin，管理员 adm',
    en: 'Sample company: sdm, head of key accounts sup, managers kam1 to kam3, reps rep01 to rep18, general manager gm, finance fin, administrator adm',
  })
  if (password)
    say({
      zh: `所有示例登录的密码（只显示这一次）：${password}`,
      en: `Password of all sample logins (shown this once): ${password}`,
    })
  else
    say({
      zh: '密码在第一次启动时显示过；另设一个：npx kambook sample --password',
      en: 'Their password was shown at the first start; for another one: npx kambook sample --password',
    })
}

function portOf(text: string): number {
  const port = Number(text)
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port
  throw new UsageError({
    zh: `端口要在 0 到 65535 之间，${text} 不是`,
    en: `A port is between 0 and 65535; ${text} is not`,
  })
}

function portProblem(error: unknown, host: string, port: number): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : ''
  if (code === 'EADDRINUSE')
    return new StartProblem('port-taken', {
      zh: `${host} 的端口 ${port} 已被其他程序占用。换一个：npm start -- --port ${port + 1}`,
      en: `Port ${port} of ${host} is taken by another program. Take another: npm start -- --port ${port + 1}`,
    })
  if (code === 'EACCES')
    return new StartProblem('port-forbidden', {
      zh: `当前用户不能使用端口 ${port}。用 1024 以上的端口：npm start -- --port ${usualPort}`,
      en: `This user may not use port ${port}. Take one above 1024: npm start -- --port ${usualPort}`,
    })
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return new StartProblem('no-such-host', {
      zh: `这台机器没有地址 ${host}。本机用 127.0.0.1，所有网卡用 0.0.0.0`,
      en: `This machine has no address ${host}. Use 127.0.0.1 for this machine, 0.0.0.0 for all its networks`,
    })
  return error
}
