import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { standingClock } from '../src/kernel/clock.ts'
import { freshDatabase } from './database.ts'
import { sampleKernel } from './people.ts'
import { someSales } from './sales.ts'
import { tokenOf } from './server.ts'

const kills = 20
let base: Awaited<ReturnType<typeof freshDatabase>>
let program: ChildProcess | null = null
let url = ''
const tokens: Record<string, string> = {}

/** A port that is free now. */
const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })

/** Starts the built program as a person would and waits until it answers. */
async function start(port: number): Promise<void> {
  program = spawn(process.execPath, ['dist/server/kambook.js', 'start', '--port', String(port)], {
    env: { ...process.env, DATABASE_URL: base.url },
    stdio: 'ignore',
  })
  for (let tries = 0; tries < 300; tries += 1) {
    const well = await fetch(`${url}/health/ready`).then(
      (answer) => answer.ok,
      () => false,
    )
    if (well) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('the program did not come up')
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
  base = await freshDatabase()
  await sampleKernel(base.db, standingClock('2018-01-02T02:00:00Z'))
  await someSales(base.db)
  for (const login of ['sup', 'sdm']) tokens[login] = await tokenOf(base.db, login)
}, 120_000)
afterAll(async () => {
  await kill()
  await base?.drop()
})

async function call<T>(
  login: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; body: T } | null> {
  return fetch(`${url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${tokens[login]}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).then(
    async (answer) => ({ status: answer.status, body: (await answer.json()) as T }),
    // The program died before it answered: nothing was acknowledged.
    () => null,
  )
}

interface Open {
  id: number
  node: string
}

/** One plan a year goes its way, draft and review in turn, without end: rejected, drafted again, rejected. */
async function stream(
  year: number,
  acknowledged: Map<number, string>,
  stopped: () => boolean,
): Promise<void> {
  const begun = await call<{ id: number }>('sup', 'POST', '/cases', { workflow: 'PLAN', input: { year } })
  if (!begun || begun.status >= 300) return
  while (!stopped()) {
    let moved = false
    for (const login of ['sup', 'sdm']) {
      const found = await call<{ tasks: Open[] }>(login, 'GET', `/cases/${begun.body.id}`)
      if (!found) return
      for (const task of found.body.tasks) {
        const outcome = { basis: 'done', draft: 'submit', review: 'reject' }[task.node]
        if (!outcome) continue
        const done = await call(login, 'POST', `/tasks/${task.id}/completion`, {
          outcome,
          comment: '示例意见',
        })
        if (!done) return
        if (done.status === 200) {
          acknowledged.set(task.id, outcome)
          moved = true
        }
      }
    }
    if (!moved) return
  }
}

test(`killed ${kills} times while plans move: what was acknowledged stands, nothing is half done`, async () => {
  const port = await freePort()
  url = `http://127.0.0.1:${port}`
  const acknowledged = new Map<number, string>()
  let year = 2018
  for (let round = 0; round < kills; round += 1) {
    await start(port)
    let dead = false
    const streams = Array.from({ length: 4 }, () => {
      const own = year
      year += 1
      return stream(own, acknowledged, () => dead)
    })
    await new Promise((resolve) => setTimeout(resolve, 150 + ((round * 37) % 300)))
    await kill()
    dead = true
    await Promise.all(streams)
  }
  expect(acknowledged.size).toBeGreaterThan(kills)
  const { rows } = await sql<{
    id: number
    status: string
    outcome: string | null
  }>`select id, status, outcome from wf_task
    where id = any(${[...acknowledged.keys()]}::bigint[])`.execute(base.db.kysely)
  expect(rows.filter((row) => row.status !== 'done' || row.outcome !== acknowledged.get(row.id))).toEqual([])
  expect(rows).toHaveLength(acknowledged.size)

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
      where p.status <> case t.node when 'basis' then 'basis' when 'draft' then 'draft' else 'review' end`.execute(
    base.db.kysely,
  )
  expect(half.rows.filter((row) => row.n > 0)).toEqual([])
}, 240_000)
