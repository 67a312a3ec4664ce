import { strToU8, zipSync } from 'fflate'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseUrl } from '../../test/database.ts'
import { acting } from '../../test/people.ts'
import { someSales } from '../../test/sales.ts'
import { sampleServer, type TestServer } from '../../test/server.ts'
import { loadEdition, readEditionFolder } from '../handbook/load.ts'
import { openDatabase } from '../kernel/db/database.ts'
import { effectiveEditions } from '../kernel/handbook/effective.ts'
import { referenceEdition } from '../kernel/handbook/reference.ts'
import type { EditionList, EditionRow, EditionTaken } from '../kernel/handbook/wire.ts'
import { packFiles } from '../kernel/handbook/zip.ts'
import { registry } from './registry.ts'

// From a consultant's files to the day on which the department works by them.

let server: TestServer
const reference = await readEditionFolder('handbook')
const number = /number: "([^"]+)"/.exec(reference['edition.yaml'] as string)?.[1] as string

// Packed before the server runs: packing holds up the one process that is both browser and server here.
const bad: readonly (readonly [string, Uint8Array, number])[] = [
  ['a path that leads out', zipSync({ '../edition.yaml': strToU8('x') }), 422],
  ['an absolute path', zipSync({ '/etc/edition.yaml': strToU8('x') }), 422],
  ['a bomb', zipSync({ 'edition.yaml': new Uint8Array(40_000_000) }), 422],
  [
    'too many files',
    zipSync(Object.fromEntries(Array.from({ length: 2_100 }, (_, n) => [`a/${n}.yaml`, new Uint8Array()]))),
    422,
  ],
  ['no edition', zipSync({ 'notes.yaml': strToU8('x') }), 422],
  ['what is not UTF-8', zipSync({ 'edition.yaml': new Uint8Array([0xff, 0xfe, 0x41]) }), 422],
  ['a damaged archive', zipSync({ 'edition.yaml': strToU8('x'.repeat(9_000)) }).slice(0, 40), 422],
  ['no archive', strToU8('hello'), 422],
  ['too large', new Uint8Array(9_000_000), 413],
]

beforeAll(async () => {
  server = await sampleServer()
  await someSales(server.db)
}, 120_000)
afterAll(() => server?.close())

const base = '/api/v1/handbook/editions'
const read = async <T>(login: string, path: string): Promise<T> => {
  const answer = await server.call(login, 'GET', path)
  expect(answer.status, `${path} ${login}`).toBe(200)
  return (await answer.json()) as T
}
const list = (login = 'con') => read<EditionList>(login, base)
const rowOf = async (id: number, login = 'con') =>
  (await list(login)).items.find((one) => one.id === id) as EditionRow
const send = (login: string, files: Record<string, string>, query = '') =>
  server.call(login, 'POST', `${base}${query}`, packFiles(files), { 'content-type': 'application/zip' })
/** Rights change between these editions, so that the department's manager approves what waits for a second person. */
async function approved(id: number, asked: Response): Promise<Response> {
  if (asked.status !== 202) return asked
  const request = (await rowOf(id, 'sdm')).request?.id
  return server.call('sdm', 'POST', `${base}/${id}/approval`, { request, approve: true })
}
const publish = async (login: string, id: number, effectiveFrom: string) =>
  approved(id, await server.call(login, 'POST', `${base}/${id}/publication`, { effectiveFrom }))
const withdraw = async (login: string, id: number, why = '') =>
  approved(id, await server.call(login, 'POST', `${base}/${id}/withdrawal`, { why }))

/** The reference under another number, with some of its files changed. */
function edited(
  next: string,
  changes: Record<string, (text: string) => string> = {},
): Record<string, string> {
  const files = { ...reference }
  const change = (name: string, by: (text: string) => string) => {
    const text = files[name] as string
    const other = by(text)
    if (other === text) throw new Error(`${name} was not changed`)
    files[name] = other
  }
  change('edition.yaml', (text) => text.replace(`number: "${number}"`, `number: "${next}"`))
  for (const [name, by] of Object.entries(changes)) change(name, by)
  return files
}
/** The board may export the plan from now on, the review has one round more, FM-18 asks for the direction instead of the strategy. */
const second = edited('2018.2', {
  'norms/planning.yaml': (text) => text.replace('value: 3,', 'value: 4,'),
  'functions.yaml': (text) => text.replace('FIN: [participates],', 'FIN: [approves],'),
  'forms/FM-18.yaml': (text) => text.replace('id: strategy,', 'id: direction,'),
  'workflows/PLAN.bpmn': (text) =>
    text.replace(
      /(<bpmn:userTask id="PLAN_draft" name=")[^"]+(" kb:en=")[^"]+"/,
      '$1编制年度计划草案$2Draft the annual plan"',
    ),
})
let draft = 0
let caseId = 0

const task = async (login: string, step: string) =>
  (
    await read<{ items: { id: number; step: string; title: { zh: string } }[] }>(
      login,
      '/api/v1/tasks?box=todo',
    )
  ).items.find((one) => one.step === step)
const may = async (login: string, kind: string, verb: string) =>
  (
    await read<{ kinds: { id: string; may: Record<string, { allowed: boolean }> }[] }>(login, '/api/v1/meta')
  ).kinds.find((one) => one.id === kind)?.may[verb]?.allowed

describe('A consultant brings a new edition', () => {
  test('faulty files are refused with every place, and nothing is kept', async () => {
    const answer = await send(
      'con',
      edited('2018.9', {
        'functions.yaml': (text) => text.replace('workflows: ["PLAN"]', 'workflows: ["PLAM"]'),
      }),
    )
    expect(answer.status).toBe(422)
    const problem = (await answer.json()) as {
      code: string
      faults: { path: string; text: { zh: string } }[]
    }
    expect(problem.code).toBe('edition-faulty')
    expect(problem.faults[0]?.path).toMatch(/^functions\.yaml:\d+$/)
    expect(problem.faults[0]?.text.zh).toContain('PLAM')
    expect((await list()).items).toHaveLength(1)
  })

  test('tried, it is judged but not kept', async () => {
    const answer = await send('con', second, '?dryRun=1')
    expect(answer.status).toBe(200)
    expect(await answer.json()).toMatchObject({ id: null, fresh: true, number: '2018.2' })
    expect((await list()).items).toHaveLength(1)
  })

  test('it becomes a draft, which only those who work on the handbook see', async () => {
    const answer = await send('con', second)
    expect(answer.status).toBe(201)
    const taken = (await answer.json()) as EditionTaken
    draft = taken.id as number
    expect(taken).toMatchObject({ status: 'draft', fresh: true })
    const again = await send('con', second)
    expect([again.status, await again.json()]).toEqual([
      200,
      expect.objectContaining({ id: draft, fresh: false }),
    ])
    expect(await rowOf(draft)).toMatchObject({
      status: 'draft',
      effectiveFrom: null,
      publishedAt: null,
      reference: false,
    })
    expect((await list('rep01')).items.map((one) => one.status)).toEqual(['effective'])
    for (const path of ['', '/content', '/comparison', '/document?format=pdf'])
      expect((await server.call('rep01', 'GET', `${base}/${draft}${path}`)).status, path).toBe(404)
  })

  test('its control, counts and notes are told', async () => {
    const detail = await read<{
      control: { documentNumber: string }
      counts: Record<string, number>
      problems: { severity: string }[]
    }>('con', `${base}/${draft}`)
    expect(detail.control.documentNumber).not.toBe('')
    expect(detail.counts.forms).toBeGreaterThan(0)
    expect(detail.problems.some((one) => one.severity === 'error')).toBe(false)
  })

  test('whoever has read it already is told so, in few bytes; a stranger to drafts is not', async () => {
    const path = `${base}/${draft}/content`
    const first = await server.call('con', 'GET', path, undefined, { 'accept-encoding': 'br' })
    const tag = first.headers.get('etag') as string
    expect(first.headers.get('content-encoding')).toBe('br')
    const { edition } = (await first.json()) as { edition: { number: string; files?: unknown } }
    expect([edition.number, edition.files]).toEqual(['2018.2', undefined])
    const again = await server.call('con', 'GET', path, undefined, { 'if-none-match': tag })
    expect([again.status, await again.text()]).toEqual([304, ''])
    expect((await server.call('rep01', 'GET', path, undefined, { 'if-none-match': tag })).status).toBe(404)
    const plain = await server.call('con', 'GET', path, undefined, { 'accept-encoding': 'identity' })
    expect(plain.headers.get('content-encoding')).toBeNull()
    expect(((await plain.json()) as { edition: unknown }).edition).toEqual(edition)
  })

  test('the differences are told clause by clause, with what they touch', async () => {
    caseId = (
      (await (
        await server.call('sup', 'POST', '/api/v1/cases', { workflow: 'PLAN', input: { year: 2018 } })
      ).json()) as { id: number }
    ).id
    const told = await read<{
      before: { number: string }
      changes: {
        key: string
        parts: { before: { zh: string } | null; after: { zh: string } | null }[]
        pictures: unknown[]
      }[]
      effect: {
        openCases: { workflow: string; cases: number; changed: boolean }[]
        posts: { post: string; people: number; rights: boolean }[]
        people: number
      }
    }>('con', `${base}/${draft}/comparison`)
    expect(told.before.number).toBe(number)
    expect(told.changes.map((one) => one.key).sort()).toEqual([
      'control',
      'fn:A1',
      'form:FM-18',
      'norm:norm.planning',
      'right:FIN',
      'wf:PLAN',
    ])
    expect(told.changes.find((one) => one.key.startsWith('norm'))?.parts[0]).toMatchObject({
      before: { zh: '3 轮' },
      after: { zh: '4 轮' },
    })
    expect(told.changes.find((one) => one.key === 'wf:PLAN')?.pictures).toHaveLength(1)
    expect(told.effect.openCases).toEqual([
      expect.objectContaining({ workflow: 'PLAN', cases: 1, changed: true }),
    ])
    expect(told.effect.posts.find((one) => one.post === 'FIN')).toMatchObject({ rights: true, people: 1 })
    expect(told.effect.people).toBeGreaterThan(1)
  })
})

describe('The head publishes it for a day', () => {
  test('the consultant may not, and is told who does', async () => {
    const answer = await publish('con', draft, '2018-02-01')
    expect(answer.status).toBe(403)
    expect(((await answer.json()) as { text: { zh: string } }).text.zh).toContain('大客户销售主管')
    expect((await list('con')).may).toMatchObject({ import: { allowed: true }, publish: { allowed: false } })
  })

  test('a day that is gone is refused at its field', async () => {
    const answer = await publish('sup', draft, '2018-01-01')
    expect(answer.status).toBe(422)
    expect(await answer.json()).toMatchObject({ faults: [{ path: 'effectiveFrom' }] })
  })

  test('until that day it waits, for everybody to read', async () => {
    const answer = await publish('sup', draft, '2018-02-01')
    expect([answer.status, await answer.json()]).toEqual([
      200,
      expect.objectContaining({ status: 'published', effectiveFrom: '2018-02-01' }),
    ])
    expect(await rowOf(draft, 'rep01')).toMatchObject({ status: 'published' })
    expect((await read<{ edition: { number: string } }>('rep01', '/api/v1/meta')).edition.number).toBe(number)
    expect(await may('fin', 'plan', 'export')).not.toBe(true)
    const moved = await publish('sup', draft, '2018-02-02')
    expect(await moved.json()).toMatchObject({ status: 'published', effectiveFrom: '2018-02-02' })
  })

  test('on that day it takes over by itself, once, over two nodes', async () => {
    const effective = () =>
      sql<{ n: string }>`select number as n from edition where status = 'effective'`.execute(server.db.kysely)
    server.clock.moveTo('2018-02-01T15:59:00Z')
    await fresh()
    expect((await effective()).rows).toEqual([{ n: number }])
    // Midnight in the company's zone.
    server.clock.moveTo('2018-02-01T16:00:00Z')
    const other = openDatabase(new URL(databaseUrl(new URL(server.db.url).pathname.slice(1))).href, {
      max: 3,
    })
    try {
      const nodes = [
        effectiveEditions({ db: other, clock: server.clock, registry }),
        server.app.kernel.edition,
      ]
      const found = await Promise.all(
        [nodes[0], nodes[0]].map((node) => (node as { current(): Promise<{ id: number }> }).current()),
      )
      expect(found.map((one) => one.id)).toEqual([draft, draft])
      expect((await server.app.kernel.edition()).id).toBe(draft)
    } finally {
      await other.close()
    }
    const { items } = await list('rep01')
    expect(items.map((one) => [one.number, one.status, one.effectiveUntil])).toEqual([
      ['2018.2', 'effective', null],
      [number, 'superseded', '2018-02-01'],
    ])
  })

  test('rights follow the new edition, the running case keeps its own graph', async () => {
    expect((await read<{ edition: { number: string } }>('fin', '/api/v1/meta')).edition.number).toBe('2018.2')
    const { rows } = await sql<{
      edition: number
      verbs: string[]
    }>`select edition_id as edition, array_agg(verb order by verb) as verbs
      from right_grant where post = 'FIN' and kind = 'plan' and function = 'A1' group by 1 order by 1`.execute(
      server.db.kysely,
    )
    expect(rows.map((one) => one.verbs)).toEqual([['read'], ['export', 'read']])
    const basis = await task('sup', 'C-1')
    const done = await server.call('sup', 'POST', `/api/v1/tasks/${basis?.id}/completion`, {
      outcome: 'done',
    })
    expect(done.status).toBe(200)
    const next = await task('sup', 'C-2')
    expect(next).toBeTruthy()
    expect(next?.title.zh).not.toContain('编制年度计划草案')
    const running = await read<{ edition: unknown }>('sup', `/api/v1/cases/${caseId}`)
    expect(JSON.stringify(running.edition)).toContain(number)
    const why = await read<{ why: { edition: string; text: { zh: string } }; editionId: number }>(
      'sup',
      `/api/v1/tasks/${next?.id}`,
    )
    expect(why.why.edition).toBe(number)
    expect(why.why.text.zh).toContain(`第 ${number} 版`)
    expect(why.editionId).not.toBe(draft)
    const later = await server.call('sup', 'POST', '/api/v1/cases', {
      workflow: 'PLAN',
      input: { year: 2019 },
    })
    expect(later.status).toBe(201)
    expect(JSON.stringify(((await later.json()) as { edition: unknown }).edition)).toContain('2018.2')
  })

  test('the running plan keeps its forms as well, the next one has the new ones', async () => {
    const { items } = await read<{ items: { id: number; year: number; rev: number; editionId: number }[] }>(
      'sup',
      '/api/v1/plans',
    )
    const fieldsOf = async (edition: number) =>
      (
        await read<{ form: { sections: { fields: { id: string }[] }[] } }>(
          'sup',
          `${base}/${edition}/forms/FM-18`,
        )
      ).form.sections.flatMap((section) => section.fields.map((field) => field.id))
    for (const [year, asked, gone] of [
      [2018, 'strategy', 'direction'],
      [2019, 'direction', 'strategy'],
    ] as const) {
      const plan = items.find((one) => one.year === year)
      expect(await fieldsOf(plan?.editionId ?? 0)).toContain(asked)
      expect(await fieldsOf(plan?.editionId ?? 0)).not.toContain(gone)
      const write = (field: string, rev?: number) =>
        server.call('sup', 'PATCH', `/api/v1/plans/${plan?.id}`, {
          rev: rev ?? plan?.rev,
          form: { [field]: '守住东北，做大华东' },
        })
      expect((await write(gone)).status).toBe(422)
      expect((await write(asked)).status).toBe(200)
    }
  })

  test('the trail tells who did what, without the files', async () => {
    const { items } = await read<{
      items: { recordId: number; who: string | null; changes: Record<string, unknown[]> }[]
    }>('aud', '/api/v1/audit?kind=edition')
    const mine = items.filter((one) => one.recordId === draft)
    expect(mine.map((one) => one.changes.status)).toEqual([
      ['published', 'effective'],
      undefined,
      ['draft', 'published'],
      [null, 'draft'],
    ])
    expect(mine.at(-1)?.who).not.toBeNull()
    expect(mine.some((one) => 'files' in one.changes)).toBe(false)
    expect((await server.call('rep01', 'GET', '/api/v1/audit?kind=edition')).status).toBe(403)
  })
})

describe('Out and in again', () => {
  test('an export taken in is the same edition', async () => {
    const answer = await server.call('con', 'GET', `${base}/effective/files`)
    expect(answer.headers.get('content-type')).toBe('application/zip')
    const bytes = new Uint8Array(await answer.arrayBuffer())
    const back = await server.call('con', 'POST', base, bytes)
    expect([back.status, await back.json()]).toEqual([
      200,
      expect.objectContaining({ id: draft, fresh: false, status: 'effective' }),
    ])
    const asJson = await read<{ hash: string; files: Record<string, string> }>(
      'con',
      `${base}/effective/files?format=json`,
    )
    expect(asJson.files).toEqual(second)
    expect((await loadEdition(asJson.files)).edition?.hash).toBe(asJson.hash)
    expect((await server.call('rep01', 'GET', `${base}/effective/files`)).status).toBe(403)
  })

  test('a folder within the zip is found, what is no source is left aside', async () => {
    const zip = zipSync({
      ...Object.fromEntries(
        Object.entries(second).map(([name, text]) => [`my/handbook/${name}`, strToU8(text)]),
      ),
      'my/handbook/README.md': strToU8('# Ours'),
      'my/handbook/.git/config': strToU8('x'),
      '__MACOSX/my/handbook/._edition.yaml': strToU8('x'),
    })
    const back = await server.call('con', 'POST', base, zip)
    expect(await back.json()).toMatchObject({ id: draft, fresh: false })
  })

  test.each(bad)('%s is refused', async (_, zip, status) => {
    const answer = await server.call('con', 'POST', base, zip)
    expect(answer.status).toBe(status)
    expect(((await answer.json()) as { code: string }).code).not.toBe('defect')
  })

  test('the reference the company started from is remembered with its files', async () => {
    expect((await list()).reference).toMatchObject({ number })
    const kept = await acting(server.app.kernel, 'con', (ctx) => referenceEdition(ctx))
    expect(kept?.files).toEqual(reference)
    const told = await read<{ before: { number: string }; changes: unknown[] }>(
      'rep01',
      `${base}/effective/comparison?with=reference`,
    )
    expect([told.before.number, told.changes.length]).toEqual([number, 6])
    await expect(sql`update reference_edition set number = 'x'`.execute(server.db.kysely)).rejects.toThrow(
      /append-only/,
    )
  })
})

describe('What may not be', () => {
  test('a number that another edition bears, or one that is over, is not published', async () => {
    const twin = (await (
      await send('con', { ...second, 'glossary.yaml': `# twin\n${second['glossary.yaml']}` })
    ).json()) as EditionTaken
    const refused = await publish('adm', twin.id as number, '2018-03-01')
    expect([refused.status, ((await refused.json()) as { text: { en: string } }).text.en]).toEqual([
      422,
      expect.stringContaining('2018.2'),
    ])
    const [first] = (await list()).items.filter((one) => one.status === 'superseded')
    expect((await publish('adm', first?.id as number, '2018-03-01')).status).toBe(409)
    expect((await withdraw('con', twin.id as number)).status).toBe(200)
    expect(await rowOf(twin.id as number)).toMatchObject({ status: 'withdrawn' })
  })

  test('what no longer binds to the program is refused at publishing, with the place, and does not take over', async () => {
    const files = edited('2018.3', {
      'workflows/PLAN.bpmn': (text) => text.replace(/kb:act="planning\.[a-z-]+"/, 'kb:act="planning.gone"'),
    })
    expect((await send('con', files)).status).toBe(422)
    // As an earlier program, which had that act, took it in.
    const old = await sql<{
      id: number
    }>`insert into edition (number, title_zh, title_en, hash, status, files, published_at)
      values ('2018.3', '旧', 'old', 'old', 'draft', ${JSON.stringify(files)}::jsonb, null) returning id`.execute(
      server.db.kysely,
    )
    const id = old.rows[0]?.id as number
    const refused = await publish('sup', id, '2018-03-01')
    expect(refused.status).toBe(422)
    expect(((await refused.json()) as { faults: { path: string }[] }).faults[0]?.path).toMatch(
      /^workflows\/PLAN\.bpmn:\d+$/,
    )
    await sql`update edition set status = 'published', effective_from = '2018-02-03', published_at = now() where id = ${id}`.execute(
      server.db.kysely,
    )
    server.clock.moveTo('2018-02-03T02:00:00Z')
    await fresh()
    expect((await server.app.kernel.edition()).id).toBe(draft)
    expect((await withdraw('sup', id, '换一版')).status).toBe(200)
  })

  test('a post with tasks in hand may not vanish', async () => {
    const { rows } = await sql<{
      id: number
      hash: string
    }>`select id, hash from edition where id = ${draft}`.execute(server.db.kysely)
    expect(rows).toHaveLength(1)
    await sql`update wf_task set post = 'OLD' where status = 'open' and step = 'C-2' and case_id = ${caseId}`.execute(
      server.db.kysely,
    )
    const taken = (await (await send('con', edited('2018.4'))).json()) as EditionTaken
    const refused = await publish('sup', taken.id as number, '2018-02-10')
    expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([
      409,
      'posts-with-tasks',
    ])
    await sql`update wf_task set post = 'SUP' where status = 'open' and post = 'OLD'`.execute(
      server.db.kysely,
    )
    expect((await publish('sup', taken.id as number, '2018-02-10')).status).toBe(200)
    const other = (await (await send('con', edited('2018.5'))).json()) as EditionTaken
    expect((await publish('sup', other.id as number, '2018-02-10')).status).toBe(422)
    expect((await withdraw('con', taken.id as number)).status).toBe(403)
    expect((await withdraw('sup', taken.id as number, '不再适用')).status).toBe(200)
  }, 120_000)

  test('files and states are kept by the database itself', async () => {
    await expect(
      sql`update edition set files = '{}' where id = ${draft}`.execute(server.db.kysely),
    ).rejects.toThrow(/never changes/)
    await expect(
      sql`update edition set status = 'draft' where id = ${draft}`.execute(server.db.kysely),
    ).rejects.toThrow(/does not go/)
    await expect(sql`delete from edition where id = ${draft}`.execute(server.db.kysely)).rejects.toThrow(
      /never changes/,
    )
  })
})

test('Withdrawn, an effective edition gives way to the one before it', async () => {
  const mute = await withdraw('sup', draft)
  expect([mute.status, (await mute.json()).faults]).toMatchObject([422, [{ path: 'why' }]])
  expect(await rowOf(draft)).toMatchObject({ status: 'effective' })
  const answer = await withdraw('sup', draft, '参数写错')
  expect(answer.status).toBe(200)
  await fresh()
  expect((await read<{ edition: { number: string } }>('fin', '/api/v1/meta')).edition.number).toBe(number)
  expect(await rowOf(draft)).toMatchObject({ status: 'withdrawn', withdrawnWhy: '参数写错' })
  const [first] = (await list()).items.filter((one) => one.status === 'effective')
  expect((await withdraw('sup', first?.id as number, '试一试')).status).toBe(409)
})

/** Lets the program ask anew which edition holds, as it does once half a second has passed by its clock. */
async function fresh(): Promise<void> {
  server.clock.moveTo(new Date(server.clock.now().getTime() + 501).toISOString())
  await server.call('sup', 'GET', '/api/v1/me')
}
