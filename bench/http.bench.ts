import { join } from 'node:path'
import { sql } from 'kysely'
import pg from 'pg'
import { tokenOf } from '../test/server.ts'
import { asAdministrator, type House, inHouse, settle } from './house.ts'
import { floorTables, type Reader, readerOf, statements } from './http-floor.ts'
import { type Context, type Line, workTimes, workTimesOf } from './line.ts'
import { started } from './program.ts'
import { someLines, someOrders } from './sales.ts'

/**
 * What a request of a post costs at a real size: 20,000 accounts, 100,000 orders. Processor time of the program, which runs as a process
 * of its own, and of its database, `jit` as shipped; whoever asks is not counted.
 */
export async function lines({ root }: Context): Promise<Line[]> {
  return inHouse(async (house) => {
    await someOrders(house, 20_000, 100_000)
    await aQuarterFound(house)
    await someLines(house, 1)
    await floorTables(house)
    await settle(house)
    const program = await started(
      [join(root, 'dist/server/kambook.js'), 'start', '--port', '0'],
      /(http:\/\/127\.0\.0\.1:\d+)/,
      { DATABASE_URL: house.base.url },
    )
    try {
      const found: Line[] = []
      for (const post of posts)
        found.push(...(await linesOf(house, { pid: program.pid, url: program.said[1] as string }, post)))
      return found
    } finally {
      await program.stop()
    }
  })
}

const posts = [
  { login: 'sup', what: 'head' },
  { login: 'kam1', what: 'manager' },
  { login: 'rep01', what: 'rep' },
] as const
type Post = (typeof posts)[number]

/** A quarter of the orders and of the accounts have a code that one word finds. */
const aQuarterFound = (house: House): Promise<void> =>
  asAdministrator(house, async (tx) => {
    for (const [table, rest] of [
      ['account', 0],
      ['sales_order', 1],
    ] as const) {
      await sql`alter table ${sql.table(table)} disable trigger user`.execute(tx)
      await sql`update ${sql.table(table)} set code = 'QU-' || id where id % 4 = ${rest}`.execute(tx)
      await sql`alter table ${sql.table(table)} enable trigger user`.execute(tx)
    }
  })

interface Program {
  readonly pid: number
  readonly url: string
}

async function linesOf(house: House, { pid, url }: Program, { login, what }: Post): Promise<Line[]> {
  const reader = await readerOf(house, login)
  const authorization = `Bearer ${await tokenOf(house.base.db, login)}`
  const call = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const answer = await fetch(`${url}/api/v1/${path}`, {
      method,
      headers: { authorization, 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const said = await answer.json()
    if (!answer.ok) throw new Error(`${login} ${method} ${path}: ${answer.status} ${JSON.stringify(said)}`)
    return said
  }
  const client = new pg.Client({ connectionString: house.base.url })
  client.on('error', () => {})
  await client.connect()
  try {
    const found: Line[] = []
    for (const work of worksOf(reader, call)) {
      const floors = statements(reader)[work.floor]
      const floor = () => floors(client)
      const [least] = await workTimes(house.base.url, [floor], 6, 12)
      const [value] = await workTimesOf(pid, house.base.url, [work.run], 6, 12)
      found.push({
        what: `${work.what}, ${what}`,
        value: value as number,
        unit: 'ms',
        floor: least as number,
        floorWhat: 'a prepared client, the best index',
        ...(work.bar ? { bar: work.bar } : {}),
        ...(work.beyond
          ? { beyond: typeof work.beyond === 'number' ? work.beyond : work.beyond(least as number) }
          : {}),
      })
    }
    return found
  } finally {
    await client.end()
  }
}

interface Work {
  readonly what: string
  readonly floor: keyof ReturnType<typeof statements>
  readonly bar?: number
  /** Milliseconds that the request may take beyond its floor; a share of it where the floor itself is long. */
  readonly beyond?: number | ((floor: number) => number)
  run(time: number): Promise<unknown>
}

type Call = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<unknown>

const quarter = 'ordered_on.from=2017-10-01&ordered_on.to=2017-12-31'

/** What is asked over HTTP, with its bar: at most half of what a peer took of the same floor. */
function worksOf(reader: Reader, call: Call): Work[] {
  const got = (path: string) => () => call('GET', path)
  let turn = 0
  const edited = async () => {
    const row = (await call('GET', `records/account/${reader.accountId}`)) as { rev: number }
    turn += 1
    return call(
      'PATCH',
      `records/account/${reader.accountId}`,
      { city: `示例市 ${turn}` },
      { 'if-match': `"${row.rev}"` },
    )
  }
  const made = () => {
    turn += 1
    return call('POST', 'records/order', {
      code: `N-${process.pid}-${turn}`,
      account_id: reader.accountId,
      ordered_on: '2015-05-05',
      unit_id: reader.unitId,
    })
  }
  return [
    {
      what: 'read one order',
      floor: 'read',
      bar: 15,
      beyond: 2,
      run: got(`records/order/${reader.orderId}`),
    },
    { what: '50 orders by date', floor: 'byDate', bar: 4.9, beyond: 2, run: got('records/order') },
    {
      what: '50 orders by amount',
      floor: 'byAmount',
      bar: 5.2,
      beyond: 2,
      run: got('records/order?sort=-amount'),
    },
    {
      what: 'count and sum of a quarter',
      floor: 'sums',
      bar: 3.3,
      beyond: 2,
      run: got(`records/order?${quarter}&limit=1&total=1&sums=1`),
    },
    { what: '50 accounts by code', floor: 'accounts', bar: 4.9, beyond: 2, run: got('records/account') },
    ...(reader.all
      ? [{ what: 'create an order', floor: 'create' as const, bar: 13.9, beyond: 2, run: made }]
      : []),
    ...(reader.edits
      ? [{ what: 'read and change an account', floor: 'update' as const, bar: 8.9, beyond: 4, run: edited }]
      : []),
    {
      what: '50 orders of a quarter that a word finds',
      floor: 'searched',
      bar: 4.9,
      beyond: 2,
      run: got('records/order?q=QU'),
    },
    ...(['region', 'rep', 'quarter'] as const).map((by) => ({
      what: `K01 of a year by ${by}`,
      floor: ({ region: 'byRegion', rep: 'byRep', quarter: 'byQuarter' } as const)[by],
      // Twice the floor and what a request costs.
      beyond: (floor: number) => floor + 2,
      run: got(`kpis/parts?kpi=K01&period=2017&scope=company&by=${by}`),
    })),
    { what: 'search that finds a quarter', floor: 'search', bar: 3, run: got('search?q=QU') },
  ]
}
