import { resolve } from 'node:path'
import type { Text } from '../handbook/model.ts'
import { type Database, openDatabase } from '../kernel/db/database.ts'
import { migrate } from '../kernel/db/migrate.ts'
import { holdFolder, inspectPostgres, StartProblem, startPostgres } from '../kernel/db/postgres/launcher.ts'

/** The folder that holds everything: `KAMBOOK_DATA`, else `data` where the command is given. */
export const dataFolder = (): string => resolve(process.env.KAMBOOK_DATA || 'data')

/** Does not tell of what goes on: a command's own answer is what the person asked for. */
const quietly = (_: Text): void => {}

/**
 * Runs `work` on the database of this place: the named server, the one of the running program, else one started for the moment.
 * The database is migrated first, so that a command fits the program it came with.
 */
export const withDatabase = <T>(work: (url: string) => Promise<T>): Promise<T> =>
  onDatabase(async (url) => {
    await migrate(url)
    return work(url)
  })

/** The same on the database as it stands. */
export async function onDatabase<T>(work: (url: string) => Promise<T>): Promise<T> {
  const named = process.env.DATABASE_URL
  if (named) return onServer(named, work)
  const running = await inspectPostgres(dataFolder())
  if (running.url) return onServer(running.url, work)
  const hold = await holdFolder(dataFolder())
  try {
    const postgres = await startPostgres({ dataDir: dataFolder(), log: quietly })
    try {
      return await onServer(postgres.url, work)
    } finally {
      await postgres.stop()
    }
  } finally {
    await hold.release()
  }
}

async function onServer<T>(url: string, work: (url: string) => Promise<T>): Promise<T> {
  await requireServer(url)
  return work(url)
}

/** The same with an open pool, for commands that need no more of the program. */
export const withPool = <T>(work: (db: Database) => Promise<T>): Promise<T> =>
  withDatabase(async (url) => {
    const db = openDatabase(url, { max: 4 })
    try {
      return await work(db)
    } finally {
      await db.close()
    }
  })

const oldestServer = 150_000

/**
 * Makes sure that a server answers and is new enough.
 * @throws StartProblem `database-unreachable`, `database-too-old`
 */
export async function requireServer(url: string): Promise<void> {
  const db = openDatabase(url, { max: 1 })
  try {
    const { rows } = await db.pool.query<{ number: number; version: string }>(
      "select current_setting('server_version_num')::int as number, current_setting('server_version') as version",
    )
    if ((rows[0]?.number ?? 0) < oldestServer)
      throw new StartProblem('database-too-old', {
        zh: `DATABASE_URL 指向 PostgreSQL ${rows[0]?.version}，需要 15 以上`,
        en: `DATABASE_URL points at PostgreSQL ${rows[0]?.version}; 15 or newer is needed`,
      })
    await requireRole(db)
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

/** The program works under a narrow role of its own: it must be there and granted, or the user must be able to make it. */
async function requireRole(db: Database): Promise<void> {
  const { rows } = await db.pool.query<{ name: string; there: boolean; may: boolean; member: boolean }>(
    `select current_user::text as name, there, (select rolsuper or rolcreaterole from pg_roles where rolname = current_user) as may,
      case when there then pg_has_role(current_user, 'kambook_app', 'member') else false end as member
    from (select exists (select from pg_roles where rolname = 'kambook_app') as there) x`,
  )
  const user = rows[0]
  if (!user || user.may || user.member) return
  const orders = `${user.there ? '' : 'create role kambook_app; '}grant kambook_app to "${user.name}";`
  throw new StartProblem('database-role', {
    zh: `用户 ${user.name} 不能建立角色。请数据库管理员执行一次：${orders}`,
    en: `The user ${user.name} may not make roles. Have the database's administrator run once: ${orders}`,
  })
}

/** An address fit to be shown. */
export function withoutPassword(url: string): string {
  if (!URL.canParse(url)) return '(DATABASE_URL)'
  const shown = new URL(url)
  if (shown.password) shown.password = '***'
  return shown.href
}
