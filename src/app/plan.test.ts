import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { acting, sampleKernel } from '../../test/people.ts'
import { someSales } from '../../test/sales.ts'
import { sampleDatabase } from '../../test/sample-database.ts'
import { standingClock } from '../kernel/clock.ts'
import type { Kernel } from '../kernel/context.ts'
import { readKpi } from '../kernel/figures/read.ts'
import { Refusal } from '../kernel/refusal.ts'
import { caseDetail, listCases } from '../kernel/workflow/case-reads.ts'
import { completeTask } from '../kernel/workflow/complete.ts'
import { startCase } from '../kernel/workflow/start.ts'
import { inbox, taskDetail } from '../kernel/workflow/tasks.ts'
import { repair, saveDraft, saveSheet, saveWords } from '../modules/planning/commands.ts'
import { draftGrid, sheetGrid } from '../modules/planning/grid.ts'
import { planOfCase } from '../modules/planning/plan.ts'
import { listSheets, readPlan } from '../modules/planning/read.ts'
import { versionsOf } from '../modules/planning/versions.ts'

const clock = standingClock('2018-01-02T02:00:00Z')
let kernel: Kernel
let drop: () => Promise<void>
let caseId = 0
let planId = 0

beforeAll(async () => {
  const fresh = await sampleDatabase()
  drop = fresh.drop
  kernel = sampleKernel(fresh.db, clock)
  await someSales(fresh.db)
}, 120_000)
afterAll(() => drop?.())

const todo = (login: string) =>
  acting(kernel, login, async (ctx) => (await inbox(ctx, { box: 'todo', limit: 50 })).items)

/** The person's only open task of a step is completed with an outcome. */
async function does(login: string, step: string, outcome: string, comment = '', form = {}) {
  const task = (await todo(login)).find((one) => one.step === step)
  if (!task) throw new Error(`${login} has no ${step}`)
  return acting(kernel, login, (ctx) => completeTask(ctx, task.id, { outcome, comment, form }))
}

describe('The annual plan of 2018 goes through its posts', () => {
  test('the head starts it; nobody else may', async () => {
    const refused = acting(kernel, 'rep01', (ctx) =>
      startCase(ctx, { workflow: 'PLAN', input: { year: 2018 } }),
    )
    await expect(refused).rejects.toMatchObject({ status: 403 })
    const begun = await acting(kernel, 'sup', (ctx) =>
      startCase(ctx, { workflow: 'PLAN', input: { year: 2018 } }),
    )
    const again = await acting(kernel, 'sup', (ctx) =>
      startCase(ctx, { workflow: 'PLAN', input: { year: 2018 } }),
    )
    expect([begun.fresh, again.fresh, again.caseId]).toEqual([true, false, begun.caseId])
    caseId = begun.caseId
    planId = (await acting(kernel, 'sup', (ctx) => planOfCase(ctx, caseId))).id
  })

  test('C-1: the basis opens a draft filled with last year by home region and quarter', async () => {
    expect(await does('sup', 'C-1', 'done')).not.toBeInstanceOf(Refusal)
    const plan = await acting(kernel, 'sup', (ctx) => readPlan(ctx, planId))
    const truth = await sql<{
      n: string
    }>`select sum(round(s, 2))::text as n from (select sum(amount) s from sales_fact
      where kind = 'sale' and happened_on >= '2017-01-01' group by home_unit_id, extract(quarter from happened_on)) x`.execute(
      kernel.db.kysely,
    )
    expect(plan.total).toBe(truth.rows[0]?.n)
    expect(plan.status).toBe('draft')
  })

  test('C-2: before he submits he is told what FM-18 lacks and that nothing was changed yet; it does not stop him', async () => {
    const told = async (login: string, step: string) => {
      const task = (await todo(login)).find((one) => one.step === step)
      const { outcomes } = await acting(kernel, login, (ctx) => taskDetail(ctx, task?.id as number))
      return outcomes.map((one) => [one.id, one.blocked, one.notices.map(({ text }) => text.zh).join('\n')])
    }
    const [[, blocked, said]] = (await told('sup', 'C-2')) as [[string, unknown, string]]
    expect(blocked).toBeNull()
    expect(said).toContain('8 处空着')
    expect(said).toContain('风险与应对')
    expect(said).toContain('与 2017 年销售额完全相同')
    const plan = await acting(kernel, 'sup', (ctx) => planOfCase(ctx, caseId))
    await acting(kernel, 'sup', (ctx) => saveWords(ctx, planId, plan.rev, { risks: '大项目推迟' }))
    expect((await told('sup', 'C-2'))[0]?.[2]).not.toContain('风险与应对')
  })

  test('C-2: the head types into the grid and submits; a second window is told', async () => {
    const saved = await acting(kernel, 'sup', async (ctx) => {
      const grid = await draftGrid(ctx, await planOfCase(ctx, caseId))
      const row = grid.rows[0]?.key as string
      const input = { rev: grid.rev, cells: [{ row, column: 'Q1', amount: '99999.5' }] }
      return { grid: await saveDraft(ctx, planId, input), input }
    })
    expect(saved.grid.rows[0]?.values.Q1).toBe('99999.5')
    await expect(acting(kernel, 'sup', (ctx) => saveDraft(ctx, planId, saved.input))).rejects.toMatchObject({
      code: 'conflict',
    })
    await expect(
      acting(kernel, 'sdm', (ctx) => saveDraft(ctx, planId, { ...saved.input, rev: saved.grid.rev })),
    ).rejects.toMatchObject({ status: 403 })
    await does('sup', 'C-2', 'submit')
    const task = (await todo('sdm')).find((one) => one.step === 'C-3')
    const seen = await acting(kernel, 'sdm', (ctx) => taskDetail(ctx, task?.id as number))
    // The words of the plan that are empty were told to who could write them; whoever only signs is not warned of them.
    expect(seen.outcomes.map((one) => [one.id, one.notices.length])).toEqual([
      ['pass', 0],
      ['reject', 0],
    ])
    expect(seen.withheld).toBeNull()
  })

  test('C-3: rejected once with a reason that stays, then passed', async () => {
    await expect(does('sdm', 'C-3', 'reject')).rejects.toMatchObject({ status: 422 })
    await does('sdm', 'C-3', 'reject', '华东一季度定得太低')
    expect((await acting(kernel, 'sup', (ctx) => readPlan(ctx, planId))).version).toBe('0.2')
    await does('sup', 'C-2', 'submit', '已调整')
    await does('sdm', 'C-3', 'pass')
    const kept = await sql<{
      reason: string
      act: string
    }>`select act, reason from plan_version order by id`.execute(kernel.db.kysely)
    expect(kept.rows.find((row) => row.act === 'reject')?.reason).toBe('华东一季度定得太低')
  })

  test('C-4: final and signed, the head has a sheet that adds up to the plan', async () => {
    await does('sup', 'C-4', 'finalise')
    const signer = (await todo('sdm')).some((one) => one.step === 'C-4') ? 'sdm' : 'gm'
    await does(signer, 'C-4', 'sign')
    const [sheet] = await acting(kernel, 'sup', (ctx) => listSheets(ctx, planId))
    const grid = await acting(kernel, 'sup', (ctx) => sheetGrid(ctx, sheet?.sheetId as number))
    expect(grid.check?.total).toMatchObject({ difference: '0', ok: true })
  })

  test('C-5: a split outside the range is refused with the difference, saved, and counted', async () => {
    const [sheet] = await acting(kernel, 'sup', (ctx) => listSheets(ctx, planId))
    const id = sheet?.sheetId as number
    const grid = await acting(kernel, 'sup', (ctx) => sheetGrid(ctx, id))
    const row = grid.rows[0] as (typeof grid.rows)[number]
    const set = (rev: number, amount: string) =>
      acting(kernel, 'sup', (ctx) =>
        saveSheet(ctx, id, { rev, cells: [{ row: row.key, column: 'Q1', amount }] }),
      )
    const short = await set(grid.rev, '0')
    // Before it is pressed the task says that it would be refused, counted, and which region departs from what was signed.
    const told = async () => {
      const task = (await todo('sup')).find((one) => one.step === 'C-5')
      const shown = await acting(kernel, 'sup', (ctx) => taskDetail(ctx, task?.id as number))
      const [issue] = shown.outcomes
      return {
        blocked: issue?.blocked,
        notices: issue?.notices.map((one) => [one.kind, one.text.zh]),
        facts: shown.facts,
      }
    }
    const before = await told()
    expect(before.blocked).toBeNull()
    expect(before.notices?.map(([kind]) => kind)).toEqual(['refused', 'tell', 'warn'])
    expect(before.notices?.[0]?.[1]).toMatch(/^一季度差 [\d,.]+ 元，全年差 .*计第 1 次/)
    expect(before.notices?.[2]?.[1]).toContain(`${row.label.zh}少`)
    expect(before.facts.find((one) => one.label.zh === '差额')?.wrong).toBe(true)
    const refused = await does('sup', 'C-5', 'issue')
    expect(refused).toMatchObject({ status: 422, code: 'sum-out-of-range' })
    const after = await acting(kernel, 'sup', (ctx) => sheetGrid(ctx, id))
    expect(after.attempts).toBe(1)
    expect(after.rows[0]?.values.Q1).toBe('0')
    expect(after.check?.Q1?.difference).toBe(`-${row.values.Q1}`)
    expect(after.rev).toBe(short.rev + 1)
    // Levelled, the row that was off goes back to the signed plan; its neighbours stay as they were signed.
    const level = { rev: after.rev, how: 'level' as const, factor: '1' }
    const mended = await acting(kernel, 'sup', (ctx) => repair(ctx, { planId, sheetId: id }, level))
    expect(mended.rows.map((one) => one.values)).toEqual(grid.rows.map((one) => one.signed))
    expect((await told()).notices?.map(([kind]) => kind)).toEqual(['tell'])
    expect(await does('sup', 'C-5', 'issue')).not.toBeInstanceOf(Refusal)
  })

  test('C-5: a manager returns his target once, gets it again, accepts and splits to his reps', async () => {
    await does('kam1', 'C-5', 'return', '西部项目没有算进去')
    await does('sup', 'C-5', 'issue', '西部项目年中再议')
    const asked = (await todo('kam1')).find((one) => one.step === 'C-5')
    const letter = await acting(kernel, 'kam1', (ctx) => taskDetail(ctx, asked?.id as number))
    expect(letter.said).toEqual([expect.objectContaining({ text: '西部项目年中再议' })])
    expect(letter.withheld?.zh).toContain('只列您这一份的经过')
    // His own answer is there; the reviews of the plan are not.
    expect(letter.opinions.map((one) => one.step)).not.toContain('C-3')
    // Three managers are asked at the same step: each open task tells its own holder, the case tells all of them.
    const started = await acting(kernel, 'sup', async (ctx) =>
      (await inbox(ctx, { box: 'started', limit: 50 })).items.filter((one) => one.step === 'C-5'),
    )
    for (const task of started) {
      const shown = await acting(kernel, 'sup', (ctx) => taskDetail(ctx, task.id))
      const here = shown.steps.find((one) => one.step === 'C-5')
      expect(here).toMatchObject({ state: 'here', title: task.title, dueAt: task.dueAt })
      expect(here?.who).toHaveLength(1)
      expect(task.caseTitle.zh).toContain(here?.who[0])
    }
    const whole = await acting(kernel, 'sup', (ctx) => caseDetail(ctx, caseId))
    expect(whole.steps.find((one) => one.step === 'C-5')?.who).toHaveLength(3)
    // The one who started it sees one case and what it waits for; who has only a share in it started nothing.
    const mine = (login: string) => acting(kernel, login, (ctx) => listCases(ctx, { started: 'me' }))
    const [own, ...others] = (await mine('sup')).items
    expect([own?.id, others.length, (await mine('kam1')).items.length]).toEqual([caseId, 0, 0])
    expect(own?.waiting.map((one) => [one.step, one.title.zh, one.tasks, one.who.length])).toEqual([
      ['C-5', '接受目标', 3, 3],
    ])
    for (const kam of ['kam1', 'kam2', 'kam3']) await does(kam, 'C-5', 'accept')
    const refused = await acting(kernel, 'kam1', async (ctx) => {
      const own = (await listSheets(ctx, planId)).find((one) => one.kind === 'rep')
      const grid = await sheetGrid(ctx, own?.sheetId as number)
      const row = grid.rows[0] as (typeof grid.rows)[number]
      await saveSheet(ctx, grid.sheetId, {
        rev: grid.rev,
        cells: [{ row: row.key, column: 'M01', amount: '1' }],
      })
      return row
    })
    expect(refused.editable).toBe(true)
    for (let attempt = 1; attempt <= 2; attempt += 1)
      expect(await does('kam1', 'C-5', 'issue')).toMatchObject({ code: 'sum-out-of-range' })
    await does('kam1', 'C-5', 'hand-up')
  })

  test('C-5: handed up, the head mends the split; every rep accepts; the case rests as cascaded', async () => {
    await acting(kernel, 'sup', async (ctx) => {
      const sheets = (await listSheets(ctx, planId)).filter((one) => one.kind === 'rep')
      for (const one of sheets) {
        const grid = await sheetGrid(ctx, one.sheetId as number)
        const gap = grid.check?.Q1?.difference ?? '0'
        if (!gap.startsWith('-')) continue
        const row = grid.rows[0] as (typeof grid.rows)[number]
        const amount = (Number(row.values.M01) - Number(gap)).toFixed(2)
        await saveSheet(ctx, grid.sheetId, {
          rev: grid.rev,
          cells: [{ row: row.key, column: 'M01', amount }],
        })
      }
    })
    expect(await does('sup', 'C-5', 'issue')).not.toBeInstanceOf(Refusal)
    for (const kam of ['kam2', 'kam3']) expect(await does(kam, 'C-5', 'issue')).not.toBeInstanceOf(Refusal)
    const waits = await acting(kernel, 'sup', (ctx) => caseDetail(ctx, caseId))
    expect(waits.children.flatMap((child) => child.open)).toHaveLength(18)
    expect(waits.children[0]?.open[0]).toMatchObject({ step: 'C-5', title: { zh: '接受目标责任书' } })
    for (let n = 1; n <= 18; n += 1) await does(`rep${String(n).padStart(2, '0')}`, 'C-5', 'accept')
    const plan = await acting(kernel, 'sup', (ctx) => readPlan(ctx, planId))
    expect(plan.status).toBe('cascaded')
    const leaves = await sql<{ given: string; split: string }>`select
        (select sum(amount)::text from plan_target) as given,
        (select sum(l.amount)::text from plan_sheet_line l join plan_sheet s on s.id = l.sheet_id where s.kind = 'rep') as split`.execute(
      kernel.db.kysely,
    )
    expect(leaves.rows[0]?.split).toBe(leaves.rows[0]?.given)
  })

  test('a rep sees what he was given and nothing of his neighbour', async () => {
    const mine = await acting(kernel, 'rep01', (ctx) => listSheets(ctx, planId))
    expect(mine.map((one) => [one.kind, one.status])).toEqual([['letter', 'accepted']])
    const counted = await acting(kernel, 'rep01', (ctx) =>
      sql<{ n: number }>`select count(distinct receiver_id)::int as n from plan_sheet_line`.execute(ctx.tx),
    )
    expect(counted.rows[0]?.n).toBe(1)
  })

  test('who was given a part reads that part: no review, no version, no other region, and is told so', async () => {
    const seen = (login: string) =>
      acting(kernel, login, async (ctx) => ({
        versions: await versionsOf(ctx, planId),
        targets: (await readPlan(ctx, planId)).may.targets,
        regions: (await draftGrid(ctx, await planOfCase(ctx, caseId))).rows.length,
        target: (await readKpi(ctx, { kpi: 'K01', period: '2018', scope: 'company' })).target,
        root: (await sql`select from wf_case where id = ${caseId}`.execute(ctx.tx)).rows.length,
        opinions: (await sql`select from wf_task t where t.case_id = ${caseId}`.execute(ctx.tx)).rows.length,
      }))
    const head = await seen('sup')
    expect(head.versions.items.map((one) => one.reason)).toContain('华东一季度定得太低')
    expect([head.versions.withheld, head.targets]).toEqual([null, true])
    const manager = await seen('kam1')
    const rep = await seen('rep01')
    for (const one of [manager, rep]) {
      expect(one).toMatchObject({
        target: null,
        targets: false,
        root: 0,
        opinions: 0,
        versions: { items: [] },
      })
      expect(one.versions.withheld?.zh).toContain('只列您这一份的经过')
    }
    // A manager reads what was signed for his regions beside what he was given of them.
    const { rows } = await sql<{
      n: number
    }>`select count(distinct l.unit_id)::int as n from plan_sheet_line l
      join plan_sheet s on s.id = l.sheet_id and s.kind = 'manager' join app_user u on u.person_id = l.receiver_id
      where u.login = 'kam1' and l.tree = 'account'`.execute(kernel.db.kysely)
    expect([manager.regions, rep.regions]).toEqual([rows[0]?.n, 0])
    expect(manager.regions).toBeLessThan(head.regions)
  })

  test('what one was given stands against last year of the same part; the whole plan against the whole year', async () => {
    const part = async (login: string) => {
      const { part, total, baseTotal, growth } = await acting(kernel, login, (ctx) => readPlan(ctx, planId))
      return { part, total: Number(total), base: Number(baseTotal), growth: Number(growth) }
    }
    const { rows } = await sql<{
      login: string
      given: number
      sold: number
    }>`select u.login, sum(l.amount)::float as given,
        sum((select coalesce(sum(m.amount), 0) from sales_month m where m.basis = 'order' and m.account_id = l.account_id
          and m.month = make_date(2017, l.period, 1)))::float as sold
      from plan_sheet_line l join plan_sheet s on s.id = l.sheet_id and s.kind = 'rep' join app_user u on u.person_id = l.receiver_id
      where l.tree = 'account' and u.login in ('rep01', 'rep07') group by 1 order by 1`.execute(
      kernel.db.kysely,
    )
    for (const { login, given, sold } of rows) {
      const seen = await part(login)
      expect([login, seen.part]).toEqual([login, 'given'])
      expect(seen.total).toBeCloseTo(given, 2)
      expect(seen.base).toBeCloseTo(sold, 2)
      expect(seen.growth).toBeCloseTo(given / sold - 1, 5)
    }
    expect(rows).toHaveLength(2)
    const managers = await Promise.all(['kam1', 'kam2', 'kam3'].map(part))
    const company = await part('sup')
    expect(company.part).toBe('company')
    const sum = (of: 'total' | 'base') => managers.reduce((all, one) => all + one[of], 0)
    expect(sum('total')).toBeCloseTo(company.total, 2)
    expect(sum('base')).toBeCloseTo(company.base, 2)
  })

  test('K01 stands against the target of the plan, for the company and for a rep', async () => {
    const truth = await sql<{
      sold: string
      returned: string
    }>`select trim_scale(sum(amount) filter (where kind = 'sale'))::text as sold,
      trim_scale(sum(amount) filter (where kind = 'returned'))::text as returned from sales_fact where happened_on >= '2017-01-01'`.execute(
      kernel.db.kysely,
    )
    const k01 = await acting(kernel, 'sup', (ctx) =>
      readKpi(ctx, { kpi: 'K01', period: '2017', scope: 'company' }),
    )
    expect(k01.value?.amount).toBe(truth.rows[0]?.sold)
    expect(k01.returned?.amount).toBe(truth.rows[0]?.returned)
    expect([k01.basis, k01.state, k01.growth]).toEqual(['order', 'closed', '1'])
    const seen = await acting(kernel, 'rep01', (ctx) =>
      readKpi(ctx, { kpi: 'K01', period: '2017', scope: 'company' }),
    )
    expect(seen.partial).toEqual({ seen: 2, all: 36 })
    const next = await acting(kernel, 'sup', (ctx) =>
      readKpi(ctx, { kpi: 'K01', period: '2018', scope: 'company' }),
    )
    const plan = await acting(kernel, 'sup', (ctx) => readPlan(ctx, planId))
    expect(next).toMatchObject({ value: null, state: 'n/a', target: { amount: plan.total, currency: 'CNY' } })
  })

  test('a draft without a target is told so before it is submitted, not that it equals last year', async () => {
    await acting(kernel, 'sup', (ctx) => startCase(ctx, { workflow: 'PLAN', input: { year: 2030 } }))
    await does('sup', 'C-1', 'done')
    const task = (await todo('sup')).find((one) => one.step === 'C-2')
    const seen = await acting(kernel, 'sup', (ctx) => taskDetail(ctx, task?.id as number))
    const notices = seen.outcomes.flatMap((one) => one.notices)
    expect(notices.filter((one) => one.kind === 'refused').map((one) => one.text.en)).toEqual([
      expect.stringContaining('every target is 0'),
    ])
    expect(notices.some((one) => one.text.en.includes('equal the sales'))).toBe(false)
  })
})
