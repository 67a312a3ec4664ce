import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { someSales } from './sales.ts'
import { sampleDatabase } from './sample-database.ts'
import { tokenOf } from './server.ts'

const kills = 20
const streams = 4
let base: Awaited<ReturnType<typeof sampleDatabase>>
let program: ChildProcess | null = null
let url = ''
let region = 0
const tokens: Record<string, string> = {}

/** The same numbers in [0, 1) at every run (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** A port that is free now. */
const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** Starts the built program as a person would and waits until it answers. */
async function start(port: number): Promise<void> {
  const started = spawn(process.execPath, ['dist/server/kambook.js', 'start', '--port', String(port)], {
    env: { ...process.env, DATABASE_URL: base.url },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  program = started
  let said = ''
  for (const out of [started.stdout, started.stderr])
    out.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
  for (let tries = 0; tries < 600 && started.exitCode === null; tries += 1) {
    const well = await fetch(`${url}/health/ready`).then(
      (answer) => answer.ok,
      () => false,
    )
    if (well) return
    await pause(25)
  }
  throw new Error(`the program did not come up:\n${said}`)
}

/** kill -9, at once: nothing is told, nothing is closed. */
function kill(): Promise<void> {
  const running = program
  program = null
  return new Promise((resolve) => {
    if (!running || running.exitCode !== null) return resolve()
    running.once('exit', () => resolve())
    running.kill('SIGKILL')
  })
}

beforeAll(async () => {
  base = await sampleDatabase()
  await someSales(base.db)
  for (const login of ['sup', 'sdm', 'gm']) tokens[login] = await tokenOf(base.db, login)
  const { rows } = await sql<{ id: number }>`select min(id) as id from unit where level = 'region'`.execute(
    base.db.kysely,
  )
  region = rows[0]?.id ?? 0
}, 120_000)
afterAll(async () => {
  await kill()
  await base?.drop()
})

/** `null`: the program died before it answered, so nothing was acknowledged. */
async function call<T>(
  login: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; body: T } | null> {
  try {
    const answer = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${tokens[login]}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return { status: answer.status, body: (await answer.json()) as T }
  } catch {
    return null
  }
}

/** Who does what at a node; a review is rejected until the general manager has to decide. */
const moves: Record<string, { login: string; outcome: string }> = {
  basis: { login: 'sup', outcome: 'done' },
  draft: { login: 'sup', outcome: 'submit' },
  review: { login: 'sdm', outcome: 'reject' },
  decide: { login: 'gm', outcome: 'decide' },
  finalise: { login: 'sup', outcome: 'finalise' },
  sign: { login: 'sdm', outcome: 'sign' },
}

interface Open {
  id: number
  node: string
}
type Sent = Open & { login: string; outcome: string }

/** What clients know of their work; it outlives the program. */
interface Client {
  year: number
  /** Sent, but the program died before it answered: sent again after the restart, as a person would. */
  unanswered: Sent | null
}

interface Told {
  readonly started: Map<number, number>
  readonly completed: Map<number, Sent>
  /** Whatever a client should never see: a refusal, or finished work that stands open again. */
  readonly wrong: { status: number; path: string; body: unknown }[]
  sentAgain: number
}

/** Takes the client's plan through its steps, on and on, until the program no longer answers. */
async function work(client: Client, told: Told, nextYear: () => number): Promise<void> {
  for (;;) {
    const begun = await call<{ id: number }>('sup', 'POST', '/cases', {
      workflow: 'PLAN',
      input: { year: client.year },
    })
    if (!begun) return
    if (begun.status >= 300) {
      told.wrong.push({ ...begun, path: `start ${client.year}` })
      return
    }
    told.started.set(client.year, begun.body.id)
    if (client.unanswered) {
      told.sentAgain += 1
      if (!(await complete(client, client.unanswered, told))) return
    }
    for (;;) {
      const found = await call<{ tasks: Open[] }>('sup', 'GET', `/cases/${begun.body.id}`)
      if (!found) return
      if (found.status !== 200 || found.body.tasks.some((one) => told.completed.has(one.id))) {
        told.wrong.push({ ...found, path: `case ${begun.body.id}` })
        return
      }
      const task = found.body.tasks.find((one) => moves[one.node])
      const move = task && moves[task.node]
      if (!move) break
      if (!(await complete(client, { id: task.id, node: task.node, ...move }, told))) return
    }
    client.year = nextYear()
  }
}

/** False when the program died or refused. Each draft carries a target of its own, so that a lost write is seen. */
async function complete(client: Client, sent: Sent, told: Told): Promise<boolean> {
  client.unanswered = sent
  const path = `/tasks/${sent.id}/completion`
  const lines = [{ row: `unit:${region}`, column: 'Q1', amount: `${sent.id}.00` }]
  const done = await call(sent.login, 'POST', path, {
    outcome: sent.outcome,
    comment: '示例意见',
    form: sent.node === 'draft' ? { 'FM-18': { lines } } : {},
  })
  if (!done) return false
  client.unanswered = null
  if (done.status === 200) told.completed.set(sent.id, sent)
  else told.wrong.push({ ...done, path })
  return done.status === 200
}

test(`killed ${kills} times while plans move: what was acknowledged stands, nothing is half done`, async () => {
  const port = await freePort()
  url = `http://127.0.0.1:${port}`
  const random = seeded(20180102)
  let year = 2018
  const nextYear = () => {
    year += 1
    return year
  }
  const clients: Client[] = Array.from({ length: streams }, () => ({ year: nextYear(), unanswered: null }))
  const told: Told = { started: new Map(), completed: new Map(), wrong: [], sentAgain: 0 }
  for (let round = 0; round < kills; round += 1) {
    await start(port)
    const enough = told.completed.size + 1 + Math.floor(random() * 8)
    const jitter = random() * 30
    let working = true
    const all = Promise.all(clients.map((client) => work(client, told, nextYear))).finally(() => {
      working = false
    })
    while (working && told.completed.size < enough) await pause(1)
    expect(told.wrong).toEqual([])
    expect(working).toBe(true)
    await pause(jitter)
    await kill()
    await all
  }
  expect(told.wrong).toEqual([])
  // Else the moments were badly chosen, and the test shows nothing.
  expect(told.sentAgain).toBeGreaterThan(0)
  expect(told.completed.size).toBeGreaterThan(kills)

  const kept = await sql<{ id: number; status: string; outcome: string; drafted: boolean }>`
    select t.id, t.status, t.outcome, exists (select from plan p join plan_version v on v.plan_id = p.id
      where p.case_id = t.case_id and v.act = 'submit'
        and v.targets @> jsonb_build_array(jsonb_build_object('unit_id', ${region}::int, 'quarter', 1, 'amount', t.id))) as drafted
    from wf_task t where t.id = any(${[...told.completed.keys()]}::bigint[])`.execute(base.db.kysely)
  expect(
    kept.rows.filter((row) => {
      const sent = told.completed.get(row.id)
      return row.status !== 'done' || row.outcome !== sent?.outcome || row.drafted !== (sent.node === 'draft')
    }),
  ).toEqual([])
  expect(kept.rows).toHaveLength(told.completed.size)
  const begun = await sql<{ year: number; id: number }>`select year, case_id as id from plan
    where year = any(${[...told.started.keys()]}::int[])`.execute(base.db.kysely)
  expect(new Map(begun.rows.map((row) => [row.year, row.id]))).toEqual(
    new Map([...told.started].sort(([a], [b]) => a - b)),
  )

  // Half done would be: a case without a place, a place without its task, a plan that its case knows nothing of, a version without its act.
  const half = await sql<{ what: string; n: number }>`
    select 'running case without a token' as what, count(*)::int as n from wf_case c
      where c.state = 'running' and not exists (select from wf_token t where t.case_id = c.id)
    union all select 'token without an open task', count(*)::int from wf_token k
      where not exists (select from wf_task t where t.token_id = k.id and t.status = 'open')
    union all select 'task without its log', count(*)::int from wf_task t where t.status = 'done'
      and not exists (select from wf_log l where l.case_id = t.case_id and l.node = t.node)
    union all select 'case without its plan', count(*)::int from wf_case c where c.parent_id is null
      and not exists (select from plan p where p.case_id = c.id)
    union all select 'plan without its case', count(*)::int from plan p where not exists (select from wf_case c where c.id = p.case_id)
    union all select 'acts and versions differ', count(*)::int from plan p where
      (select count(*) from plan_version v where v.plan_id = p.id)
        <> (select count(*) from wf_task t where t.case_id = p.case_id and t.status = 'done')
    union all select 'plan and step differ', count(*)::int from plan p join wf_task t on t.case_id = p.case_id and t.status = 'open'
      where p.status <> case t.node when 'basis' then 'basis' when 'draft' then 'draft' when 'decide' then 'draft' when 'sign' then 'final'
        when 'cascade' then 'cascading' else 'review' end`.execute(base.db.kysely)
  expect(half.rows.filter((row) => row.n > 0)).toEqual([])
}, 600_000)
