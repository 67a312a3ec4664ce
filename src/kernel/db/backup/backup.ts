import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import type { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import pg from 'pg'
import copy from 'pg-copy-streams'
import { type Anchor, anchorsOf } from '../../audit/verify.ts'
import {
  endOfRows,
  type Foot,
  format,
  type Head,
  sequencesQuery,
  type TableHead,
  Tally,
  tablesQuery,
} from './file.ts'

export interface BackedUp {
  readonly tables: number
  readonly rows: number
  readonly bytes: number
  /** Up to where both logs were chained. */
  readonly chain: readonly Anchor[]
}

/** Writes text and waits while the file is behind. */
const put = (out: Writable, text: string): Promise<void> =>
  new Promise((resolve, reject) => out.write(text, (error) => (error ? reject(error) : resolve())))

/**
 * Writes everything in the database into one file, as of one moment, while the program goes on. The file is there whole or not at all,
 * and only its owner may read it.
 * @throws whatever the disk or the database says; nothing is left behind then
 */
export async function backup(url: string, file: string): Promise<BackedUp> {
  // A name of its own: what a killed backup left is in nobody's way.
  const half = `${file}.${process.pid}.part`
  const client = new pg.Client({ connectionString: url, application_name: 'kambook-backup' })
  client.on('error', () => {})
  await client.connect()
  try {
    // One snapshot for all tables, so that no row refers to one that is missing.
    await client.query('begin isolation level repeatable read read only')
    await client.query('set local statement_timeout = 0')
    const packed = createGzip({ level: 6 })
    const writing = pipeline(packed, createWriteStream(half, { mode: 0o600, flags: 'wx' }))
    const done = await Promise.race([fill(client, packed), writing.then(() => undefined)])
    if (!done) throw new Error('the file was closed before it was whole')
    packed.end()
    await writing
    const handle = await open(half, 'r+')
    const { size } = await handle.stat()
    await handle.sync()
    await handle.close()
    await rename(half, file)
    return { ...done, bytes: size }
  } catch (error) {
    await rm(half, { force: true })
    throw error
  } finally {
    await client.end()
  }
}

async function fill(client: pg.Client, out: Writable): Promise<Omit<BackedUp, 'bytes'>> {
  const all = await client.query<TableHead>(tablesQuery.text)
  const tables = all.rows.filter((one) => tablesQuery.wanted(one.table))
  const applied = await client.query<{ name: string }>('select name from kysely_migration order by name')
  const sequences = await client.query<{ name: string; value: string }>(sequencesQuery)
  const chain = await anchorsOf(client)
  const head: Head = {
    kambook: format,
    at: new Date().toISOString(),
    migrations: applied.rows.map((row) => row.name),
    tables: tables.length,
    sequences: sequences.rows,
    chain,
  }
  await put(out, `${JSON.stringify(head)}\n`)
  let rows = 0
  for (const table of tables) {
    await put(out, `${JSON.stringify(table)}\n`)
    const tally = new Tally()
    const stream = client.query(copy.to(`copy ${table.table} (${table.columns.join(', ')}) to stdout`))
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      tally.take(chunk)
      if (!out.write(chunk)) await once(out, 'drain')
    }
    const foot = tally.result()
    rows += foot.rows
    await put(out, `${endOfRows}\n${JSON.stringify(foot)}\n`)
  }
  const foot: Foot = { end: true, rows }
  await put(out, `${JSON.stringify(foot)}\n`)
  return { tables: tables.length, rows, chain }
}
