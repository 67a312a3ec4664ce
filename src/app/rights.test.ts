import { readFileSync } from 'node:fs'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { someSales } from '../../test/sales.ts'
import { sampleServer, type TestServer, tokenOf } from '../../test/server.ts'
import { createApp } from '../app.ts'
import { asActor, asOwner } from '../kernel/db/transaction.ts'
import { listen } from './listen.ts'

// Who may do what is read here from the handbook's files once more, by a reader of its own, and held against what each way in allows.

interface Said {
  reach: Record<string, string>
  kinds: { kind: string; function: string; verbs: Record<string, string[]> }[]
  read: { post: string; kinds: string[] }[]
}
const file = (name: string) => parse(readFileSync(`handbook/${name}.yaml`, 'utf8'))
const said = file('rights') as Said
const matrix = new Map(
  (file('functions') as { id: string; cells: Record<string, string[]> }[]).map((one) => [one.id, one.cells]),
)

/** Whether a post has a verb on a kind of records. */
function has(post: string, kind: string, verb: string): boolean {
  const byPost = verb === 'read' && said.read.some((one) => one.post === post && one.kinds.includes(kind))
  const byDuty = said.kinds.some(
    (one) =>
      one.kind === kind &&
      (matrix.get(one.function)?.[post] ?? []).some((duty) => one.verbs[duty]?.includes(verb)),
  )
  return byPost || byDuty
}

interface Row {
  id: number
  unit: number | null
  owner: number | null
  backup: number | null
  manager: number | null
}
interface Person {
  login: string
  id: number
  userId: number
  post: string
  unit: number
}

let server: TestServer
let people: Person[] = []
let above: Map<number, number | null>
let rows: Record<string, Row[]> = {}

const ask = async <T>(text: string) => (await sql.raw<T>(text).execute(server.db.kysely)).rows

beforeAll(async () => {
  server = await sampleServer()
  await someSales(server.db)
  // Owner, backup and region of the order apart from each other, so that each reach has rows of its own.
  await asOwner(
    server.db,
    async (tx) => {
      await sql`update account a set backup_id = (select person_id from holder where post = 'REP' order by seat_id offset a.id % 18 limit 1)`.execute(
        tx,
      )
      await sql`update account set owner_id = null where id % 7 = 0`.execute(tx)
      await sql`update account set manager_id = null where id % 11 = 0`.execute(tx)
      for (const table of ['sales_order', 'order_line'])
        await sql`update ${sql.table(table)} o set unit_id = (select id from unit where level = 'region' order by id
          offset account_id % 6 limit 1) where account_id % 5 = 0`.execute(tx)
      await sql`select book_sales('order')`.execute(tx)
    },
    { now: server.clock.now() },
  )
  people =
    await ask<Person>(`select distinct on (u.login) u.login, h.person_id as id, u.id as "userId", h.post, h.unit_id as unit
    from holder h join app_user u on u.person_id = h.person_id
    where h.post not in ('REP', 'RGM', 'BRM', 'KAM') or u.login in ('rep01', 'rep10', 'rgm1', 'rgm4', 'brm01', 'kam1', 'kam3')`)
  above = new Map(
    (await ask<{ id: number; parent: number | null }>('select id, parent_id as parent from unit')).map(
      (one) => [one.id, one.parent],
    ),
  )
  const ofAccount = 'join account a on a.id = r.account_id'
  const held = 'a.owner_id as owner, a.backup_id as backup, a.manager_id as manager'
  rows = {
    account: await ask(`select a.id, a.home_unit_id as unit, ${held} from account a`),
    order: await ask(`select r.id, r.unit_id as unit, ${held} from sales_order r ${ofAccount}`),
    'order-line': await ask(`select r.id, r.unit_id as unit, ${held} from order_line r ${ofAccount}`),
    fact: await ask(`select r.id::int, r.unit_id as unit, ${held} from sales_fact r ${ofAccount}`),
  }
}, 120_000)
afterAll(() => server?.close())

const within = (unit: number | null, top: number): boolean =>
  unit !== null && (unit === top || within(above.get(unit) ?? null, top))

function reached(person: Person, row: Row): boolean {
  const reach = said.reach[person.post]
  if (reach === 'all') return true
  if (reach === 'unit') return within(row.unit, person.unit)
  return reach === 'managed' ? row.manager === person.id : [row.owner, row.backup].includes(person.id)
}

const governs: Record<string, string> = { 'order-line': 'order', fact: 'order' }
/** Ids that a person may do something to, as the files say. */
const allowed = (person: Person, kind: string, ...verbs: string[]): number[] =>
  verbs.some((verb) => has(person.post, governs[kind] ?? kind, verb))
    ? (rows[kind] as Row[])
        .filter((row) => reached(person, row))
        .map((row) => row.id)
        .sort((a, b) => a - b)
    : []

const get = async <T>(login: string, path: string) => {
  const answer = await server.call(login, 'GET', `/api/v1/${path}`)
  return { status: answer.status, body: (await answer.json()) as T }
}

interface List {
  items: { id: number }[]
  next: string | null
  total: number
}
async function listed(login: string, kind: string): Promise<{ ids: number[]; total: number }> {
  const ids: number[] = []
  let cursor = ''
  for (;;) {
    const { status, body } = await get<List>(login, `records/${kind}?limit=200&sort=id&total=1${cursor}`)
    if (status === 403) return { ids, total: 0 }
    ids.push(...body.items.map((one) => one.id))
    if (!body.next) return { ids, total: body.total }
    cursor = `&cursor=${body.next}`
  }
}

const tables = { account: 'account', order: 'sales_order', 'order-line': 'order_line' } as const
const kinds = Object.keys(tables) as (keyof typeof tables)[]

/** What a table holds, down to the last letter; the trail, too: whoever is refused leaves nothing. */
const held = async () =>
  JSON.stringify(
    await Promise.all(
      [...Object.values(tables), 'sales_fact', 'sales_month', 'audit', 'export_run'].map((table) =>
        ask(`select count(*), md5(string_agg(t::text, '' order by t::text)) from ${table} t`),
      ),
    ),
  )

describe('Each way in gives what the handbook’s files give, no more and no less', () => {
  test('every post is among those who ask, and every reach has rows within it and rows outside', () => {
    expect(new Set(people.map((one) => one.post)).size).toBeGreaterThan(15)
    for (const login of ['rep01', 'rgm1', 'kam1'])
      for (const kind of kinds) {
        const mine = allowed(people.find((one) => one.login === login) as Person, kind, 'read').length
        expect(mine, `${login} ${kind}`).toBeGreaterThan(0)
        expect(mine, `${login} ${kind}`).toBeLessThan((rows[kind] as Row[]).length)
      }
  })

  test.each(kinds)('%s: list, count and the table itself', async (kind) => {
    for (const person of people) {
      const mine = allowed(person, kind, 'read')
      expect([person.login, await listed(person.login, kind)]).toEqual([
        person.login,
        { ids: mine, total: mine.length },
      ])
      const bare = await asActor(
        server.db,
        { userId: person.userId, personId: person.id },
        { editionId: (await server.app.kernel.edition()).id, now: server.clock.now(), lang: 'zh' },
        async (tx) =>
          (await sql<{ id: number }>`select id from ${sql.table(tables[kind])} order by id`.execute(tx)).rows,
      )
      expect([person.login, bare.map((one) => one.id)]).toEqual([person.login, mine])
    }
  })

  test.each(kinds)('%s: one record, its history and its work', async (kind) => {
    for (const person of people) {
      const mine = new Set(allowed(person, kind, 'read'))
      const all = (rows[kind] as Row[]).map((row) => row.id)
      const some = [all.find((id) => mine.has(id)), all.find((id) => !mine.has(id))]
      for (const id of some.filter((one) => one !== undefined))
        for (const more of ['', '/history', '/work'])
          expect([
            person.login,
            id,
            more,
            (await get(person.login, `records/${kind}/${id}${more}`)).status === 200,
          ]).toEqual([person.login, id, more, mine.has(id)])
    }
  })

  test.each(kinds)('%s: an export, by either door', async (kind) => {
    for (const person of people) {
      const may = has(person.post, governs[kind] ?? kind, 'export')
      const made = await server.call(person.login, 'POST', '/api/v1/exports', { kind, format: 'csv' })
      const direct = await server.call(person.login, 'GET', `/api/v1/records/${kind}/export?format=csv`)
      expect([person.login, made.status, direct.status]).toEqual([
        person.login,
        may ? 201 : 403,
        may ? 200 : 403,
      ])
      if (!may) continue
      const count = allowed(person, kind, 'read').length
      expect([person.login, ((await made.json()) as { rows: number }).rows]).toEqual([person.login, count])
      expect((await direct.text()).trim().split('\r\n')).toHaveLength(count + 1)
    }
  })

  test('values of a field, choices and search tell of nothing else', async () => {
    for (const person of people) {
      const mine = allowed(person, 'account', 'read')
      const values = await get<{ items: { count: number }[] }>(
        person.login,
        'records/account/values?field=industry',
      )
      expect([person.login, values.body.items?.reduce((sum, one) => sum + one.count, 0) ?? 0]).toEqual([
        person.login,
        mine.length,
      ])
      for (const path of ['lookup/account?q=示例客户', 'search?q=示例客户']) {
        const { body } = await get<{ items?: { kind?: string; id: number }[] }>(person.login, path)
        const found = (body.items ?? []).filter((one) => (one.kind ?? 'account') === 'account')
        expect([person.login, path, found.filter((one) => !mine.includes(one.id))]).toEqual([
          person.login,
          path,
          [],
        ])
        expect([person.login, path, found.length > 0]).toEqual([person.login, path, mine.length > 0])
      }
    }
  })

  test('the rows of a figure are read one by one, and counted and summed without reading them', async () => {
    const facts = new Map(
      (
        await ask<{ id: number; amount: string; kind: string; on: string }>(
          'select id::int, amount::text, kind, happened_on::text as on from sales_fact',
        )
      ).map((one) => [one.id, one]),
    )
    for (const person of people) {
      const mine = allowed(person, 'fact', 'read').filter((id) => facts.get(id)?.on.startsWith('2017'))
      const read: { id: number; on: string; account: { id: number } }[] = []
      let cursor = ''
      let whole = { total: -1, value: '' }
      do {
        const { body } = await get<{
          items: typeof read
          next: string | null
          total: number
          sums: { value: { amount: string } }
        }>(person.login, `kpis/rows?kpi=K01&period=2017&basis=order&limit=70${cursor}`)
        read.push(...body.items)
        whole = { total: body.total, value: body.sums.value.amount }
        cursor = body.next ? `&cursor=${body.next}` : ''
      } while (cursor)
      expect([person.login, read.map((one) => one.id).sort((a, b) => a - b)]).toEqual([person.login, mine])
      expect(read).toEqual(
        read.toSorted((a, b) => a.account.id - b.account.id || a.on.localeCompare(b.on) || a.id - b.id),
      )
      const sold = mine.map((id) => facts.get(id)).filter((one) => one?.kind === 'sale')
      expect([person.login, whole.total]).toEqual([person.login, mine.length])
      expect(Number(whole.value)).toBeCloseTo(
        sold.reduce((sum, one) => sum + Number(one?.amount), 0),
        2,
      )
    }
  })
})

describe('Whoever may not, changes nothing', () => {
  test.each([
    ['account', { short_name: '简称' }],
    ['order', { city: '示例市' }],
  ] as const)('%s: who may change a row, in the program and in its table', async (kind, change) => {
    for (const person of people) {
      const may = new Set(allowed(person, kind, 'update'))
      const inTable = allowed(person, kind, 'update', 'import')
      const written = await asActor(
        server.db,
        { userId: person.userId, personId: person.id },
        { editionId: (await server.app.kernel.edition()).id, now: server.clock.now(), lang: 'zh' },
        async (tx) => {
          const { rows: ids } = await sql<{
            id: number
          }>`update ${sql.table(tables[kind])} set rev = rev returning id`.execute(tx)
          await sql`rollback`.execute(tx)
          return ids.map((one) => one.id).sort((a, b) => a - b)
        },
      )
      expect([person.login, written]).toEqual([person.login, inTable])
      const all = (rows[kind] as Row[]).map((row) => row.id)
      for (const id of [all.find((one) => may.has(one)), all.find((one) => !may.has(one))]) {
        if (id === undefined) continue
        const [row] = await ask<{ rev: number }>(`select rev from ${tables[kind]} where id = ${id}`)
        const before = await held()
        const said = { [Object.keys(change)[0] as string]: `${person.login} ${id}` }
        const answer = await server.call(person.login, 'PATCH', `/api/v1/records/${kind}/${id}`, said, {
          'if-match': `"${row?.rev}"`,
        })
        expect([person.login, id, answer.status === 200]).toEqual([person.login, id, may.has(id)])
        expect([person.login, id, (await held()) === before]).toEqual([person.login, id, !may.has(id)])
      }
    }
  })

  test.each(['account', 'order'] as const)('%s: who may make one and take it away again', async (kind) => {
    const region = (await ask<{ id: number }>(`select min(id) as id from unit where level = 'region'`))[0]?.id
    for (const person of people) {
      const code = `${kind}-${person.login}`
      const own = rows.account?.find((row) => reached(person, row))?.id ?? 1
      const body =
        kind === 'account'
          ? { code, name: code }
          : { code, account_id: own, ordered_on: '2017-05-05', unit_id: region }
      const before = await held()
      const made = await server.call(person.login, 'POST', `/api/v1/records/${kind}`, body)
      const may = has(person.post, kind, 'create')
      // Whose reach is not the whole may make only what lies within it.
      if (!may || said.reach[person.post] === 'all')
        expect([person.login, made.status]).toEqual([person.login, may ? 201 : 403])
      expect([person.login, (await held()) === before]).toEqual([person.login, made.status !== 201])
      const [row] = await ask<{ id: number; rev: number }>(
        `select id, rev from ${tables[kind]} order by id desc limit 1`,
      )
      const stands = await held()
      const gone = await server.call(
        person.login,
        'DELETE',
        `/api/v1/records/${kind}/${row?.id}`,
        undefined,
        {
          'if-match': `"${row?.rev}"`,
        },
      )
      if (!has(person.post, kind, 'delete'))
        expect([person.login, [403, 404].includes(gone.status)]).toEqual([person.login, true])
      expect([person.login, (await held()) === stands]).toEqual([person.login, gone.status !== 204])
      if (made.status === 201 && said.reach[person.post] === 'all')
        expect([person.login, gone.status]).toEqual([
          person.login,
          has(person.post, kind, 'delete') ? 204 : 403,
        ])
    }
  })
})

test('What is taken from somebody is gone at his next request, at every node of the program', async () => {
  const second = await createApp({ databaseUrl: server.databaseUrl, clock: server.clock })
  const other = await listen(second)
  try {
    const asked = async (url: string, token: string) => {
      const answer = await fetch(`${url}/api/v1/records/account?limit=1&total=1`, {
        headers: { authorization: `Bearer ${token}` },
      })
      return [answer.status, ((await answer.json()) as { total?: number }).total ?? 0]
    }
    const everywhere = async (token: string) => [
      await asked(server.url, token),
      await asked(other.url, token),
    ]
    const twice = (one: unknown) => [one, one]
    const rep = people.find((one) => one.login === 'rep01') as Person
    const token = await tokenOf(server.db, 'rep01')
    const mine = allowed(rep, 'account', 'read').length
    expect(await everywhere(token)).toEqual(twice([200, mine]))

    const foreign = (rows.account as Row[]).find((row) => !reached(rep, row))?.id
    await ask(`update account set owner_id = ${rep.id} where id = ${foreign}`)
    expect(await everywhere(token)).toEqual(twice([200, mine + 1]))
    await ask(`update account set owner_id = null where id = ${foreign}`)
    expect(await everywhere(token)).toEqual(twice([200, mine]))

    await ask(`update assignment set to_date = '2018-01-01' where person_id = ${rep.id}`)
    expect(await everywhere(token)).toEqual(twice([403, 0]))

    const manager = await tokenOf(server.db, 'kam1')
    expect((await everywhere(manager)).map(([status]) => status)).toEqual([200, 200])
    await ask(`update app_user set disabled_at = now() where login = 'kam1'`)
    expect((await everywhere(manager)).map(([status]) => status)).toEqual([401, 401])

    const head = await tokenOf(server.db, 'sup')
    expect((await everywhere(head)).map(([status]) => status)).toEqual([200, 200])
    await ask(`delete from auth_session where user_id = (select id from app_user where login = 'sup')`)
    expect((await everywhere(head)).map(([status]) => status)).toEqual([401, 401])
  } finally {
    await other.close()
    await second.close()
  }
})
