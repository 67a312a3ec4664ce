import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { type Migration, Migrator, sql } from 'kysely'
import { migrateQueue } from '../jobs/jobs.ts'
import { Refusal } from '../refusal.ts'
import { packageRoot } from '../root.ts'
import { type Database, openAsAdmin, openDatabase } from './database.ts'
import { ensureRoles, mayAdminister, settleOwners } from './roles.ts'

/** Every `src/**\/migrations/NNNN_name.sql`, by number over all rooms: a module's tables may build on the kernel's. */
export function migrationFiles(root = join(packageRoot(), 'src')): Map<string, string> {
  const found = (readdirSync(root, { recursive: true }) as string[])
    .filter((path) => /[\\/]migrations[\\/]\d{4}_[a-z0-9_]+\.sql$/.test(path))
    .sort((a, b) => basename(a).localeCompare(basename(b)))
  const files = new Map<string, string>()
  for (const path of found) {
    const name = basename(path, '.sql')
    const twin = [...files.keys()].find((other) => other.slice(0, 4) === name.slice(0, 4))
    if (twin) throw new Error(`two migrations bear the number ${name.slice(0, 4)}: ${twin} and ${name}`)
    files.set(name, join(root, path))
  }
  return files
}

/**
 * Brings a database forward to this program; each migration is one transaction, so that a killed start resumes.
 * `only` stops at those migrations: a restore lays out the tables as they were. Afterwards everything belongs to the role it should.
 * @param db an administrator's lanes (`openAsAdmin`)
 * Refuses (`database-newer`) a database that a newer program has already moved on.
 */
export async function migrateDatabase(db: Database, only?: ReadonlySet<string>): Promise<string[]> {
  const files = migrationFiles()
  const known = await appliedMigrations(db)
  const ahead = known.filter((name) => !files.has(name))
  if (ahead.length > 0)
    throw new Refusal(500, 'database-newer', {
      zh: `数据库已由更新的版本升级（${ahead.join('、')}）。换用那个版本启动，或者恢复升级前的备份`,
      en: `A newer version has already upgraded this database (${ahead.join(', ')}). Start that version, or restore the backup made before the upgrade`,
    })
  await ensureRoles(db.heavy.pool)
  await migrateQueue(db)
  const migrations: Record<string, Migration> = {}
  for (const [name, path] of files)
    if (!only || only.has(name))
      migrations[name] = {
        up: (step) =>
          sql
            .raw(readFileSync(path, 'utf8'))
            .execute(step)
            .then(() => {}),
      }
  const migrator = new Migrator({
    // A migration may rewrite a large table: it has the time of a job.
    db: db.heavy.kysely,
    provider: { getMigrations: () => Promise.resolve(migrations) },
    allowUnorderedMigrations: true,
  })
  const { error, results } = await migrator.migrateToLatest()
  if (error) throw error
  await settleOwners(db.heavy.pool)
  return (results ?? []).map((result) => result.migrationName)
}

/** Migrations of this program that the database does not have yet. */
export async function waitingMigrations(db: Database): Promise<string[]> {
  // The files do not change while a program runs; a supervisor asks every few seconds.
  ours ??= migrationFiles()
  const applied = new Set(await appliedMigrations(db))
  return [...ours.keys()].filter((name) => !applied.has(name))
}
let ours: Map<string, string> | undefined

async function appliedMigrations(db: Database): Promise<string[]> {
  const { rows } = await sql<{
    there: boolean
  }>`select to_regclass('kysely_migration') is not null as there`.execute(db.door.kysely)
  if (!rows[0]?.there) return []
  const applied = await sql<{
    name: string
  }>`select name from kysely_migration`.execute(db.door.kysely)
  return applied.rows.map((row) => row.name)
}

/**
 * Brings the database at `url` forward and closes the connection again.
 * @throws Refusal `admin-needed` when something waits and whoever signs in may not change tables
 */
export async function migrate(url: string): Promise<void> {
  const db = openAsAdmin(url, { max: 2 })
  try {
    if (await mayAdminister(db.pool)) await migrateDatabase(db)
    else await requireForward(url)
  } finally {
    await db.close()
  }
}

async function requireForward(url: string): Promise<void> {
  const db = openDatabase(url, { max: 1 })
  try {
    if ((await waitingMigrations(db)).length > 0) throw adminNeeded()
  } finally {
    await db.close()
  }
}

/** Tables have to be changed, and the login that the program works with may not do so. */
export const adminNeeded = (): Refusal =>
  new Refusal(500, 'admin-needed', {
    zh: '这个版本要修改数据库结构，而 DATABASE_URL 的用户没有这个权限。启动时用 KAMBOOK_ADMIN_URL 给出管理员的地址',
    en: 'This version has to change the database’s tables, and the user of DATABASE_URL may not. Start with an administrator’s address in KAMBOOK_ADMIN_URL',
  })
