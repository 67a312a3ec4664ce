import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { emptyDatabase, type TestDatabase } from '../../../../test/database.ts'
import { acting, sampleKernel } from '../../../../test/people.ts'
import { someSales } from '../../../../test/sales.ts'
import { sampleDatabase } from '../../../../test/sample-database.ts'
import { registry } from '../../../app/registry.ts'
import { chainRows } from '../../audit/chain.ts'
import { type Anchor, verifyLogs } from '../../audit/verify.ts'
import { standingClock } from '../../clock.ts'
import type { Kernel } from '../../context.ts'
import { effectiveEditions } from '../../handbook/effective.ts'
import type { Kind } from '../../records/kind.ts'
import { syncPolicies } from '../../records/policies.ts'
import { listRecords } from '../../records/read.ts'
import { startCase } from '../../workflow/start.ts'
import { backup } from './backup.ts'
import { Lines } from './lines.ts'
import { anchorsOfBackup, restore } from './restore.ts'

const clock = standingClock('2018-01-02T02:00:00Z')
const folder = mkdtempSync(join(tmpdir(), 'kambook-backup-'))
const file = join(folder, 'all.backup')
let base: TestDatabase
const more: TestDatabase[] = []

beforeAll(async () => {
  base = await sampleDatabase()
  const kernel = sampleKernel(base.db, clock)
  await someSales(base.db)
  await acting(kernel, 'sup', (ctx) => startCase(ctx, { workflow: 'PLAN', input: { year: 2018 } }))
  // Texts that a format of lines could stumble over.
  await sql`update account set short_name = E'\\\\.', industry = E'a\\nb\\tc\\\\.\\n' where id = 1`.execute(
    base.db.kysely,
  )
}, 120_000)
afterAll(async () => {
  for (const one of [base, ...more]) await one?.drop()
  rmSync(folder, { recursive: true, force: true })
})

async function empty(): Promise<TestDatabase> {
  const made = await emptyDatabase()
  more.push(made)
  return made
}

const sampleKernelOn = ({ db }: TestDatabase): Kernel => ({
  db,
  clock,
  registry,
  edition: () => effectiveEditions({ db, clock, registry }).current(),
})
const kindOf = (id: string): Kind => registry.kinds.get(id) as Kind
const trail = async ({ db }: TestDatabase): Promise<number> =>
  (await sql<{ n: number }>`select count(*)::int as n from audit`.execute(db.kysely)).rows[0]?.n ?? 0

/** Count and hash of every table's rows, as another tool than the backup sees them. */
async function hashes({ db }: TestDatabase): Promise<Record<string, string>> {
  const { rows } = await sql<{ name: string }>`select c.oid::regclass::text as name from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    where relkind = 'r' and n.nspname in ('public', 'graphile_worker') and relname not in ('kysely_migration', 'declaration_stamp', 'log_floor', 'migrations')`.execute(
    db.kysely,
  )
  const found: Record<string, string> = {}
  for (const { name } of rows) {
    const one = await sql<{
      hash: string
    }>`select count(*) || ' ' || coalesce(md5(string_agg(r, '|' order by r)), '') as hash
      from (select t::text as r from ${sql.raw(name)} t) x`.execute(db.kysely)
    found[name] = one.rows[0]?.hash ?? ''
  }
  return found
}

describe('A backup', () => {
  test('is restored row by row, and the restored database goes on working', async () => {
    const made = await backup(base.url, file)
    expect(made.rows).toBeGreaterThan(1000)
    expect(statSync(file).mode & 0o077).toBe(0)
    const copy = await empty()
    expect(await restore(copy.url, file)).toMatchObject({ rows: made.rows, tables: made.tables })
    expect(await hashes(copy)).toEqual(await hashes(base))
    // Row security is written anew, the next number does not meet an old one, and triggers are on again.
    expect(await syncPolicies(copy.db, registry)).toBe(true)
    const kernel = sampleKernelOn(copy)
    const [all, own] = await Promise.all(
      ['sup', 'rep01'].map((login) =>
        acting(kernel, login, (ctx) =>
          listRecords(ctx, kindOf('account'), { limit: 200 }).then((list) => list.items.length),
        ),
      ),
    )
    expect(own).toBeGreaterThan(0)
    expect(own as number).toBeLessThan(all as number)
    const before = await trail(copy)
    await sql`insert into account (code, name) values ('AFTER', '恢复之后')`.execute(copy.db.kysely)
    expect(await trail(copy)).toBe(before + 1)
  }, 120_000)

  test('knows up to where both logs were chained, and the chain goes on in the restored database', async () => {
    const settled = async (one: TestDatabase) => {
      await expect
        .poll(
          async () => {
            await chainRows(one.db.heavy)
            return (await states(one)).map(({ waiting }) => waiting)
          },
          { timeout: 20_000 },
        )
        .toEqual([0, 0])
      return states(one)
    }
    const states = async (one: TestDatabase, anchors: readonly Anchor[] = []) => {
      const client = await one.db.pool.connect()
      try {
        return await verifyLogs(client, { whole: true, anchors })
      } finally {
        client.release()
      }
    }
    const before = await settled(base)
    expect(before[0]?.links).toBeGreaterThan(10)
    const chained = join(folder, 'chained.backup')
    const made = await backup(base.url, chained)
    const known = await anchorsOfBackup(chained)
    expect(known).toEqual(made.chain)
    expect(known).toMatchObject([{ log: 'audit', seq: before[0]?.links }])
    const copy = await empty()
    expect((await restore(copy.url, chained)).chain).toEqual(known)
    await sql`insert into account (code, name) values ('CHAINED', '恢复之后')`.execute(copy.db.kysely)
    const after = await settled(copy)
    expect(after.map(({ faults }) => faults)).toEqual([[], []])
    expect(after[0]?.links).toBe((before[0]?.links ?? 0) + 1)
    expect((await states(copy, known)).flatMap(({ faults }) => faults)).toEqual([])
  }, 120_000)

  test('of a moment: what is written while it runs is in it whole or not at all', async () => {
    let going = true
    let pairs = 0
    const writer = (async () => {
      while (going) {
        pairs += 1
        await base.db.kysely.transaction().execute(async (tx) => {
          await sql`insert into account (code, name) values (${`PAIR-${pairs}-A`}, 'x')`.execute(tx)
          await sql`insert into account (code, name) values (${`PAIR-${pairs}-B`}, 'x')`.execute(tx)
        })
      }
    })()
    const during = join(folder, 'during.backup')
    await backup(base.url, during)
    going = false
    await writer
    const copy = await empty()
    await restore(copy.url, during)
    const { rows } = await sql<{ odd: number; trail: number; accounts: number }>`select
      (select count(*)::int from (select split_part(code, '-', 2) from account where code like 'PAIR-%' group by 1 having count(*) <> 2) x) as odd,
      (select count(*)::int from audit where kind = 'account' and action = 'create') as trail,
      (select count(*)::int from account) as accounts`.execute(copy.db.kysely)
    expect(rows[0]).toEqual({ odd: 0, trail: rows[0]?.accounts, accounts: rows[0]?.accounts })
  }, 120_000)

  test('is not restored over data, cut off, changed, or made by a newer program; the place stays empty', async () => {
    await expect(restore(base.url, file)).rejects.toMatchObject({ code: 'not-empty' })
    const whole = readFileSync(file)
    const text = gunzipSync(whole).toString('latin1')
    const spoilt: [string, Buffer, string][] = [
      ['cut', whole.subarray(0, whole.length - 200), 'backup-damaged'],
      ['short', gzipSync(Buffer.from(text.slice(0, text.lastIndexOf('\\\\.')), 'latin1')), 'backup-damaged'],
      [
        'changed',
        gzipSync(Buffer.from(text.replace('O-1-2016-1', 'O-1-2016-X'), 'latin1')),
        'backup-damaged',
      ],
      ['other', Buffer.from('something else'), 'backup-damaged'],
      ['newer', gzipSync(Buffer.from(text.replace('0001_ground', '9999_later'), 'latin1')), 'backup-newer'],
    ]
    const place = await empty()
    for (const [name, bytes, code] of spoilt) {
      const path = join(folder, `${name}.backup`)
      writeFileSync(path, bytes)
      await expect(restore(place.url, path), name).rejects.toMatchObject({ code })
    }
    await restore(place.url, file)
    expect((await hashes(place)).edition).toBe((await hashes(base)).edition)
  }, 120_000)
})

test('Lines come out whole wherever the stream is cut', async () => {
  const rows = ['1', '', 'ab\\\\.', '\\\\.x', '北京', '.', '\\\\']
  const bytes = Buffer.from(`head\n${rows.map((row) => `${row}\n`).join('')}\\.\nfoot\n`)
  for (let size = 1; size <= bytes.length; size += 1) {
    const chunks = async function* () {
      for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
    }
    const lines = new Lines(chunks())
    expect(await lines.next()).toBe('head')
    const read: Buffer[] = []
    for await (const chunk of lines.until('\\.')) read.push(chunk)
    expect(Buffer.concat(read).toString()).toBe(rows.map((row) => `${row}\n`).join(''))
    expect([await lines.next(), await lines.next()]).toEqual(['foot', null])
  }
})
