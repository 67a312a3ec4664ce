import type { z } from '@hono/zod-openapi'
import Big from 'big.js'
import { sql } from 'kysely'
import type { Ctx } from '../../kernel/context.ts'
import type { Regions } from '../../kernel/figures/measure.ts'
import { type Fault, invalid, notFound, Refusal } from '../../kernel/refusal.ts'
import { formIn } from '../../kernel/workflow/forms.ts'
import { basisOf } from './basis.ts'
import { draftGrid, givenTo, mayEdit, type SheetRow, sheetById, sheetGrid } from './grid.ts'
import { type PlanRow, planById } from './plan.ts'
import { regionsLastYear } from './regions.ts'
import { levelToward } from './rules.ts'
import type { Cells, PlanGrid, repairSchema } from './wire.ts'

const notYourStep = () =>
  new Refusal(403, 'no-right', {
    zh: '没有保存：这一步不在您手里，只有办理这一步的人能改',
    en: 'Not saved: this step is not yours; only whoever does it may change it',
  })

/**
 * Locks a plan or a sheet at the revision the person saw.
 * @throws Refusal 412 `conflict` that names who changed it meanwhile, and when: `{ rev, who: {id, name} | null, at }`
 */
async function lockAt(ctx: Ctx, table: 'plan' | 'plan_sheet', id: number, seen: number): Promise<void> {
  const { rows } = await sql<{ rev: number; at: Date; id: number | null; name: string | null }>`
    select t.rev, t.updated_at as at, p.id, called(p) as name from ${sql.table(table)} t left join person p on p.id = t.changed_by
    where t.id = ${id} for update of t`.execute(ctx.tx)
  const [now] = rows
  if (!now) throw notFound()
  if (now.rev === seen) return
  const who = now.id === null || now.name === null ? null : { id: now.id, name: now.name }
  throw new Refusal(
    412,
    'conflict',
    {
      zh: `没有保存：${who?.name ?? '另一个人'}刚改过这张表`,
      en: `Not saved: ${who?.name ?? 'Somebody else'} has just changed this sheet`,
    },
    { detail: { rev: now.rev, who, at: now.at.toISOString() } },
  )
}

interface Change {
  readonly row: string
  readonly period: number
  readonly amount: string | null
  readonly orders: number | null
}

/** Reads the cells of a save; each unknown column or negative amount is named. */
function changesOf(cells: Cells['cells'], prefix: 'Q' | 'M', last: number): Change[] {
  const faults: Fault[] = []
  const changes = cells.map((cell, index): Change => {
    const period = new RegExp(`^${prefix}(\\d{1,2})$`).exec(cell.column)?.[1]
    if (!period || Number(period) < 1 || Number(period) > last)
      faults.push({
        path: `cells.${index}.column`,
        text: { zh: `没有 ${cell.column} 这一列`, en: `There is no column ${cell.column}` },
      })
    if (cell.amount?.startsWith('-'))
      faults.push({
        path: `cells.${index}.amount`,
        text: { zh: '目标不能是负数', en: 'A target cannot be negative' },
      })
    return { row: cell.row, period: Number(period), amount: cell.amount ?? null, orders: cell.orders ?? null }
  })
  if (faults.length > 0)
    throw invalid(
      { zh: `没有保存：${faults.length} 个格子要改`, en: `Not saved: ${faults.length} cells need a change` },
      faults,
    )
  return changes
}

const unknownRow = (missing: number) =>
  invalid({
    zh: `没有保存：有 ${missing} 个格子不在这张表里`,
    en: `Not saved: ${missing} cells are not on this sheet`,
  })

/** Saves cells of the draft at the revision the person saw; everything or nothing. */
export async function saveDraft(ctx: Ctx, planId: number, input: Cells): Promise<PlanGrid> {
  const plan = await lockPlan(ctx, planId, input.rev)
  await writeTargets(ctx, plan, changesOf(input.cells, 'Q', 4))
  await touchPlan(ctx, plan)
  return draftGrid(ctx, await planById(ctx, planId))
}

/**
 * Another basis of regions for the plan and for the figures of its year. What was typed stays: only the sales of last year beside it change.
 * @throws Refusal 403 for whoever has not the draft in hand; 412 when it was changed meanwhile
 */
export async function saveRegions(ctx: Ctx, planId: number, rev: number, regions: Regions): Promise<void> {
  const plan = await lockPlan(ctx, planId, rev)
  await sql`update plan set regions = ${regions} where id = ${plan.id}`.execute(ctx.tx)
  await touchPlan(ctx, plan)
}

async function writeTargets(ctx: Ctx, plan: PlanRow, changes: readonly Change[]): Promise<void> {
  const { rows } = await sql<{ n: number }>`with said as (
      select * from jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) as c(row text, period int, amount numeric, orders int)
    ), done as (
      update plan_target t set amount = coalesce(s.amount, t.amount), orders = coalesce(s.orders, t.orders)
      from said s where t.plan_id = ${plan.id} and 'unit:' || t.unit_id = s.row and t.quarter = s.period returning 1
    ) select count(*)::int as n from done`.execute(ctx.tx)
  if (rows[0]?.n !== changes.length) throw unknownRow(changes.length - (rows[0]?.n ?? 0))
}

/** Saves cells of a split; the sum check comes back with the grid and does not stand in the way of saving. */
export async function saveSheet(ctx: Ctx, sheetId: number, input: Cells): Promise<PlanGrid> {
  const sheet = await lockSheet(ctx, sheetId, input.rev)
  const changes = changesOf(
    input.cells,
    sheet.kind === 'manager' ? 'Q' : 'M',
    sheet.kind === 'manager' ? 4 : 12,
  )
  await writeCells(ctx, sheet, changes)
  return sheetGrid(ctx, sheetId)
}

async function writeCells(ctx: Ctx, sheet: SheetRow, changes: readonly Change[]): Promise<void> {
  const part = sheet.kind === 'manager' ? sql`'/unit:' || l.unit_id` : sql`'/account:' || l.account_id`
  const { rows } = await sql<{ n: number }>`with said as (
      select * from jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) as c(row text, period int, amount numeric, orders int)
    ), done as (
      update plan_sheet_line l set amount = coalesce(s.amount, l.amount), orders = coalesce(s.orders, l.orders)
      from said s where l.sheet_id = ${sheet.id} and l.tree = 'account' and 'person:' || l.receiver_id || ${part} = s.row
        and l.period = s.period returning 1
    ) select count(*)::int as n from done`.execute(ctx.tx)
  if (rows[0]?.n !== changes.length) throw unknownRow(changes.length - (rows[0]?.n ?? 0))
  await sql`update plan_sheet set rev = rev + 1, updated_at = app_now() where id = ${sheet.id}`.execute(
    ctx.tx,
  )
}

/** Lines of FM-19 sent with a completion: `[{row, column, amount?, orders?}]`, as the grid names them. */
export async function takeForm(ctx: Ctx, sheet: SheetRow, form: unknown): Promise<void> {
  const lines = (form as { lines?: Cells['cells'] } | undefined)?.lines
  if (!Array.isArray(lines) || lines.length === 0) return
  await writeCells(
    ctx,
    sheet,
    changesOf(lines, sheet.kind === 'manager' ? 'Q' : 'M', sheet.kind === 'manager' ? 4 : 12),
  )
}

/** FM-18 sent with a completion: its words by field and, under `lines`, cells of the draft as the grid names them. */
export async function takePlanForm(ctx: Ctx, plan: PlanRow, form: unknown): Promise<void> {
  if (typeof form !== 'object' || form === null) return
  const { lines, ...words } = form as { lines?: Cells['cells'] } & Record<string, unknown>
  if (Object.keys(words).length > 0) await saveWords(ctx, plan.id, plan.rev, words)
  if (Array.isArray(lines) && lines.length > 0) await writeTargets(ctx, plan, changesOf(lines, 'Q', 4))
}

async function lockPlan(ctx: Ctx, id: number, rev: number): Promise<PlanRow> {
  const plan = await planById(ctx, id)
  if (!(await mayEdit(ctx, 'draft', plan.case_id, null))) throw notYourStep()
  await lockAt(ctx, 'plan', id, rev)
  return plan
}

const touchPlan = (ctx: Ctx, plan: PlanRow) =>
  sql`update plan set rev = rev + 1, updated_at = app_now() where id = ${plan.id}`.execute(ctx.tx)

async function lockSheet(ctx: Ctx, id: number, rev: number): Promise<SheetRow> {
  const sheet = await sheetById(ctx, id)
  const plan = await planById(ctx, sheet.plan_id)
  if (!(await mayEdit(ctx, sheet.kind, plan.case_id, sheet.case_id))) throw notYourStep()
  await lockAt(ctx, 'plan_sheet', id, rev)
  return sheet
}

/** Saves words of FM-18 (strategy, products, risks ...); figures are never among them. */
export async function saveWords(
  ctx: Ctx,
  planId: number,
  rev: number,
  form: Record<string, unknown>,
): Promise<void> {
  const plan = await planById(ctx, planId)
  const may = (await mayEdit(ctx, 'draft', plan.case_id, null)) || (await holdsBasis(ctx, plan))
  if (!may) throw notYourStep()
  await lockAt(ctx, 'plan', planId, rev)
  const layout = await formIn(ctx, plan.edition_id, 'FM-18')
  const fields = layout?.sections.flatMap((section) => section.fields) ?? []
  const unknown = Object.keys(form).filter(
    (id) => !fields.some((field) => field.id === id && field.type !== 'computed'),
  )
  if (unknown.length > 0)
    throw invalid(
      {
        zh: `没有保存：FM-18 没有可填的字段 ${unknown.join('、')}`,
        en: `Not saved: FM-18 has no such field to fill: ${unknown.join(', ')}`,
      },
      unknown.map((path) => ({ path, text: { zh: '没有这个字段', en: 'No such field' } })),
    )
  await sql`update plan set form = form || ${JSON.stringify(form)}::jsonb, rev = rev + 1, updated_at = app_now() where id = ${planId}`.execute(
    ctx.tx,
  )
}

async function holdsBasis(ctx: Ctx, plan: PlanRow): Promise<boolean> {
  const { rows } = await sql<{
    n: number
  }>`select count(*)::int as n from wf_candidate c join wf_task t on t.id = c.task_id
    where c.person_id = app_person() and t.status = 'open' and t.case_id = ${plan.case_id} and t.node = 'basis'`.execute(
    ctx.tx,
  )
  return (rows[0]?.n ?? 0) > 0
}

/**
 * One-click repair of a split or the draft. `level` scales each quarter so that it adds up to what was given times `factor`, to the
 * cent; `last-year` takes last year's cells times one plus `factor`.
 */
export async function repair(
  ctx: Ctx,
  target: { planId: number; sheetId: number },
  input: z.output<typeof repairSchema>,
): Promise<PlanGrid> {
  if (target.sheetId === 0) {
    const plan = await lockPlan(ctx, target.planId, input.rev)
    await draftFromLastYear(ctx, plan, input.factor)
    await touchPlan(ctx, plan)
    return draftGrid(ctx, await planById(ctx, plan.id))
  }
  const sheet = await lockSheet(ctx, target.sheetId, input.rev)
  if (input.how === 'level') await level(ctx, sheet, input.factor)
  else await sheetFromLastYear(ctx, sheet, input.factor)
  await sql`update plan_sheet set rev = rev + 1, updated_at = app_now() where id = ${sheet.id}`.execute(
    ctx.tx,
  )
  return sheetGrid(ctx, sheet.id)
}

async function draftFromLastYear(ctx: Ctx, plan: PlanRow, factor: string): Promise<void> {
  const basis = await basisOf(ctx, `${plan.base_year}-01-01`, `${plan.base_year}-12-31`)
  await sql`update plan_target t set amount = round(coalesce(s.amount, 0) * (1 + ${factor}::numeric), 2) from (
      select g.unit_id, g.quarter, x.amount from plan_target g left join (${regionsLastYear(plan, basis)}
      ) x on x.unit_id = g.unit_id and x.quarter = g.quarter where g.plan_id = ${plan.id}
    ) s where t.plan_id = ${plan.id} and t.unit_id = s.unit_id and t.quarter = s.quarter`.execute(ctx.tx)
}

/** The head's sheet goes back towards the signed plan; a manager's has nothing but its own proportions. */
async function level(ctx: Ctx, sheet: SheetRow, factor: string): Promise<void> {
  const given = await givenTo(ctx, sheet)
  if (sheet.kind === 'manager') return levelSigned(ctx, sheet, given, factor)
  await sql`with given as (
      select replace(key, 'Q', '')::int as quarter, round(value::numeric * ${factor}::numeric, 2) as amount
      from jsonb_each_text(${JSON.stringify(given)}::jsonb)
    ), cell as (
      select l.*, ceil(period / 3.0)::int as quarter from plan_sheet_line l where l.sheet_id = ${sheet.id} and l.tree = 'account'
    ), weighed as (
      select *, case when sum(amount) over (partition by quarter) = 0 then 1 else amount end as w from cell
    ), shared as (
      select *, sum(w) over (partition by quarter) as whole,
        sum(w) over (partition by quarter order by receiver_id, unit_id, account_id, period) as upto,
        row_number() over (partition by quarter order by receiver_id desc, unit_id desc, account_id desc, period desc) = 1 as last
      from weighed
    ), laid as (
      select s.*, case when last then g.amount else round(g.amount * upto / whole, 2) end as reached
      from shared s join given g on g.quarter = s.quarter
    ), told as (
      select *, reached - coalesce(lag(reached) over (partition by quarter order by receiver_id, unit_id, account_id, period), 0) as amount_new
      from laid
    )
    update plan_sheet_line l set amount = t.amount_new from told t
    where l.sheet_id = t.sheet_id and l.tree = t.tree and l.receiver_id = t.receiver_id and l.unit_id = t.unit_id
      and l.account_id = t.account_id and l.period = t.period`.execute(ctx.tx)
}

async function levelSigned(
  ctx: Ctx,
  sheet: SheetRow,
  given: Readonly<Record<string, string>>,
  factor: string,
): Promise<void> {
  const { rows } = await sql<{ row: string; period: number; now: string; signed: string }>`select
      'person:' || l.receiver_id || '/unit:' || l.unit_id as row, l.period, l.amount::text as now, coalesce(t.amount, 0)::text as signed
    from plan_sheet_line l
      left join plan_target t on t.plan_id = ${sheet.plan_id} and t.unit_id = l.unit_id and t.quarter = l.period
    where l.sheet_id = ${sheet.id} and l.tree = 'account' order by l.receiver_id, l.unit_id`.execute(ctx.tx)
  const changes = [1, 2, 3, 4].flatMap((quarter) => {
    const cells = rows.filter((one) => one.period === quarter)
    const total = new Big(given[`Q${quarter}`] ?? '0').times(factor).round(2).toFixed()
    return levelToward(cells, total).map(
      (amount, index): Change => ({ row: cells[index]?.row ?? '', period: quarter, amount, orders: null }),
    )
  })
  await writeCells(ctx, sheet, changes)
}

async function sheetFromLastYear(ctx: Ctx, sheet: SheetRow, factor: string): Promise<void> {
  const plan = await planById(ctx, sheet.plan_id)
  const basis = await basisOf(ctx, `${plan.base_year}-01-01`, `${plan.base_year}-12-31`)
  const byRegion = sheet.kind === 'manager'
  const sold = byRegion
    ? sql`select x.amount from (${regionsLastYear(plan, basis)}) x where x.unit_id = l.unit_id and x.quarter = l.period`
    : sql`select sum(m.amount) from sales_month m
        where m.basis = ${basis} and m.month between ${`${plan.base_year}-01-01`}::date and ${`${plan.base_year}-12-31`}::date
          and m.account_id = l.account_id and extract(month from m.month) = l.period`
  await sql`update plan_sheet_line l set amount = round(coalesce((${sold}), 0) * (1 + ${factor}::numeric), 2)
    where l.sheet_id = ${sheet.id} and l.tree = 'account'`.execute(ctx.tx)
}
