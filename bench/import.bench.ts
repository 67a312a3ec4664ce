import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { writeImport } from '../src/kernel/exchange/jobs.ts'
import { openRun, runById, tryRun, writeRun } from '../src/kernel/exchange/runs.ts'
import { readSheets } from '../src/kernel/exchange/sheet/read.ts'
import { salesFile } from '../test/superstore.ts'
import { as, type House, inHouse, settle } from './house.ts'
import { type Line, workOnce } from './line.ts'
import { someLines, someOrders } from './sales.ts'

const rows = 8_000

/** A sales file is read, tried against the records, written with its accounts, orders, returns and facts, all in one transaction. */
export async function lines(): Promise<Line[]> {
  const file = salesFile({ lines: rows, accounts: 600, faulty: false }).bytes
  const quarter = salesFile({ lines: rows / 4, accounts: 600, faulty: false }).bytes
  const [whole, bare, inserts] = await inHouse(async (house) => {
    const floor = await withClient(house.base.url, (client) =>
      workOnce(house.base.url, () => parseAndCopy(client, file)),
    )
    const value = await imported(house, file)
    return [value, floor, await bareInserts(house.base.url, file)] as const
  })
  const part = await inHouse((house) => imported(house, quarter))
  const small = salesFile({ lines: 500, accounts: 100, faulty: false }).bytes
  const alone = await inHouse((house) => imported(house, small))
  const beside = await inHouse(async (house) => {
    await someOrders(house, 2_000, 40_000)
    await someLines(house, 5)
    await settle(house)
    return imported(house, small)
  })
  return [
    {
      what: `import of ${rows.toLocaleString('en')} rows`,
      value: whole,
      unit: 'ms',
      floor: bare,
      floorWhat: 'parsing the file and COPY of its rows',
    },
    {
      what: `import of ${rows.toLocaleString('en')} rows`,
      value: whole,
      unit: 'ms',
      floor: inserts,
      floorWhat: 'parsing the file and bare inserts into the same tables',
      bar: 2.5,
    },
    {
      what: `import of ${(rows / 4).toLocaleString('en')} -> ${rows.toLocaleString('en')} rows`,
      value: whole,
      unit: 'ms',
      floor: part * 4,
      floorWhat: 'four times the import of a quarter',
      bar: 1.5,
    },
    {
      what: 'import of 500 rows beside 200,000 others',
      value: beside,
      unit: 'ms',
      floor: alone,
      floorWhat: 'the same into an empty database',
      bar: 2,
    },
  ]
}

async function imported(house: House, bytes: Uint8Array): Promise<number> {
  const sup = await as(house, 'sup')
  return workOnce(house.base.url, async () => {
    const id = await sup((ctx) => openRun(ctx, 'sales', 'sales.xls', bytes))
    const asked = await sup(async (ctx) => {
      const { rev, mapping } = await runById(ctx.tx, id)
      await tryRun(ctx, id, { rev, mapping, choices: { basis: 'order' } })
      const run = await runById(ctx.tx, id)
      await writeRun(ctx, id, { rev: run.rev, leaveOutFaulty: false, owners: {} })
      const { userId, personId } = ctx.actor
      return { runId: id, editionId: ctx.edition.id, userId, personId }
    })
    const result = await writeImport(house.kernel, asked)
    if (!result) throw new Error('the import wrote nothing')
  })
}

/** A connection that is open before the work and after it. */
async function withClient<T>(database: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: database })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

async function parseAndCopy(client: pg.Client, bytes: Uint8Array): Promise<void> {
  await client.query('begin')
  for (const [at, sheet] of readSheets(bytes).entries()) {
    const columns = sheet.headings.map((_, column) => `c${column} text`)
    await client.query(`create table copied_${at} (${columns.join(', ')})`)
    const text = sheet.rows.map(
      (row) => `${sheet.headings.map((_, column) => JSON.stringify(String(row[column] ?? ''))).join(',')}\n`,
    )
    await pipeline(
      Readable.from(text),
      client.query(copyFrom(`copy copied_${at} from stdin (format csv, escape '\\')`)),
    )
  }
  await client.query('commit')
}

const written = [
  'account',
  'sales_order',
  'order_line',
  'order_return',
  'sales_fact',
  'sales_month',
  'sales_count',
  'audit',
]

/**
 * What parsing the file and inserting the very rows that an import wrote would take: into tables with the same columns and indexes, without
 * triggers, rules between tables, or rights.
 */
const bareInserts = (database: string, file: Uint8Array): Promise<number> =>
  withClient(database, async (client) => {
    for (const table of written) {
      await client.query(`create table kept_${table} as select * from ${table}`)
      await client.query(`create table bare_${table} (like ${table} including indexes)`)
    }
    return workOnce(database, async () => {
      readSheets(file)
      await client.query('begin')
      for (const table of written) await client.query(`insert into bare_${table} select * from kept_${table}`)
      await client.query('commit')
    })
  })
