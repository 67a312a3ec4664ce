import { readFileSync } from 'node:fs'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { someSales } from '../../test/sales.ts'
import { sampleServer, type TestServer, tokenOf } from '../../test/server.ts'
import { createApp } from '../app.ts'
import type { Ctx } from '../kernel/context.ts'
import { asActor, asOwner } from '../kernel/db/transaction.ts'
import { reachCondition } from '../kernel/records/filter.ts'
import type { Kind } from '../kernel/records/kind.ts'
import { scopeOf } from '../kernel/rights/may.ts'
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
  posts: { post: string; unit: number }[]
}

/** Who holds a second post beside his own. */
const second = [
  ['kam3', 'FIN'],
  ['rep10', 'RGM'],
  ['rgm4', 'KAM'],
] as const

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
  // Some hold two posts: what one of them gives on all rows, the other gives on his own, is the sum of the two and not their product.
  for (const [login, post] of second)
    await ask(`insert into assignment (seat_id, person_id, from_date)
      select (select min(seat_id) from holder where post = '${post}'), person_id, '2017-01-01' from app_user where login = '${login}'`)
  people = await ask<Person>(`select u.login, h.person_id as id, u.id as "userId",
      json_agg(json_build_object('post', h.post, 'unit', h.unit_id) order by h.seat_id) as posts
    from holder h join app_user u on u.person_id = h.person_id group by 1, 2, 3
    having bool_or(h.post not in ('REP', 'RGM', 'BRM', 'KAM')) or u.login in ('rep01', 'rep10', 'rgm1', 'rgm4', 'brm01', 'kam1', 'kam3')
    order by 1`)
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

/** Whether a post that somebody holds in a unit takes him to a row. */
function reached({ post, unit }: Person['posts'][number], holder: number, row: Row): boolean {
  const reach = said.reach[post]
  if (reach === 'all') return true
  if (reach === 'unit') return within(row.unit, unit)
  return reach === 'managed' ? row.manager === holder : [row.owner, row.backup].includes(holder)
}

const governs: Record<string, string> = { 'order-line': 'order', fact: 'order' }
const gives = (post: string, kind: string, verb: string) => has(post, governs[kind] ?? kind, verb)
/** Whether any of somebody's posts gives a verb at all, and whether one gives it everywhere. */
const may = ({ posts }: Pick<Person, 'posts'>, kind: string, verb: string) =>
  posts.some(({ post }) => gives(post, kind, verb))
const everywhere = ({ posts }: Pick<Person, 'posts'>, kind: string, verb: string) =>
  posts.some(({ post }) => gives(post, kind, verb) && said.reach[post] === 'all')
/** Ids that a person may do something to, as the files say: each post takes the verbs it gives as far as it reaches. */
const allowed = ({ id, posts }: Pick<Person, 'id' | 'posts'>, kind: string, ...verbs: string[]): number[] =>
  (rows[kind] as Row[])
    .filter((row) =>
      posts.some((held) => verbs.some((verb) => gives(held.post, kind, verb)) && reached(held, id, row)),
    )
    .map((row) => row.id)
    .sort((a, b) => a - b)

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
    expect(new Set(people.flatMap((one) => one.posts.map(({ post }) => post))).size).toBeGreaterThan(15)
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
      const mayTake = may(person, kind, 'export')
      const made = await server.call(person.login, 'POST', '/api/v1/exports', { kind, format: 'csv' })
      const direct = await server.call(person.login, 'GET', `/api/v1/records/${kind}/export?format=csv`)
      expect([person.login, made.status, direct.status]).toEqual([
        person.login,
        mayTake ? 201 : 403,
        mayTake ? 200 : 403,
      ])
      if (!mayTake) continue
      const seen = new Set(allowed(person, kind, 'read'))
      const count = allowed(person, kind, 'export').filter((id) => seen.has(id)).length
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

describe('Whoever holds two posts does with each row what one of them lets him do', () => {
  const verbs = ['read', 'create', 'update', 'delete', 'import', 'export', 'assign'] as const

  test('every pair of posts, every verb, row by row', async () => {
    const [seats, edition] = await Promise.all([
      ask<{ post: string; seat: number; unit: number }>(
        `select distinct on (post) post, seat_id as seat, unit_id as unit from holder order by post, seat_id`,
      ),
      server.app.kernel.edition(),
    ])
    const single = people.filter((one) => one.posts.length === 1)
    const onePerPost = new Map(single.map((one) => [one.posts[0]?.post as string, one]))
    // Whoever owns and manages rows is asked as each of them.
    for (const login of ['rep01', 'kam1', 'rgm1']) {
      const one = single.find((person) => person.login === login) as Person
      onePerPost.set(one.posts[0]?.post as string, one)
    }
    let apart = 0
    for (const person of onePerPost.values())
      for (const { post, seat, unit } of seats)
        await server.db.kysely
          .transaction()
          .execute(async (tx) => {
            await sql`insert into assignment (seat_id, person_id, from_date) values (${seat}, ${person.id}, '2017-01-01')`.execute(
              tx,
            )
            const begun = await sql<{ can: Record<string, string> }>`select a.can from
              app_act(${person.userId}::int, ${person.id}::int, ${edition.id}::int, ${server.clock.now().toISOString()}::timestamptz, 'zh') a`.execute(
              tx,
            )
            const both = { id: person.id, posts: [...person.posts, { post, unit }] }
            const ctx = { can: begun.rows[0]?.can } as unknown as Ctx
            for (const kind of kinds) {
              const declared = server.app.kernel.registry.kinds.get(kind) as Kind
              const found: Record<string, number[]> = {}
              for (const verb of verbs) {
                const scope = scopeOf(ctx, governs[kind] ?? kind, verb)
                const reach = reachCondition(declared, scope) ?? sql<boolean>`true`
                const { rows: ids } = await sql<{ id: number }>`select r.id from ${sql.table(tables[kind])} r
                  where ${reach} order by r.id`.execute(tx)
                found[verb] = ids.map((one) => one.id)
              }
              const wanted = Object.fromEntries(verbs.map((verb) => [verb, allowed(both, kind, verb)]))
              expect([person.login, post, kind, found]).toEqual([person.login, post, kind, wanted])
              if (found.export?.length && found.read?.length !== found.export.length) apart += 1
            }
            await sql`select set_config('role', 'kambook_app', true)`.execute(tx)
            for (const kind of kinds) {
              const seen = await sql<{
                id: number
              }>`select id from ${sql.table(tables[kind])} order by id`.execute(tx)
              expect([person.login, post, kind, seen.rows.map((one) => one.id)]).toEqual([
                person.login,
                post,
                kind,
                allowed(both, kind, 'read'),
              ])
            }
            throw new Undone()
          })
          .catch((error: unknown) => {
            if (!(error instanceof Undone)) throw error
          })
    expect(apart).toBeGreaterThan(0)
  }, 120_000)
})

/** Nothing of a trial stays. */
class Undone extends Error {}

describe('Whoever may not, changes nothing', () => {
  test.each([
    ['account', { short_name: '简称' }],
    ['order', { city: '示例市' }],
  ] as const)('%s: who may change a row, in the program and in its table', async (kind, change) => {
    for (const person of people) {
      const changes = new Set(allowed(person, kind, 'update'))
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
      const seen = new Set(allowed(person, kind, 'read'))
      // One that he may change, one that he may not, and one that he sees and may not change.
      const some = [
        all.find((one) => changes.has(one)),
        all.find((one) => !changes.has(one)),
        all.find((one) => seen.has(one) && !changes.has(one)),
      ]
      for (const id of new Set(some)) {
        if (id === undefined) continue
        const [row] = await ask<{ rev: number }>(`select rev from ${tables[kind]} where id = ${id}`)
        const before = await held()
        const said = { [Object.keys(change)[0] as string]: `${person.login} ${id}` }
        const answer = await server.call(person.login, 'PATCH', `/api/v1/records/${kind}/${id}`, said, {
          'if-match': `"${row?.rev}"`,
        })
        expect([person.login, id, answer.status === 200]).toEqual([person.login, id, changes.has(id)])
        expect([person.login, id, (await held()) === before]).toEqual([person.login, id, !changes.has(id)])
      }
    }
  })

  test.each(['account', 'order'] as const)('%s: who may make one and take it away again', async (kind) => {
    const region = (await ask<{ id: number }>(`select min(id) as id from unit where level = 'region'`))[0]?.id
    for (const person of people) {
      const code = `${kind}-${person.login}`
      const own = allowed(person, 'account', 'read')[0] ?? 1
      const body =
        kind === 'account'
          ? { code, name: code }
          : { code, account_id: own, ordered_on: '2017-05-05', unit_id: region }
      const before = await held()
      const made = await server.call(person.login, 'POST', `/api/v1/records/${kind}`, body)
      const makes = may(person, kind, 'create')
      // Whose reach is not the whole may make only what lies within it.
      if (!makes || everywhere(person, kind, 'create'))
        expect([person.login, made.status]).toEqual([person.login, makes ? 201 : 403])
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
      if (!may(person, kind, 'delete'))
        expect([person.login, [403, 404].includes(gone.status)]).toEqual([person.login, true])
      expect([person.login, (await held()) === stands]).toEqual([person.login, gone.status !== 204])
      if (made.status === 201 && (!may(person, kind, 'delete') || everywhere(person, kind, 'delete')))
        expect([person.login, gone.status]).toEqual([person.login, may(person, kind, 'delete') ? 204 : 403])
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

    const foreign = (rows.account as Row[]).find(
      (row) => !allowed(rep, 'account', 'read').includes(row.id),
    )?.id
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
