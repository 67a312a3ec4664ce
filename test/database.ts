import { createHash, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import pg from 'pg'
import { type Database, openAsAdmin } from '../src/kernel/db/database.ts'
import { migrate, migrationFiles } from '../src/kernel/db/migrate.ts'
import { app, ensureRoles } from '../src/kernel/db/roles.ts'

/** A test's own database: migrated, empty, gone after `drop`. */
export interface TestDatabase {
  readonly url: string
  readonly db: Database
  drop(): Promise<void>
}

/** The server that `npm test` started, else the one a developer keeps running. */
export const testServer = (): string =>
  process.env.KAMBOOK_TEST_SERVER ?? 'postgres://kambook:kambook@127.0.0.1:5499/postgres'

/** Address of another database on the test server. */
export function databaseUrl(name: string): string {
  const url = new URL(testServer())
  url.pathname = `/${name}`
  return url.href
}

/**
 * The same as the running program signs in: a login that owns nothing. Roles belong to the whole server, so that its password is one for
 * all tests.
 */
export async function appUrl(url: string): Promise<string> {
  entry ??= onServer(async (client) => {
    await client.query('select pg_advisory_lock(7198)')
    await ensureRoles(client)
    await client.query(`alter role ${app} login password '${appPassword}'`)
  })
  await entry
  const own = new URL(url)
  own.username = app
  own.password = appPassword
  return own.href
}
const appPassword = 'correct-horse-battery'
let entry: Promise<void> | undefined

/** A new database with every migration applied, copied from a template that is made once per set of migrations. */
export async function freshDatabase(): Promise<TestDatabase> {
  return databaseOf(await migratedTemplate())
}

/** A new database with nothing in it, as a restore needs it. */
export const emptyDatabase = (): Promise<TestDatabase> => databaseOf('template0')

/** A new database copied from a template on the test server. */
export async function databaseOf(template: string): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`
  await onServer((client) => client.query(`create database ${name} template ${template} strategy file_copy`))
  const db = openAsAdmin(databaseUrl(name), { max: 6 })
  return {
    url: databaseUrl(name),
    db,
    async drop() {
      await db.close()
      await onServer((client) => client.query(`drop database if exists ${name} with (force)`))
    },
  }
}

let migrated: Promise<string> | undefined
/** Name of the template that holds every migration and nothing else. */
export const migratedTemplate = (): Promise<string> => {
  migrated ??= template(`template_${migrationsHash()}`, 'template1', migrate)
  return migrated
}

/**
 * A template on the test server, made by `fill` from another one unless it is there already. What goes into it must go into its name: the
 * server of a developer outlives many changes.
 * @returns its name
 */
export async function template(
  name: string,
  from: string,
  fill: (url: string) => Promise<unknown>,
): Promise<string> {
  await onServer(async (client) => {
    // Test files run side by side; one makes the template, the others wait for it.
    await client.query('select pg_advisory_lock(7199)')
    const there = await client.query('select 1 from pg_database where datname = $1', [name])
    if (there.rowCount) return
    const half = `${name}_half`
    await client.query(`drop database if exists ${half} with (force)`)
    await client.query(`create database ${half} template ${from}`)
    await fill(databaseUrl(half))
    await client.query(`alter database ${half} rename to ${name}`)
  })
  return name
}

function migrationsHash(): string {
  const hash = createHash('sha256')
  for (const [name, path] of migrationFiles()) hash.update(name).update(readFileSync(path))
  return hash.digest('hex').slice(0, 16)
}

async function onServer<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: testServer() })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
