import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { someSales } from '../../test/sales.ts'
import { sampleServer, type TestServer } from '../../test/server.ts'
import { loadEdition, readEditionFolder } from '../handbook/load.ts'
import type { Edition } from '../handbook/model.ts'
import { trailsOf } from '../kernel/audit/trail.ts'
import type { Field } from '../kernel/records/kind.ts'
import { pascal } from '../kernel/records/schema.ts'
import type { KindMeta } from '../kernel/records/wire.ts'
import { registry } from './registry.ts'
import { routes } from './routes.ts'

// Walks whatever there is: a new kind, route, step, form, KPI or post is covered without a new test.

let server: TestServer
const edition = (await loadEdition(await readEditionFolder('handbook'))).edition as Edition

beforeAll(async () => {
  server = await sampleServer()
  await someSales(server.db)
}, 120_000)
afterAll(() => server?.close())

const filled = (path: string) => path.replaceAll(/\{\w+\}/g, '999999999')
const name = (one: (typeof routes)[number]) => `${one.base.method.toUpperCase()} ${one.base.path}`
const both = (text: { zh: string; en: string }) => text.zh.trim() !== '' && text.en.trim() !== ''

interface Problem {
  code: string
  text: { zh: string; en: string }
  faults?: { path: string }[]
}

/** A value of the field that it does not have yet. */
function otherValue(field: Field, value: unknown): unknown {
  if (field.type === 'date') return value === '2015-03-04' ? '2015-03-05' : '2015-03-04'
  if (field.type === 'boolean') return value !== true
  if (field.type === 'choice') return field.options?.find((option) => option.id !== value)?.id
  if (field.type === 'text' || field.type === 'longtext') return `${value ?? ''}-2`.slice(-(field.max ?? 200))
  throw new Error(`say here what another ${field.type} would be`)
}

describe('Every route', () => {
  test('has its own address', () => {
    const names = routes.map(name)
    expect(names.filter((one, index) => names.indexOf(one) !== index)).toEqual([])
  })

  test.each(routes.map((one) => [name(one), one] as const))(
    '%s says what it does in both languages',
    (_, one) => {
      expect(both(one.base.summary)).toBe(true)
      if (one.base.access.who === 'anyone') expect(one.base.access.because.length).toBeGreaterThan(10)
    },
  )

  test.each(routes.filter((one) => !one.open).map((one) => [name(one), one] as const))(
    '%s asks who is there',
    async (_, one) => {
      const answer = await server.call(null, one.base.method.toUpperCase(), filled(one.base.path))
      expect(answer.status).toBe(401)
      expect(answer.headers.get('content-type')).toMatch(/problem\+json/)
      expect(await answer.json()).toMatchObject({ code: 'signed-out' })
    },
  )

  // A finance manager's assistant of nothing: legal counsel holds no right on any record kind or part of the program.
  test.each(
    routes
      .filter(({ base }) => base.access.who === 'right' || base.access.who === 'system')
      .map((one) => [name(one), one] as const),
  )('%s refuses a post without the right, and says why', async (_, one) => {
    const { base } = one
    const body = base.json ? {} : base.body === 'bytes' ? new Uint8Array() : undefined
    const answer = await server.call('sea', base.method.toUpperCase(), filled(base.path), body)
    expect([403, 404, 422]).toContain(answer.status)
    const problem = (await answer.json()) as { code: string; text: { zh: string; en: string } }
    expect(both(problem.text)).toBe(true)
    expect(problem.code).not.toBe('defect')
  })

  test.each(
    routes
      .filter(({ base }) => base.method !== 'get' && !base.path.endsWith('/setup'))
      .map((one) => [name(one), one] as const),
  )('%s refuses a page of another site', async (_, one) => {
    const answer = await fetch(server.url + filled(one.base.path), {
      method: one.base.method.toUpperCase(),
      headers: {
        cookie: `kambook_session=${'x'.repeat(43)}`,
        origin: 'https://elsewhere.example',
        'sec-fetch-site': 'cross-site',
      },
      body: '{}',
    })
    expect(answer.status).toBe(403)
    expect(await answer.json()).toMatchObject({ code: 'foreign-origin' })
  })

  test.each(
    routes
      .filter(
        ({ base }) => base.path.includes('{id}') && base.method === 'get' && !base.path.includes('editions'),
      )
      .map((one) => [name(one), one] as const),
  )('%s gives one answer for "not there" and "not yours"', async (_, one) => {
    const login = one.base.access.who === 'system' ? 'adm' : 'sup'
    const answer = await server.call(login, 'GET', filled(one.base.path))
    expect(answer.status).toBe(404)
    expect(await answer.json()).toMatchObject({ code: 'not-found' })
  })

  test('stands in the OpenAPI document with its concrete path', async () => {
    const document = (await (await server.call(null, 'GET', '/api/openapi.json')).json()) as {
      paths: Record<string, Record<string, unknown>>
    }
    for (const { base } of routes) expect(document.paths[base.path]?.[base.method], base.path).toBeTruthy()
  })

  test('bears the headers that keep other sites out', async () => {
    const answer = await server.call(null, 'GET', '/health/ready')
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-security-policy')).toMatch(/default-src 'self'/)
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })
})

describe('Every record kind', () => {
  const kinds = [...registry.kinds.values()]
  test.each(kinds.map((kind) => [kind.id, kind] as const))(
    '%s is named in both languages, field by field',
    (_, kind) => {
      expect(both(kind.label) && both(kind.plural)).toBe(true)
      for (const [id, field] of Object.entries(kind.fields)) expect(both(field.label), id).toBe(true)
    },
  )

  test.each(kinds.map((kind) => [kind.id, kind] as const))(
    '%s lists, counts, pages on, filters and opens',
    async (_, kind) => {
      const path = `/api/v1/records/${kind.id}`
      const first = await server.call('sup', 'GET', `${path}?limit=5&total=1`)
      expect(first.status).toBe(200)
      const list = (await first.json()) as { items: { id: number }[]; next: string | null; total: number }
      expect(list.items).toHaveLength(5)
      expect(list.total).toBeGreaterThan(5)
      const second = (await (
        await server.call('sup', 'GET', `${path}?limit=5&cursor=${list.next}`)
      ).json()) as typeof list
      expect(new Set([...list.items, ...second.items].map((row) => row.id)).size).toBe(10)
      const opened = await server.call('sup', 'GET', `${path}/${list.items[0]?.id}`)
      expect(opened.status).toBe(200)
      expect(await opened.json()).toHaveProperty('may')
      for (const more of ['history', 'work'])
        expect((await server.call('sup', 'GET', `${path}/${list.items[0]?.id}/${more}`)).status, more).toBe(
          200,
        )
      expect((await server.call('sup', 'GET', `${path}?nonsense=1`)).status).toBe(422)
    },
  )

  test.each(kinds.map((kind) => [kind.id] as const))(
    '%s is sorted by every column that says so and filtered by every one it names, counted ones among them',
    async (id) => {
      const { kinds: told } = (await (await server.call('sup', 'GET', '/api/v1/meta')).json()) as {
        kinds: KindMeta[]
      }
      const meta = told.find((one) => one.id === id) as KindMeta
      const document = (await (await server.call(null, 'GET', '/api/openapi.json')).json()) as {
        paths: Record<string, { get: { parameters: { name: string }[] } }>
      }
      const path = `/api/v1/records/${id}`
      const parameters = document.paths[path]?.get.parameters.map((one) => one.name)
      for (const field of meta.fields.filter((one) => one.sortable))
        for (const sort of [field.id, `-${field.id}`]) {
          const ids: number[] = []
          let cursor: string | null = ''
          for (let page = 0; page < 2; page += 1) {
            const answer = await server.call(
              'sup',
              'GET',
              `${path}?limit=5&sort=${sort}${cursor ? `&cursor=${cursor}` : ''}`,
            )
            expect(answer.status, sort).toBe(200)
            const list = (await answer.json()) as { items: { id: number }[]; next: string | null }
            ids.push(...list.items.map((row) => row.id))
            cursor = list.next
          }
          expect(new Set(ids).size, sort).toBe(10)
        }
      for (const name of meta.list.filters) {
        expect(parameters, name).toContain(`${name}.empty`)
        const totals = await Promise.all(
          ['0', '1'].map(async (empty) => {
            const answer = await server.call('sup', 'GET', `${path}?limit=1&total=1&${name}.empty=${empty}`)
            expect(answer.status, name).toBe(200)
            return ((await answer.json()) as { total: number }).total
          }),
        )
        const all = (await (await server.call('sup', 'GET', `${path}?limit=1&total=1`)).json()) as {
          total: number
        }
        expect((totals[0] as number) + (totals[1] as number), name).toBe(all.total)
      }
    },
  )

  test.each(kinds.map((kind) => [kind.id, kind] as const))(
    '%s shows a rep his rows only, and tells nobody of the others',
    async (_, kind) => {
      const path = `/api/v1/records/${kind.id}`
      const count = async (login: string) =>
        ((await (await server.call(login, 'GET', `${path}?limit=1&total=1`)).json()) as { total: number })
          .total
      expect(await count('rep01')).toBeLessThan(await count('sup'))
      const all = (await (await server.call('sup', 'GET', `${path}?limit=200&sort=-id`)).json()) as {
        items: { id: number }[]
      }
      const own = (await (
        await server.call('rep01', 'GET', `${path}?limit=200&sort=-id`)
      ).json()) as typeof all
      const foreign = all.items.find((row) => !own.items.some((mine) => mine.id === row.id))
      const answer = await server.call('rep01', 'GET', `${path}/${foreign?.id}`)
      expect(answer.status).toBe(404)
      expect(await answer.json()).toMatchObject({ code: 'not-found' })
    },
  )

  test.each(kinds.map((kind) => [kind.id, kind] as const))(
    '%s keeps what is fixed once it exists, whichever way it is written, and says which field that is',
    async (_, kind) => {
      const path = `/api/v1/records/${kind.id}`
      const { items } = (await (await server.call('sup', 'GET', `${path}?limit=1`)).json()) as {
        items: Record<string, unknown>[]
      }
      const row = items[0] as Record<string, unknown>
      const document = (await (await server.call(null, 'GET', '/api/openapi.json')).json()) as {
        paths: Record<string, unknown>
        components: { schemas: Record<string, { properties: Record<string, Record<string, unknown>> }> }
      }
      for (const [id, field] of Object.entries(kind.fields)) {
        const described = document.components.schemas[`${pascal(kind.id)}Change`]?.properties[id]
        if (!kind.partOf) expect(described?.['x-settled'] ?? false, id).toBe(field.settled ?? false)
        if (!field.settled) continue
        const other = otherValue(field, row[id])
        await expect(
          sql`update ${sql.table(kind.table)} set ${sql.ref(id)} = ${other} where id = ${row.id}`.execute(
            server.db.kysely,
          ),
          id,
        ).rejects.toMatchObject({ code: 'KB001' })
        if (kind.partOf) continue
        const rev = { 'if-match': `"${row.rev}"` }
        const refused = await server.call('sup', 'PATCH', `${path}/${row.id}`, { [id]: other }, rev)
        const problem = (await refused.json()) as Problem
        expect([refused.status, problem.code, problem.faults?.map((one) => one.path)]).toEqual([
          422,
          'settled',
          [id],
        ])
        expect(problem.text.zh).toContain(field.label.zh)
        expect(problem.text.en).toContain(field.label.en)
        const same = await server.call('sup', 'PATCH', `${path}/${row.id}`, { [id]: row[id] }, rev)
        expect(same.status, id).toBe(200)
        expect(await same.json()).toMatchObject({ [id]: row[id], rev: row.rev })
      }
    },
  )

  test.each(kinds.map((kind) => [kind.id, kind] as const))('%s can be brought in by a file', (_, kind) => {
    const importers = [...registry.importers.values()]
    const id = kind.partOf?.kind ?? kind.id
    expect(importers.filter((one) => one.kinds.includes(id)).map((one) => one.id)).not.toEqual([])
  })

  test.each(kinds.map((kind) => [kind.id, kind] as const))(
    '%s goes out to Excel and CSV',
    async (_, kind) => {
      const path = `/api/v1/records/${kind.id}/export`
      const sheet = await server.call('sup', 'GET', `${path}?format=xlsx`)
      expect([sheet.status, sheet.headers.get('content-type')]).toEqual([
        200,
        'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      ])
      expect(new TextDecoder().decode((await sheet.arrayBuffer()).slice(0, 2))).toBe('PK')
      const text = await (await server.call('sup', 'GET', `${path}?format=csv`)).text()
      expect(text).toContain(kind.fields[kind.title]?.label.zh)
    },
  )

  test('is fenced in the database: no table is open to requests without row security', async () => {
    const { rows } = await sql<{ table: string }>`select c.relname as table from pg_class c
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and not (c.relrowsecurity and c.relforcerowsecurity)
        and has_table_privilege('kambook_app', c.oid, 'select, insert, update, delete')
      order by 1`.execute(server.db.kysely)
    // Directory and reference data that every colleague may read, and none of these can be written by a request.
    expect(rows.map((row) => row.table)).toEqual([
      'assignment',
      'company',
      'person',
      'right_grant',
      'seat',
      'unit',
      'workflow_version',
    ])
    const writable = await sql<{ table: string }>`select c.relname as table from pg_class c
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and not c.relrowsecurity
        and has_table_privilege('kambook_app', c.oid, 'insert, update, delete')`.execute(server.db.kysely)
    expect(writable.rows).toEqual([])
  })

  test('is told of in words by the trail: whatever is tracked, and every field of it', async () => {
    const { rows } = await sql<{ kind: string; fields: string[] }>`select distinct coalesce(
        substring(pg_get_triggerdef(t.oid) from 'audit_change\\(''([^'']+)''\\)'), c.relname) as kind,
        array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
          and a.attname not in ('id', 'rev', 'created_at', 'updated_at', 'digest', 'files') and not starts_with(a.attname, 'scope_')) as fields
      from pg_trigger t join pg_class c on c.oid = t.tgrelid where t.tgname in ('audit_change', 'audit_edition')`.execute(
      server.db.kysely,
    )
    expect(rows.length).toBeGreaterThan(6)
    const words = trailsOf(registry)
    expect(
      rows.flatMap(({ kind, fields }) =>
        fields.flatMap((field) => (words.get(kind)?.fields[field] ? [] : [`${kind}.${field}`])),
      ),
    ).toEqual([])
  })

  test('leaves a trail: what changed, who did it, under which edition', async () => {
    const made = await server.call('sup', 'POST', '/api/v1/records/account', {
      code: 'TRAIL-1',
      name: '示例留痕客户',
    })
    expect(made.status).toBe(201)
    const row = (await made.json()) as { id: number; rev: number }
    const changed = await server.call(
      'sup',
      'PATCH',
      `/api/v1/records/account/${row.id}`,
      { name: '示例留痕客户二' },
      { 'if-match': `"${row.rev}"` },
    )
    expect(changed.status).toBe(200)
    const late = await server.call(
      'sup',
      'PATCH',
      `/api/v1/records/account/${row.id}`,
      { name: '晚了' },
      { 'if-match': `"${row.rev}"` },
    )
    expect([409, 412]).toContain(late.status)
    const history = (await (
      await server.call('sup', 'GET', `/api/v1/records/account/${row.id}/history`)
    ).json()) as {
      items: {
        who: string
        edition: string
        action: string
        changes: { field: string; from: unknown; to: unknown }[]
      }[]
    }
    expect(history.items.map((one) => one.action)).toEqual(['update', 'create'])
    expect(history.items[0]).toMatchObject({
      edition: edition.number,
      changes: [{ field: 'name', from: '示例留痕客户', to: '示例留痕客户二' }],
    })
    expect(history.items[0]?.who).not.toBe('')
    await expect(sql`update audit set changes = '{}'`.execute(server.db.kysely)).rejects.toThrow(
      /append-only/,
    )
    await expect(sql`delete from sales_fact`.execute(server.db.kysely)).rejects.toThrow(/append-only/)
  })
})

describe('Every running workflow', () => {
  const running = edition.workflows.filter((one) => one.adoption === 'running')
  const tasks = running.flatMap((workflow) =>
    workflow.processes.flatMap((process) =>
      process.nodes.flatMap((node) =>
        node.kind === 'task' && node.adoption === 'running' ? [{ workflow, node }] : [],
      ),
    ),
  )
  test.each(tasks.map((one) => [`${one.workflow.id} ${one.node.id}`, one] as const))(
    '%s has an act, a post that somebody holds, a deadline and outcomes in both languages',
    async (_, { node }) => {
      expect(registry.acts.has(node.act ?? '')).toBe(true)
      const { rows } = await sql<{
        n: number
      }>`select count(*)::int as n from seat where post = ${node.post}`.execute(server.db.kysely)
      expect(rows[0]?.n).toBeGreaterThan(0)
      expect(both(node.name)).toBe(true)
      expect(node.outcomes.length).toBeGreaterThan(0)
      for (const outcome of node.outcomes) expect(both(outcome.name)).toBe(true)
      for (const form of node.forms) expect(edition.forms.some((one) => one.id === form)).toBe(true)
    },
  )
  test('has a way to begin', () => {
    for (const workflow of running) expect(registry.starters.has(workflow.id)).toBe(true)
  })
})

describe('Every KPI, form and post', () => {
  test.each(edition.kpis.map((kpi) => [kpi.id, kpi] as const))(
    '%s is computed, or says that it is only described',
    async (_, kpi) => {
      const answer = await server.call('sup', 'GET', `/api/v1/kpis?kpi=${kpi.id}&period=2017&scope=company`)
      if (kpi.adoption === 'running') {
        expect(answer.status).toBe(200)
        const figure = (await answer.json()) as { rows: string; value: { amount: string } }
        expect(figure.value.amount).toMatch(/^-?\d+(\.\d+)?$/)
        expect((await server.call('sup', 'GET', figure.rows)).status).toBe(200)
      } else expect(await answer.json()).toMatchObject({ code: 'not-computed' })
    },
  )

  test.each(edition.posts.map((post) => [post.id, post] as const))(
    '%s is named, and its holder can ask what he may do',
    async (_, post) => {
      expect(both(post.name)).toBe(true)
      const { rows } = await sql<{
        login: string
      }>`select u.login from holder h join app_user u on u.person_id = h.person_id
      where h.post = ${post.id} limit 1`.execute(server.db.kysely)
      if (!rows[0]) return expect(post.adoption).not.toBe('running')
      const meta = await server.call(rows[0].login, 'GET', '/api/v1/meta')
      expect(meta.status).toBe(200)
    },
  )

  test.each(edition.forms.map((form) => [form.id, form] as const))(
    '%s is named, its fields too',
    (_, form) => {
      expect(both(form.name)).toBe(true)
      for (const section of form.sections) {
        expect(both(section.title), section.id).toBe(true)
        for (const field of section.fields) expect(both(field.label), field.id).toBe(true)
      }
    },
  )
})
