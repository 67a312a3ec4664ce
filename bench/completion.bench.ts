import pg from 'pg'
import { completeTask } from '../src/kernel/workflow/complete.ts'
import { as, type House, inHouse, overHttp, settle } from './house.ts'
import { type Line, programTimes, workTimes } from './line.ts'
import { morePlans, onePlan } from './plans.ts'

const times = 40
const rounds = 8
const draft = { outcome: 'submit', comment: '', form: {} }

/** A draft is submitted: task and token move, the plan and its version are written, the reviewer's task opens, the log grows. */
export async function lines(): Promise<Line[]> {
  const few = await inHouse(async (house) => {
    const seed = await onePlan(house)
    await morePlans(house, seed, 9)
    await settle(house)
    const work = await completions(house, await morePlans(house, seed, rounds * times + 1))
    return (await workTimes(house.base.url, [work], rounds, times))[0] as number
  })
  return inHouse(async (house) => {
    const seed = await onePlan(house)
    await morePlans(house, seed, 10_000)
    await settle(house)
    const client = new pg.Client({ connectionString: house.base.url })
    await client.connect()
    try {
      const ours = await completions(house, await morePlans(house, seed, rounds * times))
      const theirs = await morePlans(house, seed, rounds * times)
      const [program, bare] = (await programTimes(
        [ours, (time) => bareCompletion(client, theirs[time] as number)],
        rounds,
        times,
      )) as [number, number]
      const many = (await workTimes(
        house.base.url,
        [await completions(house, await morePlans(house, seed, rounds * times + 1))],
        rounds,
        times,
      )) as [number]
      const overNet = await morePlans(house, seed, rounds * times)
      const [http] = (await overHttp(house, 'sup', (call) =>
        programTimes(
          [(time) => call('POST', `/api/v1/tasks/${overNet[time]}/completion`, draft)],
          rounds,
          times,
        ),
      )) as [number]
      return [
        {
          what: 'task completion, command',
          value: program,
          unit: 'ms',
          floor: bare,
          floorWhat: 'program time of a bare transaction that writes the same rows',
          bar: 2.5,
        },
        {
          what: 'task completion, over HTTP',
          value: http,
          unit: 'ms',
          floor: bare,
          floorWhat: 'the same; caller, server and answer with the next task in one process',
        },
        {
          what: 'task completion, 10 -> 10,000 open cases',
          value: many[0],
          unit: 'ms',
          floor: few,
          floorWhat: 'program and database with 10 open cases',
          bar: 1.5,
        },
      ]
    } finally {
      await client.end()
    }
  })
}

async function completions(house: House, tasks: readonly number[]) {
  const sup = await as(house, 'sup')
  let next = 0
  return () =>
    sup((ctx) => {
      next += 1
      return completeTask(ctx, tasks[next - 1] as number, draft)
    })
}

/** What a hand-written transaction would do for the same change: no rights, no drawing, no deadline to reckon. */
async function bareCompletion(client: pg.Client, task: number): Promise<void> {
  await client.query('begin')
  const { rows } = await client.query(
    `select t.case_id, t.token_id, t.rev, c.record_id as plan, c.year, p.version from wf_task t join wf_case c on c.id = t.case_id
      join plan p on p.case_id = c.id where t.id = $1 for update of c`,
    [task],
  )
  const { case_id, token_id, plan, version } = rows[0]
  await client.query(
    `update wf_task set status = 'done', rev = rev + 1, outcome = 'submit', comment = '', done_at = now() where id = $1 and status = 'open'`,
    [task],
  )
  await client.query(
    `insert into plan_version (plan_id, version, act, person_id, reason, targets, form) select p.id, $2, 'submit',
      (select min(person_id) from wf_candidate where task_id = $3), '',
      (select jsonb_agg(to_jsonb(t) - 'plan_id' order by t.unit_id, t.quarter) from plan_target t where t.plan_id = p.id), p.form
      from plan p where p.id = $1`,
    [plan, version, task],
  )
  await client.query(`update plan set status = 'review', rev = rev + 1, updated_at = now() where id = $1`, [
    plan,
  ])
  await client.query(`update wf_token set node = 'review', flow = 'f3' where id = $1`, [token_id])
  const opened = await client.query(
    `insert into wf_task (id, case_id, token_id, node, step, post, round, due_at, opened_at, status, rev)
      values (nextval('wf_id'), $1, $2, 'review', 'C-3', 'SDM', 1, now(), now(), 'open', 1) returning id`,
    [case_id, token_id],
  )
  const people = await client.query(`select person_id from holder where post = 'SDM'`)
  await client.query(`insert into wf_candidate values ($1, $2, 'post', null)`, [
    opened.rows[0].id,
    people.rows[0].person_id,
  ])
  await client.query(`insert into wf_member values ($1, $2) on conflict do nothing`, [
    case_id,
    people.rows[0].person_id,
  ])
  await client.query(
    `insert into wf_log (case_id, at, event, node) values ($1, now(), 'completed', 'draft'), ($1, now(), 'opened', 'review')`,
    [case_id],
  )
  await client.query('commit')
}
