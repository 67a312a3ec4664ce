import { resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Text } from '../handbook/model.ts'
import { type Database, openAsAdmin, openDatabase } from '../kernel/db/database.ts'
import { migrate } from '../kernel/db/migrate.ts'
import {
  holderOf,
  holdFolder,
  type Inspection,
  inspectPostgres,
  StartProblem,
  startPostgres,
} from '../kernel/db/postgres/launcher.ts'
import { app, mayAdminister, missingRoles, program } from '../kernel/db/roles.ts'

/** The folder that holds everything: `KAMBOOK_DATA`, else `data` where the command is given. */
export const dataFolder = (): string => resolve(process.env.KAMBOOK_DATA || 'data')

/** Does not tell of what goes on: a command's own answer is what the person asked for. */
const quietly = (_: Text): void => {}

/** Two ways to one database: as the running program, and as who may change tables, back up and restore. */
export interface Place {
  readonly url: string
  readonly admin: string
}

/** The server that the environment names; `null` when PostgreSQL from npm is used. */
export function namedPlace(): Place | null {
  const url = process.env.DATABASE_URL
  const admin = process.env.KAMBOOK_ADMIN_URL
  if (url) return { url, admin: admin || url }
  return admin ? { url: admin, admin } : null
}

/**
 * Runs `work` on the database of this place: the named server, the one of the running program, else one started for the moment.
 * The database is migrated first, so that a command fits the program it came with.
 */
export const withDatabase = <T>(work: (place: Place) => Promise<T>): Promise<T> =>
  onDatabase(async (place) => {
    await migrate(place.admin)
    return work(place)
  })

/** How long a command waits for the database of a running program that is too busy to answer at once. */
const patience = 30_000

/** The database as it is found; where a program runs whose server lives but is silent, it is asked again: a busy machine answers late. */
async function besideProgram(): Promise<Inspection> {
  const until = Date.now() + patience
  for (;;) {
    const found = await inspectPostgres(dataFolder())
    if (found.state !== 'silent' || Date.now() > until || !(await holderOf(dataFolder()))) return found
    await wait(500)
  }
}

/** The same on the database as it stands. */
export async function onDatabase<T>(work: (place: Place) => Promise<T>): Promise<T> {
  const named = namedPlace()
  if (named) return onServer(named, work)
  const running = await besideProgram()
  if (running.url) return onServer({ url: running.url, admin: running.url }, work)
  const hold = await holdFolder(dataFolder())
  try {
    const { url, stop } = await startPostgres({ dataDir: dataFolder(), log: quietly })
    try {
      return await onServer({ url, admin: url }, work)
    } finally {
      await stop()
    }
  } finally {
    await hold.release()
  }
}

async function onServer<T>(place: Place, work: (place: Place) => Promise<T>): Promise<T> {
  await requireServer(place)
  return work(place)
}

/** The same with an open pool, for commands that need no more of the program. */
export const withPool = <T>(work: (db: Database) => Promise<T>): Promise<T> =>
  withDatabase(async ({ url }) => {
    const db = openDatabase(url, { max: 4 })
    try {
      return await work(db)
    } finally {
      await db.close()
    }
  })

const oldestServer = 150_000

/**
 * Makes sure that a server answers, is new enough, and gives both logins what they need.
 * @throws StartProblem `database-unreachable`, `database-too-old`, `database-role`
 */
export async function requireServer({ url, admin }: Place): Promise<void> {
  await looking(admin, requireRoles)
  if (url !== admin) await looking(url, requireEntry)
}

async function looking(url: string, work: (db: Database, url: string) => Promise<void>): Promise<void> {
  const db = openAsAdmin(url, { max: 1 })
  try {
    const { rows } = await db.pool.query<{ number: number; version: string }>(
      "select current_setting('server_version_num')::int as number, current_setting('server_version') as version",
    )
    if ((rows[0]?.number ?? 0) < oldestServer)
      throw new StartProblem('database-too-old', {
        zh: `DATABASE_URL 指向 PostgreSQL ${rows[0]?.version}，需要 15 以上`,
        en: `DATABASE_URL points at PostgreSQL ${rows[0]?.version}; 15 or newer is needed`,
      })
    await work(db, url)
  } catch (error) {
    if (error instanceof StartProblem) throw error
    const why = error instanceof AggregateError ? error.errors.map(String).join('; ') : String(error)
    throw new StartProblem('database-unreachable', {
      zh: `连不上数据库 ${withoutPassword(url)}：${why}。检查地址、用户和网络`,
      en: `The database ${withoutPassword(url)} cannot be reached: ${why}. Check address, user and network`,
    })
  } finally {
    await db.close()
  }
}

/** The roles must be there and granted, or the administrator must be able to make them, or there is nothing to administer. */
async function requireRoles(db: Database): Promise<void> {
  if (await mayAdminister(db.pool)) return
  if (await mayEnter(db)) return
  const { rows } = await db.pool.query<{ name: string }>('select current_user::text as name')
  const orders = `${(await missingRoles(db.pool)).join('; ')};`
  throw new StartProblem('database-role', {
    zh: `用户 ${rows[0]?.name} 不能建立角色。请数据库管理员执行一次：${orders}`,
    en: `The user ${rows[0]?.name} may not make roles. Have the database's administrator run once: ${orders}`,
  })
}

/** The program's login works as roles of its own, which a first start makes. */
async function requireEntry(db: Database): Promise<void> {
  if (await mayEnter(db)) return
  const { rows } = await db.pool.query<{ name: string; there: boolean }>(
    'select current_user::text as name, exists (select from pg_roles where rolname = $1) as there',
    [program],
  )
  // The administrator's login makes the roles at this very start.
  if (rows[0]?.name === app || !rows[0]?.there) return
  const order = `grant ${program}, ${app} to "${rows[0]?.name}";`
  throw new StartProblem('database-role', {
    zh: `用户 ${rows[0]?.name} 还不能为程序工作。请数据库管理员执行一次：${order}`,
    en: `The user ${rows[0]?.name} cannot work for the program yet. Have the database's administrator run once: ${order}`,
  })
}

async function mayEnter(db: Database): Promise<boolean> {
  const { rows } = await db.pool.query<{ may: boolean }>(
    'select count(*) = 2 and bool_and(pg_has_role(current_user, oid, $2)) as may from pg_roles where rolname = any($1)',
    [[program, app], 'member'],
  )
  return rows[0]?.may === true
}

/** An address fit to be shown. */
export function withoutPassword(url: string): string {
  if (!URL.canParse(url)) return '(DATABASE_URL)'
  const shown = new URL(url)
  if (shown.password) shown.password = '***'
  return shown.href
}
