import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { someSales } from '../../test/sales.ts'
import { sampleServer, type TestServer } from '../../test/server.ts'
import { salesFile } from '../../test/superstore.ts'

// The public face: addresses, names and shapes that scripts outside rely on. A change here breaks somebody's script.

let server: TestServer
beforeAll(async () => {
  server = await sampleServer()
  await someSales(server.db)
}, 120_000)
afterAll(() => server?.close())

type Json = Record<string, unknown>
async function asked<T = Json>(
  login: string | null,
  method: string,
  path: string,
  body?: unknown,
  headers?: HeadersInit,
): Promise<{ status: number; body: T; answer: Response }> {
  const answer = await server.call(login, method, path, body, headers)
  const text = await answer.clone().text()
  return { status: answer.status, body: (text ? JSON.parse(text) : null) as T, answer }
}
const get = async <T = Json>(login: string, path: string): Promise<T> => {
  const { status, body } = await asked<T>(login, 'GET', `/api/v1/${path}`)
  expect(status, path).toBe(200)
  return body
}

const decimal = expect.stringMatching(/^-?\d+(\.\d+)?$/)
const money = { amount: decimal, currency: 'CNY' }
const id = expect.any(Number)
const words = { zh: expect.stringMatching(/\S/), en: expect.stringMatching(/\S/) }
const moment = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
const day = expect.stringMatching(/^\d{4}-\d\d-\d\d$/)

describe('Without a login', () => {
  test('health says live and ready, with nothing a stranger should not know', async () => {
    for (const path of ['/health/live', '/health/ready'])
      expect([path, (await asked(null, 'GET', path)).body]).toEqual([path, { ok: true }])
  })

  test('a database that lacks a migration is not ready', async () => {
    await sql`update kysely_migration set name = 'away' where name = '0001_ground'`.execute(server.db.kysely)
    const waiting = await asked(null, 'GET', '/health/ready')
    await sql`update kysely_migration set name = '0001_ground' where name = 'away'`.execute(server.db.kysely)
    expect(waiting).toMatchObject({ status: 503, body: { code: 'not-migrated', status: 503 } })
    expect((await asked(null, 'GET', '/health/ready')).status).toBe(200)
  })

  test('openapi.json is OpenAPI 3.1 with one concrete path per record kind', async () => {
    const { body, answer } = await asked<{ openapi: string; paths: Json; security?: unknown }>(
      null,
      'GET',
      '/api/openapi.json',
    )
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/)
    expect(body.openapi).toMatch(/^3\.1\./)
    for (const path of [
      '/health/live',
      '/health/ready',
      '/api/v1/me',
      '/api/v1/tasks',
      '/api/v1/tasks/{id}/completion',
      '/api/v1/cases',
      '/api/v1/records/account',
      '/api/v1/records/account/{id}',
      '/api/v1/records/order',
      '/api/v1/kpis',
      '/api/v1/handbook/editions',
      '/api/v1/handbook/editions/{id}/document',
      '/api/v1/imports',
      '/api/v1/exports',
      '/api/v1/search',
      '/api/v1/audit',
    ])
      expect(body.paths, path).toHaveProperty([path])
  })
})

describe('A person', () => {
  test('me', async () => {
    expect(await get('sup', 'me')).toMatchObject({
      login: 'sup',
      person: { id, name: expect.any(String) },
      posts: [{ post: 'SUP', title: words, unit: words }],
      lang: 'zh',
      today: '2018-01-02',
      zone: 'Asia/Shanghai',
    })
  })

  test('a problem is RFC 9457 in the caller’s language, with both texts for whoever switches', async () => {
    const zh = await asked('sup', 'GET', '/api/v1/records/account/999999')
    expect(zh.answer.headers.get('content-type')).toMatch(/^application\/problem\+json/)
    expect(zh.body).toEqual({
      type: 'urn:kambook:problem:not-found',
      title: expect.stringMatching(/[\u4e00-\u9fff]/),
      status: 404,
      code: 'not-found',
      text: words,
    })
    const en = { 'accept-language': 'en-GB,en;q=0.9' }
    for (const answer of [
      await asked('sup', 'GET', '/api/v1/records/account/999999', undefined, en),
      await asked('sup', 'GET', '/api/v1/nowhere', undefined, en),
      await asked(null, 'GET', '/api/v1/me', undefined, en),
      await asked('sup', 'GET', '/api/v1/kpis?kpi=K01&period=17', undefined, en),
    ]) {
      expect(answer.body.title).toBe((answer.body.text as { en: string }).en)
      expect(answer.answer.headers.get('content-language')).toBe('en')
    }
    await sql`update app_user set lang = 'en' where login = 'fin'`.execute(server.db.kysely)
    const own = await asked('fin', 'GET', '/api/v1/records/account/999999')
    expect(own.body.title).toBe((own.body.text as { en: string }).en)
  })
})

interface Task {
  id: number
  step: string
  case: number
  outcomes: { id: string; label: Json }[]
}
const task = {
  id,
  case: id,
  workflow: 'PLAN',
  step: expect.stringMatching(/^C-\d$/),
  title: words,
  post: expect.any(String),
  dueAt: moment,
  record: { kind: 'plan', id },
  outcomes: expect.arrayContaining([expect.objectContaining({ id: expect.any(String), label: words })]),
  why: expect.objectContaining({ text: words, clause: expect.stringMatching(/^wf:PLAN\//) }),
}

describe('Cases and tasks', () => {
  test('POST cases answers 201 with its tasks; the same again 200 with the same case', async () => {
    const start = { workflow: 'PLAN', input: { year: 2018 } }
    const first = await asked<{ id: number }>('sup', 'POST', '/api/v1/cases', start)
    const again = await asked<{ id: number }>('sup', 'POST', '/api/v1/cases', start)
    expect([first.status, again.status, again.body.id]).toEqual([201, 200, first.body.id])
    expect(first.body).toMatchObject({
      id,
      workflow: 'PLAN',
      edition: expect.stringMatching(/^\d{4}\.\d+$/),
      status: 'running',
      tasks: [{ ...task, step: 'C-1', post: 'SUP' }],
    })
    const list = await get<{ items: { id: number }[]; next: null }>('sup', 'cases?workflow=PLAN')
    expect(list.items.map((one) => one.id)).toContain(first.body.id)
    expect(await get('sup', `cases/${first.body.id}`)).toMatchObject({ id: first.body.id, tasks: [task] })
  })

  test('an unknown workflow and a bad input are told with their place', async () => {
    const unknown = await asked('sup', 'POST', '/api/v1/cases', { workflow: 'NONE', input: {} })
    expect(unknown.status).toBe(422)
    const bad = await asked('sup', 'POST', '/api/v1/cases', { workflow: 'PLAN', input: { year: 'next' } })
    expect(bad).toMatchObject({ status: 422, body: { faults: [{ path: expect.stringMatching(/year/) }] } })
  })

  test('the inbox has four boxes and each outcome its stable id', async () => {
    for (const box of ['todo', 'done', 'started', 'cc'])
      expect(await get('sup', `tasks?box=${box}`)).toMatchObject({ items: expect.any(Array), next: null })
    expect((await asked('sup', 'GET', '/api/v1/tasks?box=none')).status).toBe(422)
    const { items } = await get<{ items: Task[] }>('sup', 'tasks?box=todo')
    expect(items).toMatchObject([{ ...task, step: 'C-1', outcomes: [{ id: 'done', label: words }] }])
  })

  const todo = async (login: string, step: string): Promise<Task> => {
    const { items } = await get<{ items: Task[] }>(login, 'tasks?box=todo')
    const found = items.find((one) => one.step === step)
    if (!found) throw new Error(`${login} has no ${step}`)
    return found
  }
  const complete = (login: string, one: Task, body: Json) =>
    asked(login, 'POST', `/api/v1/tasks/${one.id}/completion`, body)

  test('PLAN goes on by the promised outcomes, with comment, form and revisions', async () => {
    const first = await todo('sup', 'C-1')
    const { revisions } = await get<{ revisions: Json }>('sup', `tasks/${first.id}`)
    expect(Object.keys(revisions)).toEqual([expect.stringMatching(/^plan:\d+$/)])
    const stale = await complete('sup', first, {
      outcome: 'done',
      revisions: { [Object.keys(revisions)[0] as string]: 999 },
    })
    expect(stale).toMatchObject({ status: 409, body: { code: 'conflict' } })
    const done = await complete('sup', first, { outcome: 'done', comment: '', form: {}, revisions })
    expect(done).toMatchObject({
      status: 200,
      body: { task: { id: first.id, status: 'done', outcome: 'done' }, case: { id: first.case } },
    })
    const again = await complete('sup', first, { outcome: 'done', comment: '', form: {}, revisions: {} })
    expect(again.status).toBe(200)

    const steps = [
      ['sup', 'C-2', ['submit'], 'submit'],
      ['sdm', 'C-3', ['pass', 'reject'], 'pass'],
      ['sup', 'C-4', ['finalise'], 'finalise'],
      ['sdm', 'C-4', ['sign'], 'sign'],
    ] as const
    for (const [login, step, outcomes, taken] of steps) {
      const one = await todo(login, step)
      expect([step, one.outcomes.map((each) => each.id)]).toEqual([step, outcomes])
      const answer = await complete(login, one, {
        outcome: taken,
        comment: '示例意见',
        form: { 'FM-18': { lines: [] } },
      })
      expect([step, answer.status]).toEqual([step, 200])
    }
    const issue = await todo('sup', 'C-5')
    expect(issue.outcomes.map((one) => one.id)).toContain('issue')
    const refused = await complete('rep01', issue, { outcome: 'issue' })
    expect(refused.status).toBe(404)
    const nothing = await complete('sup', issue, { outcome: 'nothing' })
    expect(nothing).toMatchObject({ status: 422, body: { faults: [{ path: 'outcome' }] } })
  })
})

describe('Records', () => {
  const path = '/api/v1/records/account'
  test('are created, read, changed with If-Match and deleted', async () => {
    const made = await asked<{ id: number; rev: number }>('sup', 'POST', path, {
      code: 'FACE-1',
      name: '示例门面客户',
    })
    expect(made).toMatchObject({ status: 201, body: { id, rev: 1, code: 'FACE-1', name: '示例门面客户' } })
    const one = `${path}/${made.body.id}`
    expect((await asked('sup', 'GET', one)).body).toMatchObject(made.body)
    expect((await asked('sup', 'PATCH', one, { name: '无' })).status).toBe(428)
    const match = { 'if-match': '"1"' }
    const changed = await asked('sup', 'PATCH', one, { industry: '示例' }, match)
    expect(changed).toMatchObject({ status: 200, body: { rev: 2, industry: '示例' } })
    const late = await asked('sup', 'PATCH', one, { industry: '晚' }, match)
    expect(late).toMatchObject({ status: 412, body: { code: 'conflict' } })
    expect((await asked('sup', 'DELETE', one)).status).toBe(428)
    const gone = await asked('sup', 'DELETE', one, undefined, { 'if-match': '"2"' })
    const who = gone.status === 204 ? 404 : 200
    // Deleting needs a right of its own; who has none is told so and the record stays.
    expect([204, 403]).toContain(gone.status)
    expect((await asked('sup', 'GET', one)).status).toBe(who)
  })

  test('a list is {items, next, total?}: filtered, sorted, paged by cursor without a gap', async () => {
    const plain = await get<Json>('sup', 'records/order-line?limit=2')
    expect(Object.keys(plain).sort()).toEqual(['items', 'next'])
    const sorted =
      'records/order-line?sort=-amount&ordered_on.from=2017-01-01&ordered_on.to=2017-03-31&limit=50'
    const seen: number[] = []
    const amounts: number[] = []
    let cursor = ''
    let total: number | undefined
    do {
      const page = await get<{
        items: { id: number; amount: { amount: string }; ordered_on: string }[]
        next: string | null
        total?: number
      }>('sup', `${sorted}&total=1${cursor}`)
      for (const item of page.items) {
        expect(item.amount).toEqual(money)
        expect(item.ordered_on).toMatch(/^2017-0[123]-/)
        seen.push(item.id)
        amounts.push(Number(item.amount.amount))
      }
      total = page.total
      cursor = page.next ? `&cursor=${page.next}` : ''
    } while (cursor)
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen.length).toBe(total)
    expect(amounts).toEqual([...amounts].sort((a, b) => b - a))
    expect((await asked('sup', 'GET', '/api/v1/records/order-line?sort=nothing')).status).toBe(422)
    expect((await asked('sup', 'GET', '/api/v1/records/nothing')).status).toBe(404)
  })

  test('money goes out with its currency, in rows, sums and the description', async () => {
    const list = await get<{ items: { amount: Json }[]; sums: Json }>(
      'sup',
      'records/order?amount.from=6000&limit=1&sums=1',
    )
    expect([list.items[0]?.amount, list.sums]).toEqual([money, { amount: money }])
    const { components } = (
      await asked<{ components: { schemas: Record<string, Json> } }>(null, 'GET', '/api/openapi.json')
    ).body
    expect(components.schemas.Money).toMatchObject({ required: ['amount', 'currency'] })
  })
})

describe('Figures', () => {
  test('a KPI has the promised names; the rows it names add up to it', async () => {
    const { rows: units } = await sql<{ id: number }>`select id from unit where level = 'region'`.execute(
      server.db.kysely,
    )
    const { rows: people } = await sql<{ id: number }>`select person_id as id from holder
      where post = 'REP' order by seat_id limit 1`.execute(server.db.kysely)
    for (const scope of ['company', `unit:${units[0]?.id}`, `person:${people[0]?.id}`]) {
      const figure = await get<{
        value: { amount: string }
        returned: { amount: string }
        net: { amount: string }
        rows: string
      }>('sup', `kpis?kpi=K01&period=2017&scope=${scope}&basis=order`)
      expect(figure).toMatchObject({
        kpi: 'K01',
        period: '2017',
        scope,
        basis: 'order',
        value: money,
        unit: 'money',
        base: money,
        state: 'closed',
        edition: expect.any(String),
        rows: expect.stringMatching(/^\/api\/v1\//),
        returned: money,
        net: money,
      })
      expect(figure).toHaveProperty('target')
      expect(Number(figure.net.amount)).toBeCloseTo(
        Number(figure.value.amount) - Number(figure.returned.amount),
        6,
      )
      let sold = 0
      let back = 0
      let cursor = ''
      let read = 0
      let total = 0
      do {
        const page = (
          await asked<{
            items: { part: string; amount: { amount: string } }[]
            next: string | null
            total: number
            sums: Json
          }>('sup', 'GET', `${figure.rows}&limit=200${cursor}`)
        ).body
        for (const row of page.items) {
          read += 1
          if (row.part === 'value') sold += Number(row.amount.amount)
          else back += Number(row.amount.amount)
        }
        expect(page.sums).toEqual({ value: figure.value, returned: figure.returned })
        total = page.total
        cursor = page.next ? `&cursor=${page.next}` : ''
      } while (cursor)
      expect(read).toBe(total)
      expect(sold).toBeCloseTo(Number(figure.value.amount), 3)
      expect(back).toBeCloseTo(Number(figure.returned.amount), 3)
    }
  })

  test('without a basis the period’s only one is taken, and the answer names it', async () => {
    for (const period of ['2017', '2017-Q3', '2017-09'])
      expect(await get('sup', `kpis?kpi=K01&period=${period}`)).toMatchObject({
        period,
        scope: 'company',
        basis: 'order',
        value: money,
      })
    expect(await get('sup', 'kpis?kpi=K01&period=2017&basis=shipment')).toMatchObject({
      basis: 'shipment',
      value: null,
      state: 'n/a',
    })
    expect(await get('sup', 'kpis?kpi=K01&period=2018')).toMatchObject({ value: null, state: 'n/a' })
  })

  test('who sees a part is told so, in every scope', async () => {
    const { rows } = await sql<{
      unit: number
      person: number
    }>`select h.unit_id as unit, h.person_id as person
      from holder h join app_user u on u.person_id = h.person_id where u.login = 'rep01'`.execute(
      server.db.kysely,
    )
    const own = rows[0] as { unit: number; person: number }
    for (const scope of ['company', `unit:${own.unit}`]) {
      const figure = await get<{ partial: { seen: number; all: number } }>(
        'rep01',
        `kpis?kpi=K01&period=2017&scope=${scope}`,
      )
      expect([scope, figure.partial.all > figure.partial.seen]).toEqual([scope, true])
    }
    expect(await get('rep01', `kpis?kpi=K01&period=2017&scope=person:${own.person}`)).toMatchObject({
      partial: null,
    })
  })
})

describe('The handbook', () => {
  test('editions and their documents in three formats and two languages', async () => {
    const { items } = await get<{ items: { id: number; number: string }[] }>('sup', 'handbook/editions')
    expect(items[0]).toMatchObject({
      id,
      number: expect.any(String),
      status: 'effective',
      effectiveFrom: day,
    })
    const heads = { docx: 'PK\u0003\u0004', pdf: '%PDF', html: '<!do' }
    const types = {
      docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      pdf: 'application/pdf',
      html: 'text/html; charset=utf-8',
    }
    for (const format of ['docx', 'pdf', 'html'] as const)
      for (const lang of ['zh', 'en']) {
        const answer = await server.call(
          'sup',
          'GET',
          `/api/v1/handbook/editions/${items[0]?.id}/document?format=${format}&lang=${lang}&part=form:FM-18`,
        )
        expect([answer.status, answer.headers.get('content-type')]).toEqual([200, types[format]])
        expect(answer.headers.get('content-disposition')).toMatch(/^attachment;/)
        expect(Buffer.from(await answer.arrayBuffer()).toString('latin1', 0, 4)).toBe(heads[format])
      }
    expect((await asked('sup', 'GET', '/api/v1/handbook/editions/999/document?format=pdf')).status).toBe(404)
  }, 60_000)
})

describe('Imports, exports, search and audit', () => {
  test('an import is uploaded, tried and written', async () => {
    const upload = await asked<{ id: number; rev: number; mapping: Json }>(
      'sup',
      'POST',
      '/api/v1/imports?importer=sales&name=sales.xls',
      salesFile({ lines: 40, faulty: false }).bytes,
    )
    expect(upload).toMatchObject({
      status: 201,
      body: { id, rev: id, state: 'mapping', fileName: 'sales.xls' },
    })
    const tried = await asked('sup', 'POST', `/api/v1/imports/${upload.body.id}/trial`, {
      rev: upload.body.rev,
      mapping: upload.body.mapping,
      choices: { basis: 'order' },
    })
    expect(tried).toMatchObject({ status: 200, body: { state: 'tried', trial: { faults: 0 } } })
    expect(await get('sup', 'imports')).toMatchObject({
      items: [{ id: upload.body.id, state: 'tried', fileName: 'sales.xls' }],
    })
  })

  test('an export is kept with its trail and read by nobody else', async () => {
    const made = await asked<{ id: number; file: string }>('sup', 'POST', '/api/v1/exports', {
      kind: 'account',
      format: 'csv',
      filter: { q: '示例客户', sort: 'code' },
      columns: ['code', 'name'],
    })
    expect(made).toMatchObject({
      status: 201,
      body: {
        id,
        kind: 'account',
        format: 'csv',
        rows: id,
        size: id,
        createdAt: moment,
        file: expect.stringMatching(/^\/api\/v1\/exports\/\d+\/file$/),
      },
    })
    const file = await server.call('sup', 'GET', made.body.file)
    expect(file.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    const lines = (await file.text()).trim().split('\r\n')
    expect(lines[0]).toMatch(/客户编号,客户名称$/)
    expect(lines).toHaveLength(1 + Number((made.body as unknown as Json).rows))
    expect((await get<{ items: { id: number }[] }>('sup', 'exports')).items[0]?.id).toBe(made.body.id)
    expect((await asked('kam1', 'GET', `/api/v1/exports/${made.body.id}`)).status).toBe(404)
    expect((await asked('kam1', 'GET', made.body.file)).status).toBe(404)
    await sql`update export_run set kept_until = now() - interval '1 day'`.execute(server.db.kysely)
    expect((await asked('sup', 'GET', made.body.file)).status).toBe(404)
    expect(await get('sup', `exports/${made.body.id}`)).toMatchObject({ file: null })
  })

  test('who may not export a kind, or names a wrong filter, is told', async () => {
    const refused = await asked('adm', 'POST', '/api/v1/exports', { kind: 'account' })
    expect(refused).toMatchObject({ status: 403, body: { code: 'no-right' } })
    for (const body of [{ kind: 'nothing' }, { kind: 'account', filter: { no: '1' } }])
      expect((await asked('sup', 'POST', '/api/v1/exports', body)).status).toBe(422)
  })

  test('search finds records, people and clauses; audit is for those who audit', async () => {
    const found = await get<{ items: Json[] }>('sup', 'search?q=示例客户')
    expect(found.items[0]).toMatchObject({ kind: 'account', id, title: expect.any(String) })
    const trail = await get<{ items: Json[]; next: string | null }>('aud', 'audit?limit=2')
    expect(trail.items[0]).toMatchObject({
      id,
      at: moment,
      kind: expect.any(String),
      action: expect.any(String),
    })
    expect((await asked('rep01', 'GET', '/api/v1/audit')).status).toBe(403)
  })
})
