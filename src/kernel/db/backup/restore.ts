import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import pg from 'pg'
import copy from 'pg-copy-streams'
import type { Anchor } from '../../audit/verify.ts'
import { Refusal } from '../../refusal.ts'
import { openAsAdmin } from '../database.ts'
import { migrateDatabase, migrationFiles } from '../migrate.ts'
import {
  endOfRows,
  type Foot,
  format,
  type Head,
  type TableFoot,
  type TableHead,
  Tally,
  tablesQuery,
} from './file.ts'
import { Lines } from './lines.ts'

export interface Restored {
  readonly at: string
  readonly tables: number
  readonly rows: number
  /** Up to where both logs were chained when the backup was made. */
  readonly chain: readonly Anchor[]
}

const damaged = (file: string) =>
  new Refusal(422, 'backup-damaged', {
    zh: `${file} 不是完整的 Kambook 备份，什么都没有恢复。换一份备份再试`,
    en: `${file} is not a whole Kambook backup; nothing was restored. Try another one`,
  })

/**
 * Restores a backup into an empty database: tables as they were then, every row's hash compared, then on to this program's tables. All of
 * it stands, or nothing.
 * @throws Refusal 409 `not-empty`; 422 `backup-damaged`, `backup-newer`, `needs-superuser`
 */
export async function restore(url: string, file: string): Promise<Restored> {
  const source = createReadStream(file)
  const unpacked = source.pipe(createGunzip())
  source.on('error', (error) => unpacked.destroy(error))
  try {
    const lines = new Lines(unpacked)
    const head = await headOf(lines, file)
    await prepare(url, head)
    const rows = await fill(url, lines, head, file)
    await forward(url)
    return { at: head.at, tables: head.tables, rows, chain: head.chain ?? [] }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? ''
    if (code.startsWith('Z_') || (error instanceof Error && error.message === 'cut off')) throw damaged(file)
    throw error
  } finally {
    source.destroy()
  }
}

/**
 * Up to where both logs were chained when a backup was made; its rows are not read.
 * @throws Refusal 422 `backup-damaged`, `backup-newer`
 */
export async function anchorsOfBackup(file: string): Promise<readonly Anchor[]> {
  const source = createReadStream(file)
  const unpacked = source.pipe(createGunzip())
  source.on('error', (error) => unpacked.destroy(error))
  try {
    return (await headOf(new Lines(unpacked), file)).chain ?? []
  } catch (error) {
    if (((error as NodeJS.ErrnoException).code ?? '').startsWith('Z_')) throw damaged(file)
    throw error
  } finally {
    source.destroy()
    unpacked.destroy()
  }
}

async function headOf(lines: Lines, file: string): Promise<Head> {
  const head = parsed<Head>(await lines.next())
  if (head?.kambook !== format) throw damaged(file)
  const known = migrationFiles()
  const ahead = head.migrations.filter((name) => !known.has(name))
  if (ahead.length > 0)
    throw new Refusal(422, 'backup-newer', {
      zh: `备份由更新的 Kambook 作成（${ahead.join('、')}）。换用那个版本恢复`,
      en: `A newer Kambook made this backup (${ahead.join(', ')}). Restore it with that version`,
    })
  return head
}

const parsed = <T>(line: string | null): T | null => {
  try {
    return line === null ? null : (JSON.parse(line) as T)
  } catch {
    return null
  }
}

/** Lays out the tables as they were when the backup was made. */
async function prepare(url: string, head: Head): Promise<void> {
  const db = openAsAdmin(url, { max: 2 })
  try {
    const { rows } = await db.pool.query<{ n: number }>(
      "select count(*)::int as n from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace",
    )
    if (rows[0]?.n)
      throw new Refusal(409, 'not-empty', {
        zh: '这里已有数据，没有恢复。恢复到空的地方：KAMBOOK_DATA=新文件夹，或 DATABASE_URL 指向空的数据库',
        en: 'There is data here already; nothing was restored. Restore into an empty place: KAMBOOK_DATA=NEW-FOLDER, or a DATABASE_URL of an empty database',
      })
    await migrateDatabase(db, new Set(head.migrations))
  } finally {
    await db.close()
  }
}

async function forward(url: string): Promise<void> {
  const db = openAsAdmin(url, { max: 2 })
  try {
    await migrateDatabase(db)
  } finally {
    await db.close()
  }
}

async function fill(url: string, lines: Lines, head: Head, file: string): Promise<number> {
  const client = new pg.Client({ connectionString: url, application_name: 'kambook-restore' })
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query('begin')
    await client.query('set local statement_timeout = 0')
    await withoutTriggers(client)
    const there = await client.query<TableHead>(tablesQuery.text)
    const known = new Map(
      there.rows.flatMap((one) => (tablesQuery.wanted(one.table) ? [[one.table, one.columns]] : [])),
    )
    // What migrations put in is in the backup as well.
    await client.query(`truncate ${[...known.keys()].join(', ')}`)
    let rows = 0
    for (let n = 0; n < head.tables; n += 1) rows += await table(client, lines, known, file)
    if (parsed<Foot>(await lines.next())?.rows !== rows) throw damaged(file)
    for (const { name, value } of head.sequences) await client.query('select setval($1, $2)', [name, value])
    await client.query('commit')
    return rows
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    await client.query('drop schema public cascade; create schema public').catch(() => undefined)
    await client.query('drop schema if exists graphile_worker cascade').catch(() => undefined)
    throw error
  } finally {
    await client.end()
  }
}

/** Rows come as they were: no trigger may book, audit or refuse them a second time. */
async function withoutTriggers(client: pg.Client): Promise<void> {
  try {
    await client.query("set local session_replication_role = 'replica'")
  } catch (error) {
    if ((error as { code?: string }).code !== '42501') throw error
    throw new Refusal(422, 'needs-superuser', {
      zh: '没有恢复：DATABASE_URL 的用户要是超级用户。或者用 pg_dump、pg_restore 备份和恢复自己的服务器',
      en: 'Nothing was restored: the user of DATABASE_URL has to be a superuser. Or use pg_dump and pg_restore for a server of your own',
    })
  }
}

/** One table: its rows in, then out again, and both hashes equal the backup's. */
async function table(
  client: pg.Client,
  lines: Lines,
  known: ReadonlyMap<string, readonly string[]>,
  file: string,
): Promise<number> {
  const one = parsed<TableHead>(await lines.next())
  const there = known.get(one?.table ?? '')
  // Names go into statements: only those the database has itself.
  if (!one || !there || !one.columns?.every((column) => there.includes(column))) throw damaged(file)
  const columns = one.columns.join(', ')
  const came = new Tally()
  const counted = async function* () {
    for await (const chunk of lines.until(endOfRows)) {
      came.take(chunk)
      yield chunk
    }
  }
  await pipeline(
    Readable.from(counted()),
    client.query(copy.from(`copy ${one.table} (${columns}) from stdin`)),
  )
  const said = parsed<TableFoot>(await lines.next())
  const stands = new Tally()
  const out = client.query(copy.to(`copy ${one.table} (${columns}) to stdout`))
  for await (const chunk of out as AsyncIterable<Buffer>) stands.take(chunk)
  const [first, second] = [came.result(), stands.result()]
  if (first.sha256 !== said?.sha256 || second.sha256 !== said.sha256 || second.rows !== said.rows)
    throw damaged(file)
  return said.rows
}
