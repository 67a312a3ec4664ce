import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { builtChild } from '../../test/child.ts'
import { referenceFiles } from '../../test/edition.ts'
import { tried } from '../../test/imports.ts'
import { acting } from '../../test/people.ts'
import { someSales } from '../../test/sales.ts'
import { sampleServer, type TestServer } from '../../test/server.ts'
import { salesFile } from '../../test/superstore.ts'
import type { Ctx, Kernel } from '../kernel/context.ts'
import { writeRun } from '../kernel/exchange/runs.ts'
import { packFiles } from '../kernel/handbook/zip.ts'
import { askHeavy, cancelHeavy } from '../kernel/jobs/ask.ts'
import type { Asked } from '../kernel/jobs/heavy.ts'
import { makeRunner, type Runner } from '../kernel/jobs/runner.ts'
import { heavyKinds } from './heavy-kinds.ts'

// Whatever ends the process that does a piece of work, or the whole program around it: the work is done by another, or says why it is not.

const entry = await builtChild('src/app/heavy.child.ts')
let server: TestServer
let kernel: Kernel
let edition: { id: number; hash: string }
let runner: Runner | null = null

beforeAll(async () => {
  server = await sampleServer()
  ;({ kernel } = server.app)
  await someSales(server.db)
  const effective = await kernel.edition()
  edition = { id: effective.id, hash: effective.edition.hash }
}, 120_000)
beforeEach(async () => {
  await runner?.stop()
  runner = null
})
afterAll(async () => {
  await runner?.stop()
  await server?.close()
})

let turn = 0
/** A job of each kind, another one at each call. A kind that is not here fails the test below. */
const asks: Record<string, (ctx: Ctx) => Promise<number>> = {
  print: (ctx) =>
    asking(ctx, {
      kind: 'print',
      input: { editionId: edition.id, order: { format: 'html', lang: 'zh', part: 'post:KAM' } },
    }),
  'edition.take': (ctx) =>
    asking(ctx, {
      kind: 'edition.take',
      input: { dryRun: true, personId: ctx.actor.personId, editionId: edition.id },
      upload: packFiles(referenceFiles),
    }),
  'edition.check': (ctx) => asking(ctx, { kind: 'edition.check', input: { editionId: edition.id } }),
  'edition.compare': (ctx) =>
    asking(ctx, { kind: 'edition.compare', input: { beforeId: edition.id, afterId: edition.id } }),
  export: (ctx) => asking(ctx, { kind: 'export', input: { kind: 'order', format: 'csv', filter: {} } }),
  download: (ctx) => asking(ctx, { kind: 'download', input: { kind: 'order', query: { format: 'xlsx' } } }),
  faults: async (ctx) => asking(ctx, { kind: 'faults', input: { runId: await runOf(ctx) } }),
  audit: (ctx) => asking(ctx, { kind: 'audit', input: {} }),
  import: async (ctx) => {
    const run = await runOf(ctx)
    await sql`update import_run set state = 'tried' where id = ${run}`.execute(ctx.tx)
    const { rows } = await sql<{ rev: number }>`select rev from import_run where id = ${run}`.execute(ctx.tx)
    await writeRun(ctx, run, { rev: rows[0]?.rev as number, leaveOutFaulty: true, owners: {} })
    const job = await sql<{ id: number }>`select max(id) as id from heavy_job where kind = 'import'`.execute(
      ctx.tx,
    )
    return job.rows[0]?.id as number
  },
}
function asking(ctx: Ctx, asked: Omit<Asked, 'key'>): Promise<number> {
  turn += 1
  return askHeavy(ctx, { ...asked, key: `test ${turn}` })
}
async function runOf(ctx: Ctx): Promise<number> {
  const { rows } = await sql<{ id: number }>`select max(id) as id from import_run`.execute(ctx.tx)
  return rows[0]?.id as number
}
const loginFor = (kind: string) => (kind === 'audit' ? 'aud' : 'sup')
async function ask(kind: string): Promise<number> {
  if (kind === 'import' || kind === 'faults')
    await tried(kernel, 'sales', 'x.xls', salesFile({ lines: 30, faulty: true }).bytes)
  return acting(kernel, loginFor(kind), asks[kind] as (ctx: Ctx) => Promise<number>)
}

interface Row {
  state: string
  attempts: number
  reason: { code: string; text: { zh: string } } | null
}
async function jobOf(id: number): Promise<Row> {
  const { rows } = await sql<Row>`select state, attempts, reason from heavy_job where id = ${id}`.execute(
    server.db.kysely,
  )
  return rows[0] as Row
}
/** The job's end; the test's own bound ends the waiting. */
async function endOf(id: number): Promise<Row> {
  for (;;) {
    const job = await jobOf(id)
    if (job.state !== 'waiting' && job.state !== 'running') return job
    await wait(100)
  }
}
/** Children that work now, as Linux tells them. */
const children = (): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        return readFileSync(`/proc/${name}/cmdline`, 'utf8').includes(entry)
      } catch {
        return false
      }
    })
    .map(Number)
/** Kills the child of a job amid its work; `false` when the job ended before. */
async function killedAmid(id: number): Promise<boolean> {
  for (;;) {
    const [pid] = children()
    if (pid) {
      try {
        process.kill(pid, 'SIGKILL')
      } catch {
        // It was just done.
      }
      return (await endOf(id)).attempts > 1
    }
    const { state } = await jobOf(id)
    if (state !== 'waiting' && state !== 'running') return false
    await wait(20)
  }
}

test('every kind of work is in these tests', () => {
  expect(Object.keys(asks).sort()).toEqual(heavyKinds.map((one) => one.id).sort())
})

describe.each(heavyKinds.map((one) => one.id))('%s', (kind) => {
  test('its process killed in the middle, it is done again', async ({ skip }) => {
    if (process.platform !== 'linux') skip('only Linux tells the children of a process')
    runner = makeRunner(kernel, entry)
    await runner.start()
    // Small work may be done before its process is seen; then it is asked for anew.
    let id = await ask(kind)
    for (let again = 0; again < 20 && !(await killedAmid(id)); again += 1) id = await ask(kind)
    expect(await endOf(id)).toEqual({ state: 'done', attempts: 2, reason: null })
  }, 120_000)

  test('its whole program killed in the middle, another one does it', async () => {
    const id = await ask(kind)
    // What a program leaves that was killed: a job that runs, under a process that is no more.
    const dead = spawnSync(process.execPath, ['-e', '']).pid
    await sql`insert into job_node (id, host, pid) values (${`dead ${id}`}, ${hostname()}, ${dead})`.execute(
      server.db.kysely,
    )
    await sql`update heavy_job set state = 'running', attempts = 1, node = ${`dead ${id}`} where id = ${id}`.execute(
      server.db.kysely,
    )
    runner = makeRunner(kernel, entry)
    await runner.start()
    expect(await endOf(id)).toEqual({ state: 'done', attempts: 2, reason: null })
  }, 120_000)
})

/** The kernel with one kind of work under bounds of its own. */
const bounded = (kind: string, bounds: { memoryMb: number; seconds: number }): Kernel => ({
  ...kernel,
  registry: {
    ...kernel.registry,
    jobs: new Map(heavyKinds.map((one) => [one.id, one.id === kind ? { ...one, bounds } : one])),
  },
})

describe('Beyond its bounds', () => {
  test('of memory, a job fails for good and says so', async () => {
    const id = await ask('print')
    runner = makeRunner(bounded('print', { memoryMb: 40, seconds: 60 }), entry)
    await runner.start()
    const { state, attempts, reason } = await endOf(id)
    expect([state, attempts, reason?.code, reason?.text.zh]).toEqual([
      'failed',
      1,
      'too-large',
      '没有完成：用到的内存超过 40 MB，已停止',
    ])
  }, 120_000)

  test('of time, an import fails for good, its run says why, and nothing is written', async () => {
    const id = await ask('import')
    runner = makeRunner(bounded('import', { memoryMb: 500, seconds: 0.05 }), entry)
    await runner.start()
    expect(await endOf(id)).toMatchObject({ state: 'failed', attempts: 1, reason: { code: 'too-slow' } })
    const { rows } = await sql<{
      state: string
      zh: string
    }>`select state, result->'failure'->>'zh' as zh from import_run
      order by id desc limit 1`.execute(server.db.kysely)
    expect(rows).toEqual([{ state: 'failed', zh: '没有完成：0.05 秒内没有完成，已停止' }])
  }, 120_000)

  test('killed again and again, it fails with its reason instead of for ever', async () => {
    const id = await ask('edition.check')
    await sql`update heavy_job set state = 'running', attempts = 3, node = 'nobody' where id = ${id}`.execute(
      server.db.kysely,
    )
    runner = makeRunner(kernel, entry)
    await runner.start()
    expect(await endOf(id)).toMatchObject({ state: 'failed', attempts: 3, reason: { code: 'died' } })
  }, 120_000)
})

describe('Cancelled', () => {
  test('while it waits, it never begins; the run of an import says so', async () => {
    const id = await ask('import')
    expect(await acting(kernel, 'sup', (ctx) => cancelHeavy(ctx.tx, id))).toBe(true)
    expect(await jobOf(id)).toEqual({ state: 'cancelled', attempts: 0, reason: null })
    const { rows } = await sql<{
      state: string
    }>`select state from import_run order by id desc limit 1`.execute(server.db.kysely)
    expect(rows).toEqual([{ state: 'cancelled' }])
    expect(await acting(kernel, 'sup', (ctx) => cancelHeavy(ctx.tx, id))).toBe(false)
  })

  test('while it runs, its process ends', async ({ skip }) => {
    if (process.platform !== 'linux') skip('only Linux tells the children of a process')
    const id = await ask('edition.take')
    runner = makeRunner(kernel, entry)
    await runner.start()
    while (children().length === 0) await wait(20)
    await acting(kernel, 'sup', (ctx) => cancelHeavy(ctx.tx, id))
    expect((await endOf(id)).state).toBe('cancelled')
    expect(children()).toEqual([])
  }, 120_000)

  test('by one of two who asked, it goes on for the other', async () => {
    const asked: Asked = { kind: 'audit', key: 'both', input: {} }
    const mine = await acting(kernel, 'sup', (ctx) => askHeavy(ctx, asked))
    expect(await acting(kernel, 'sdm', (ctx) => askHeavy(ctx, asked))).toBe(mine)
    await acting(kernel, 'sup', (ctx) => cancelHeavy(ctx.tx, mine))
    expect((await jobOf(mine)).state).toBe('waiting')
    await acting(kernel, 'sdm', (ctx) => cancelHeavy(ctx.tx, mine))
    expect((await jobOf(mine)).state).toBe('cancelled')
  })
})

describe('What is asked for', () => {
  test('is told to those who asked, and to nobody else', async () => {
    const id = await ask('download')
    const seen = async (login: string) => (await server.call(login, 'GET', `/api/v1/jobs/${id}`)).status
    expect([await seen('sup'), await seen('rep01'), await seen('adm')]).toEqual([200, 404, 404])
    const cancel = async (login: string) =>
      (await server.call(login, 'POST', `/api/v1/jobs/${id}/cancel`)).status
    expect([await cancel('rep01'), await cancel('sup')]).toEqual([404, 200])
  })

  test('a print is made once for all who ask', async () => {
    const path = '/api/v1/handbook/editions/effective/document?format=html&lang=zh&part=post:KAM'
    const answers = await Promise.all(['sup', 'rep01', 'fin'].map((login) => server.call(login, 'GET', path)))
    const texts = await Promise.all(answers.map((one) => one.text()))
    expect(answers.map((one) => one.status)).toEqual([200, 200, 200])
    expect(new Set(texts).size).toBe(1)
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from heavy_job
      where kind = 'print' and input->'order'->>'part' = 'post:KAM' and keep`.execute(server.db.kysely)
    expect(rows).toEqual([{ n: 1 }])
  }, 120_000)
})
