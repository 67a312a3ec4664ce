import Big from 'big.js'
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/context.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { Act, Fact, Notice, TaskView } from '../../../kernel/workflow/act.ts'
import { formIn } from '../../../kernel/workflow/forms.ts'
import { basisTotal } from '../basis.ts'
import { takePlanForm } from '../commands.ts'
import { fillTargets, makeHeadSheet } from '../fill.ts'
import { draftGrid, mayEdit } from '../grid.ts'
import { keepVersion, type PlanRow, planOfCase, setPlan } from '../plan.ts'
import { draftVersion, growth } from '../rules.ts'
import { emptyFields } from '../rules-words.ts'

async function targetOf(ctx: Ctx, plan: PlanRow): Promise<string> {
  const { rows } = await sql<{
    target: string
  }>`select coalesce(sum(amount), 0)::text as target from plan_target where plan_id = ${plan.id}`.execute(
    ctx.tx,
  )
  return rows[0]?.target ?? '0'
}

async function totals(
  ctx: Ctx,
  plan: PlanRow,
): Promise<{ target: string; base: string; before: string; returned: string }> {
  const { amount, before, returned } = await basisTotal(ctx, plan)
  return { target: await targetOf(ctx, plan), base: amount, before, returned }
}

async function factsOf(ctx: Ctx, plan: PlanRow): Promise<Fact[]> {
  const { target, base, before, returned } = await totals(ctx, plan)
  const more = growth(target, base)
  const facts: Fact[] = [
    {
      label: { zh: `${plan.base_year} 年销售额`, en: `Sales ${plan.base_year}` },
      value: base,
      unit: 'money',
      against: { label: { zh: `${plan.growth_year} 年`, en: String(plan.growth_year) }, value: before },
    },
    { label: { zh: '其中已退货（无日期）', en: 'Returned (undated)' }, value: returned, unit: 'money' },
  ]
  if (plan.status !== 'basis')
    facts.push({
      label: { zh: `${plan.year} 年目标`, en: `Target ${plan.year}` },
      value: target,
      unit: 'money',
      against: { label: { zh: '比上年', en: 'against last year' }, value: more ?? '', unit: 'percent' },
    })
  facts.push({ label: { zh: '版本', en: 'Version' }, value: `v${plan.version}`, unit: 'text' })
  return facts
}

const noTargets = {
  zh: '还不能提交：目标都是 0。先在草案里填各大区的季度目标',
  en: 'Not submitted: every target is 0. Fill the quarterly targets of the regions in the draft first',
}
type Rows = Awaited<ReturnType<typeof draftGrid>>['rows']

const allZero = (rows: Rows): boolean =>
  rows.every((row) => Object.values(row.values).every((value) => new Big(value).eq(0)))

/** Whether the targets are last year's sales cell by cell: the grid as it was laid out, nothing decided yet. */
const asLastYear = (rows: Rows): boolean =>
  rows.length > 0 &&
  rows.every((row) =>
    Object.entries(row.values).every(([id, value]) =>
      new Big(value).eq(new Big(row.lastYear[id] ?? '0').round(2)),
    ),
  )

/** What whoever passes the plan on should know of it: words of FM-18 that he left empty, no targets, or last year's. */
async function noticesOf(ctx: Ctx, plan: PlanRow, outcome: string): Promise<Notice[]> {
  const notices: Notice[] = []
  // Who only signs can fill nothing: what is empty was told to who could.
  const fills = plan.status === 'basis' || (await mayEdit(ctx, 'draft', plan.case_id, null))
  const layout = fills ? await formIn(ctx, plan.edition_id, 'FM-18') : null
  const empty = layout ? emptyFields(layout, plan.form, plan.status === 'basis' ? 'C-1' : null) : []
  if (empty.length > 0)
    notices.push({
      outcome,
      kind: 'warn',
      text: {
        zh: `计划书 FM-18 还有 ${empty.length} 处空着：${empty.map((field) => field.label.zh).join('、')}`,
        en: `Still empty in the plan, FM-18: ${empty.map((field) => field.label.en).join(', ')}`,
      },
    })
  if (plan.status === 'basis') return notices
  const { rows } = await draftGrid(ctx, plan)
  if (plan.status === 'draft' && allZero(rows)) notices.push({ outcome, kind: 'refused', text: noTargets })
  else if (asLastYear(rows))
    notices.push({
      outcome,
      kind: 'warn',
      text: {
        zh: `各大区、各季度的目标与 ${plan.base_year} 年销售额完全相同`,
        en: `The targets of every region and quarter equal the sales of ${plan.base_year} exactly`,
      },
    })
  return notices
}

async function viewOf(ctx: Ctx, rootId: number, outcome: string): Promise<TaskView> {
  const plan = await planOfCase(ctx, rootId)
  return {
    record: {
      kind: 'plan',
      id: plan.id,
      title: { zh: `${plan.year} 年度计划 v${plan.version}`, en: `Plan ${plan.year} v${plan.version}` },
    },
    facts: await factsOf(ctx, plan),
    href: `/plans/${plan.id}`,
    blocked: [],
    notices: await noticesOf(ctx, plan, outcome),
    revisions: { [`plan:${plan.id}`]: plan.rev },
    changedBy: plan.changed_by,
  }
}

/** An act on the whole plan: same view, its own judgement; `onward` is the outcome that passes the plan on. */
const planAct = (id: string, onward: string, complete: Act['complete']): Act => ({
  id,
  view: (ctx, task) => viewOf(ctx, task.rootId, onward),
  complete,
})

/** C-1: the basis is read from facts; what follows is a grid filled with the base year. */
export const basis = planAct('planning.basis', 'done', async (ctx, task, done) => {
  const plan = await planOfCase(ctx, task.rootId)
  await takePlanForm(ctx, plan, done.form['FM-18'])
  await fillTargets(ctx, plan)
  await keepVersion(ctx, plan, 'basis', '0.0', done.comment)
  await setPlan(ctx, plan, { status: 'draft', version: draftVersion(1) })
  return undefined
})

/** C-2: a draft without a target anywhere is no plan. */
export const draft = planAct('planning.draft', 'submit', async (ctx, task, done) => {
  const plan = await planOfCase(ctx, task.rootId)
  await takePlanForm(ctx, plan, done.form['FM-18'])
  const version = draftVersion(task.round)
  const target = await keepVersion(ctx, plan, 'submit', version, done.comment)
  if (Number(target) <= 0) throw new Refusal(422, 'no-targets', noTargets)
  await setPlan(ctx, plan, { status: 'review', version })
  return undefined
})

/** C-3: passed or not; a rejection keeps its reason and opens the next version. */
export const review = planAct('planning.review', 'pass', async (ctx, task, done) => {
  const plan = await planOfCase(ctx, task.rootId)
  await keepVersion(ctx, plan, done.outcome, plan.version, done.comment)
  await setPlan(
    ctx,
    plan,
    done.outcome === 'pass'
      ? { status: 'review' }
      : { status: 'draft', version: draftVersion(task.round + 1) },
  )
  return undefined
})

/** C-3 after the last round: the general manager’s version goes on. */
export const decide = planAct('planning.decide', 'decide', async (ctx, task, done) => {
  const plan = await planOfCase(ctx, task.rootId)
  await keepVersion(ctx, plan, 'decide', plan.version, done.comment)
  await setPlan(ctx, plan, { status: 'review' })
  return undefined
})

/** C-4: the baseline. */
export const finalise = planAct('planning.finalise', 'finalise', async (ctx, task, done) => {
  const plan = await planOfCase(ctx, task.rootId)
  await keepVersion(ctx, plan, 'finalise', '1.0', done.comment)
  await setPlan(ctx, plan, { status: 'final', version: '1.0' })
  return undefined
})

/** C-4 signed: the head finds a sheet that already adds up to the plan. */
export const sign = planAct('planning.sign', 'sign', async (ctx, task, done) => {
  const plan = await planOfCase(ctx, task.rootId)
  await keepVersion(ctx, plan, 'sign', plan.version, done.comment)
  const head = await sql<{
    person_id: number
  }>`select person_id from holder where post = 'SUP' order by seat_id limit 1`.execute(ctx.tx)
  await makeHeadSheet(ctx, plan, head.rows[0]?.person_id ?? ctx.actor.personId, task.rootId)
  await setPlan(ctx, plan, { status: 'cascading' })
  return undefined
})

export const planActs = [basis, draft, review, decide, finalise, sign]
