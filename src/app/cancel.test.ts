import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { someSales } from '../../test/sales.ts'
import { sampleServer, type TestServer } from '../../test/server.ts'
import type { CaseDetail, Task, TaskDetail } from '../kernel/workflow/wire.ts'

// 华以宁 starts the plan of a wrong year and takes it back; later her superior takes back one that is half cascaded.

let server: TestServer
beforeAll(async () => {
  server = await sampleServer()
  await someSales(server.db)
}, 120_000)
afterAll(() => server?.close())

async function asked<T>(login: string, method: string, path: string, body?: unknown) {
  const answer = await server.call(login, method, `/api/v1/${path}`, body)
  return { status: answer.status, body: (await answer.json()) as T }
}
const begin = (year: number) =>
  asked<CaseDetail & { tasks: Task[] }>('sup', 'POST', 'cases', { workflow: 'PLAN', input: { year } })
const cancel = (login: string, id: number, why: unknown = '年度写错了') =>
  asked<{ status: string; statusText: { zh: string }; code?: string }>(
    login,
    'POST',
    `cases/${id}/cancellation`,
    { why },
  )
const todo = async (login: string) =>
  (await asked<{ items: Task[]; counts: { todo: number } }>(login, 'GET', 'tasks?box=todo')).body

describe('a wrong start is taken back', () => {
  test('by who started it, with a reason; its task is gone, and the year can be started again', async () => {
    const wrong = await begin(2031)
    const task = wrong.body.tasks[0] as Task
    expect((await cancel('sup', wrong.body.id, '  ')).status).toBe(422)
    const done = await cancel('sup', wrong.body.id)
    expect([done.status, done.body.status, done.body.statusText.zh]).toEqual([200, 'cancelled', '已撤销'])
    expect((await todo('sup')).items).toEqual([])
    const seen = (await asked<CaseDetail>('sup', 'GET', `cases/${wrong.body.id}`)).body
    expect(seen).toMatchObject({
      state: 'ended',
      mayCancel: false,
      tasks: [],
      cancellation: { person: { name: '华以宁' }, why: '年度写错了' },
    })
    expect(seen.steps.map((step) => step.state)).not.toContain('done')
    expect(Object.values(seen.marks).map((mark) => mark.state)).not.toContain('done')
    const late = await asked<{ code: string }>('sup', 'POST', `tasks/${task.id}/completion`, {
      outcome: 'done',
      comment: '',
    })
    expect([late.status, late.body.code]).toEqual([409, 'cancelled'])
    const plan = await asked<{ status: string; statusText: { zh: string } }>(
      'sup',
      'GET',
      `plans/${seen.record?.id}`,
    )
    expect(plan.body).toMatchObject({ status: 'cancelled', statusText: { zh: '已撤销' } })

    const again = await begin(2031)
    expect(again.status).toBe(201)
    expect(again.body.id).not.toBe(wrong.body.id)
    expect((await cancel('sup', again.body.id)).status).toBe(200)
  })

  test('twice is once: the second time changes and logs nothing', async () => {
    const one = await begin(2032)
    const all = await Promise.all([1, 2, 3].map(() => cancel('sup', one.body.id)))
    expect(all.map((answer) => answer.status)).toEqual([200, 200, 200])
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from wf_log
      where case_id = ${one.body.id} and event = 'cancelled'`.execute(server.db.kysely)
    expect(rows[0]?.n).toBe(1)
    const trail = await sql<{ changes: Record<string, unknown> }>`select changes from audit
      where kind = 'plan' and record_id = (select record_id from wf_case where id = ${one.body.id}) and action = 'update'`.execute(
      server.db.kysely,
    )
    expect(trail.rows.map((row) => row.changes.status)).toEqual([['basis', 'cancelled']])
  })

  test('by nobody else: not by a colleague, not by who is below, and a stranger learns nothing of it', async () => {
    const one = await begin(2033)
    await asked('sup', 'POST', `tasks/${one.body.tasks[0]?.id}/completion`, { outcome: 'done', comment: '' })
    for (const login of ['rep01', 'kam1', 'leg', 'adm']) {
      const foreign = await cancel(login, one.body.id)
      const missing = await cancel(login, 999_999_999)
      expect([login, foreign.status]).toEqual([login, 404])
      expect(foreign.body).toEqual(missing.body)
    }
    // Finance reads every plan, and stands above nobody who makes one.
    expect((await cancel('fin', one.body.id)).status).toBe(403)
    const open = await asked<CaseDetail>('sup', 'GET', `cases/${one.body.id}`)
    expect([open.body.state, open.body.tasks.length]).toEqual(['running', 1])
  })

  test('by his superior, who did not start it', async () => {
    const [one] = (await asked<{ items: CaseDetail[] }>('sdm', 'GET', 'cases?workflow=PLAN&state=running'))
      .body.items
    const id = one?.id as number
    expect((await asked<CaseDetail>('sdm', 'GET', `cases/${id}`)).body.mayCancel).toBe(true)
    expect((await cancel('sdm', id, '明年改用新模板')).status).toBe(200)
    const seen = (await asked<CaseDetail>('sup', 'GET', `cases/${id}`)).body
    expect(seen.cancellation).toMatchObject({ person: { post: 'SDM' }, why: '明年改用新模板' })
  })
})

describe('work that was sent back says so', () => {
  test('the list and the panel name who, when and why, and the strip shows the step as open again', async () => {
    const one = await begin(2018)
    const step = async (login: string, outcome: string, comment = '') => {
      const task = (await todo(login)).items.find((item) => item.root === one.body.id) as Task
      const detail = (await asked<TaskDetail>(login, 'GET', `tasks/${task.id}`)).body
      return asked<{ code?: string }>(login, 'POST', `tasks/${task.id}/completion`, {
        outcome,
        comment,
        form: {},
        revisions: detail.revisions,
      })
    }
    expect((await step('sup', 'done')).status).toBe(200)
    const draft = (await todo('sup')).items.find((item) => item.root === one.body.id) as Task
    expect(draft.returned).toBeNull()
    const grid = (
      await asked<{ rev: number; rows: { key: string; editable: boolean }[] }>(
        'sup',
        'GET',
        `plans/${draft.record?.id}/sheets/0`,
      )
    ).body
    const cells = grid.rows
      .filter((row) => row.editable)
      .slice(0, 1)
      .flatMap((row) =>
        [1, 2, 3, 4].map((quarter) => ({
          row: row.key,
          column: `Q${quarter}`,
          measure: 'amount',
          value: '1000',
        })),
      )
    const saved = await asked('sup', 'PUT', `plans/${draft.record?.id}/sheets/0`, { rev: grid.rev, cells })
    expect([saved.status, saved.body]).toMatchObject([200, {}])
    const sent = await step('sup', 'submit')
    expect(sent.status, JSON.stringify(sent.body)).toBe(200)
    const review = (await todo('sdm')).items.find((item) => item.root === one.body.id) as Task
    const reviewed = (await asked<TaskDetail>('sdm', 'GET', `tasks/${review.id}`)).body
    // Whoever only signs is not warned of words that he cannot write.
    expect(
      reviewed.outcomes
        .flatMap((outcome) => outcome.notices)
        .filter((notice) => /FM-18/.test(notice.text.zh)),
    ).toEqual([])
    expect((await step('sdm', 'reject', '一季度偏高')).status).toBe(200)

    const back = (await todo('sup')).items.find((item) => item.root === one.body.id) as Task
    expect(back.returned).toMatchObject({
      by: { post: 'SDM' },
      outcome: { zh: '不通过' },
      why: '一季度偏高',
    })
    const panel = (await asked<TaskDetail>('sup', 'GET', `tasks/${back.id}`)).body
    expect(panel.round).toBe(2)
    expect(Object.fromEntries(panel.steps.map(({ step, state }) => [step, state]))).toMatchObject({
      'C-1': 'done',
      'C-2': 'here',
      'C-3': 'waiting',
    })
  })
})
