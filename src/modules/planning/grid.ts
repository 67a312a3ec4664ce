import Big from 'big.js'
import { sql } from 'kysely'
import type { Text } from '../../handbook/model.ts'
import type { Ctx } from '../../kernel/context.ts'
import { notFound } from '../../kernel/refusal.ts'
import { basisOf } from './basis.ts'
import { handUpAfter, type PlanRow, planById, sumRange, targetsByQuarter } from './plan.ts'
import { lastYearNote, regionsLastYear } from './regions.ts'
import { type Checks, checkQuarters, type SumRange } from './rules.ts'
import type { PlanGrid } from './wire.ts'

export interface SheetRow {
  readonly id: number
  readonly rev: number
  readonly plan_id: number
  readonly kind: 'manager' | 'rep'
  readonly parent_id: number | null
  readonly holder_id: number
  readonly holder: string
  readonly case_id: number
  readonly status: 'open' | 'issued'
  readonly attempts: number
  /** Name of who wrote it last. */
  readonly changed_by: string | null
}

export async function sheetById(ctx: Ctx, id: number): Promise<SheetRow> {
  const { rows } =
    await sql<SheetRow>`select s.id, s.rev, s.plan_id, s.kind, s.parent_id, s.holder_id, called(p) as holder, s.case_id,
    s.status, s.attempts, (select called(c) from person c where c.id = s.changed_by) as changed_by from plan_sheet s join person p on p.id = s.holder_id where s.id = ${id}`.execute(
      ctx.tx,
    )
  if (!rows[0]) throw notFound()
  return rows[0]
}

/** What the holder was given, by quarter: the plan's targets for the head, the head's lines for a manager. */
export async function givenTo(ctx: Ctx, sheet: SheetRow): Promise<Record<string, string>> {
  if (sheet.kind === 'manager') return targetsByQuarter(ctx, sheet.plan_id)
  const { rows } = await sql<{
    quarter: number
    amount: string
  }>`select period as quarter, sum(amount)::text as amount
    from plan_sheet_line where sheet_id = ${sheet.parent_id} and receiver_id = ${sheet.holder_id} and tree = 'account'
    group by period`.execute(ctx.tx)
  return Object.fromEntries(rows.map((row) => [`Q${row.quarter}`, row.amount]))
}

/** Sums of a sheet's lines by quarter, whatever its periods are. */
export async function sumsOf(ctx: Ctx, sheet: SheetRow): Promise<Record<string, string>> {
  const { rows } = await sql<{ quarter: number; amount: string }>`select
      case when ${sheet.kind}::text = 'manager' then period else ceil(period / 3.0)::int end as quarter, sum(amount)::text as amount
    from plan_sheet_line where sheet_id = ${sheet.id} and tree = 'account' group by 1`.execute(ctx.tx)
  return Object.fromEntries(rows.map((row) => [`Q${row.quarter}`, row.amount]))
}

export const checksOf = async (ctx: Ctx, sheet: SheetRow): Promise<Checks> =>
  checkQuarters(await givenTo(ctx, sheet), await sumsOf(ctx, sheet), sumRange(ctx))

/** The open tasks by which a sheet, or the draft, may be edited. */
const editingNodes = {
  draft: ['draft', 'decide', 'finalise'],
  manager: ['cascade', 'revise', 'settle'],
  rep: ['split', 'split-by-head', 'revise', 'settle'],
} as const

/** Whether the actor has an open task that lets him write here. A manager's sheet belongs to the cases of that manager. */
export async function mayEdit(
  ctx: Ctx,
  kind: keyof typeof editingNodes,
  rootId: number,
  caseId: number | null,
): Promise<boolean> {
  const { rows } = await sql<{ may: boolean }>`select exists (
    select from wf_candidate c join wf_task t on t.id = c.task_id join wf_case w on w.id = t.case_id
    where c.person_id = app_person() and t.status = 'open' and w.root_id = ${rootId} and t.node = any(${[...editingNodes[kind]]}::text[])
      ${kind === 'rep' ? sql`and (w.id = ${caseId} or w.parent_id = ${caseId})` : sql`and w.process in ('PLAN', 'PLAN.manager')`}
  ) as may`.execute(ctx.tx)
  return rows[0]?.may ?? false
}

const editVerdict = (may: boolean): { edit: boolean; why: Text } =>
  may
    ? { edit: true, why: { zh: '这一步在您手里，可以修改', en: 'This step is yours; you may change it' } }
    : {
        edit: false,
        why: {
          zh: '只有办理这一步的人能改，您可以查看',
          en: 'Only whoever does this step may change it; you may look',
        },
      }

const quarterName = (quarter: number): Text => ({
  zh: `${'〇一二三四'[quarter]}季度`,
  en: `Q${quarter}`,
})
const quarters = [1, 2, 3, 4].map((quarter) => ({
  id: `Q${quarter}`,
  label: quarterName(quarter),
  quarter,
}))
const months = Array.from({ length: 12 }, (_, index) => ({
  id: `M${String(index + 1).padStart(2, '0')}`,
  label: {
    zh: `${index + 1} 月`,
    en: new Date(Date.UTC(2000, index, 1)).toLocaleString('en', { month: 'short', timeZone: 'UTC' }),
  },
  quarter: Math.floor(index / 3) + 1,
}))

interface Cell {
  key: string
  zh: string
  en: string
  group_key: string | null
  group_zh: string | null
  group_en: string | null
  period: number
  amount: string
  orders: number
  last_year: string
  signed: string | null
}

function rowsOf(
  cells: readonly Cell[],
  column: (period: number) => string,
  editable: boolean,
): PlanGrid['rows'] {
  const rows = new Map<string, PlanGrid['rows'][number]>()
  for (const cell of cells) {
    const row = rows.get(cell.key) ?? {
      key: cell.key,
      label: { zh: cell.zh, en: cell.en || cell.zh },
      group: cell.group_key
        ? {
            key: cell.group_key,
            label: { zh: cell.group_zh ?? '', en: cell.group_en || cell.group_zh || '' },
          }
        : null,
      values: {},
      orders: {},
      lastYear: {},
      ...(cell.signed === null ? {} : { signed: {} }),
      editable,
    }
    const id = column(cell.period)
    row.values[id] = cell.amount
    row.orders[id] = cell.orders
    row.lastYear[id] = cell.last_year
    if (row.signed && cell.signed !== null) row.signed[id] = cell.signed
    rows.set(cell.key, row)
  }
  return [...rows.values()]
}

/** The draft's grid: regions by quarter. */
export async function draftGrid(ctx: Ctx, plan: PlanRow): Promise<PlanGrid> {
  const basis = await basisOf(ctx, `${plan.base_year}-01-01`, `${plan.base_year}-12-31`)
  const { rows } =
    await sql<Cell>`select 'unit:' || t.unit_id as key, u.name_zh as zh, u.name_en as en, null as group_key, null as group_zh,
      null as group_en, t.quarter as period, t.amount::text, t.orders, coalesce(s.amount, 0)::text as last_year, null as signed
    from plan_target t join unit u on u.id = t.unit_id left join (${regionsLastYear(plan, basis)}
    ) s on s.unit_id = t.unit_id and s.quarter = t.quarter
    where t.plan_id = ${plan.id} order by t.unit_id, t.quarter`.execute(ctx.tx)
  const may = editVerdict(await mayEdit(ctx, 'draft', plan.case_id, null))
  const range = sumRange(ctx)
  return {
    planId: plan.id,
    sheetId: 0,
    kind: 'draft',
    tree: 'account',
    title: { zh: `${plan.year} 年目标 v${plan.version}`, en: `Targets ${plan.year} v${plan.version}` },
    giver: null,
    taker: null,
    columns: quarters,
    rows: rowsOf(rows, (period) => `Q${period}`, may.edit),
    check: null,
    range,
    attempts: 0,
    handUp: { allowed: false, why: { zh: '草案不用交主管裁定', en: 'A draft is not handed up' } },
    lastYearNote: lastYearNote(ctx, plan, 'draft'),
    regions: plan.regions,
    rev: plan.rev,
    may,
  }
}

/** A split's grid with its sum check. Receivers group the rows. */
export async function sheetGrid(ctx: Ctx, sheetId: number): Promise<PlanGrid> {
  const sheet = await sheetById(ctx, sheetId)
  const plan = await planById(ctx, sheet.plan_id)
  const cells =
    sheet.kind === 'manager' ? await headCells(ctx, plan, sheet) : await managerCells(ctx, plan, sheet)
  const may = editVerdict(
    sheet.status === 'open' || (await reissuing(ctx, sheet))
      ? await mayEdit(ctx, sheet.kind, plan.case_id, sheet.case_id)
      : false,
  )
  const giver = sheet.parent_id === null ? null : await sheetById(ctx, sheet.parent_id).catch(() => null)
  const after = handUpAfter(ctx)
  const allowed = sheet.kind === 'rep' && sheet.attempts >= after
  return {
    planId: plan.id,
    sheetId: sheet.id,
    kind: sheet.kind,
    tree: 'account',
    title:
      sheet.kind === 'manager'
        ? { zh: `${plan.year} 年计划分解到经理`, en: `Plan ${plan.year}: cascade to managers` }
        : {
            zh: `${plan.year} 年计划分解到代表（${sheet.holder}）`,
            en: `Plan ${plan.year}: cascade to representatives (${sheet.holder})`,
          },
    giver: giver ? { id: giver.holder_id, title: giver.holder } : null,
    taker: { id: sheet.holder_id, title: sheet.holder },
    columns: sheet.kind === 'manager' ? quarters : months,
    rows: rowsOf(
      cells,
      (period) => (sheet.kind === 'manager' ? `Q${period}` : `M${String(period).padStart(2, '0')}`),
      may.edit,
    ),
    // A receiver sees his own lines only: a sum over them says nothing about the split.
    check: (await seesWhole(ctx, sheet)) ? await checksOf(ctx, sheet) : null,
    range: sumRange(ctx),
    attempts: sheet.attempts,
    handUp: {
      allowed,
      why: allowed
        ? {
            zh: `已有 ${sheet.attempts} 次不在范围内，可以交主管裁定`,
            en: `Refused ${sheet.attempts} times; you may hand the split up`,
          }
        : {
            zh: `${after} 次不在范围内后可交主管裁定，现在 ${sheet.attempts} 次`,
            en: `May be handed up after ${after} refusals; ${sheet.attempts} so far`,
          },
    },
    lastYearNote: lastYearNote(ctx, plan, sheet.kind),
    regions: sheet.kind === 'rep' ? null : plan.regions,
    rev: sheet.rev,
    may,
  }
}

/** Whether the reader sees every line of a sheet: its holder, and whoever reads all plans. */
async function seesWhole(ctx: Ctx, sheet: SheetRow): Promise<boolean> {
  if (sheet.holder_id === ctx.actor.personId) return true
  const { rows } = await sql<{ all: boolean }>`select app_all('plan', 'read') as all`.execute(ctx.tx)
  return rows[0]?.all ?? false
}

/** An issued sheet opens again while one of its letters is returned and waits for its giver. */
async function reissuing(ctx: Ctx, sheet: SheetRow): Promise<boolean> {
  const { rows } = await sql<{
    n: number
  }>`select count(*)::int as n from plan_letter where sheet_id = ${sheet.id} and status = 'returned'`.execute(
    ctx.tx,
  )
  return (rows[0]?.n ?? 0) > 0
}

async function headCells(ctx: Ctx, plan: PlanRow, sheet: SheetRow): Promise<Cell[]> {
  const basis = await basisOf(ctx, `${plan.base_year}-01-01`, `${plan.base_year}-12-31`)
  const { rows } =
    await sql<Cell>`select 'person:' || l.receiver_id || '/unit:' || l.unit_id as key, u.name_zh as zh, u.name_en as en,
      'person:' || l.receiver_id as group_key, p.name as group_zh, p.name_en as group_en, l.period, l.amount::text, l.orders,
      coalesce(s.amount, 0)::text as last_year, coalesce(t.amount, 0)::text as signed
    from plan_sheet_line l join unit u on u.id = l.unit_id join person p on p.id = l.receiver_id
    left join plan_target t on t.plan_id = ${plan.id} and t.unit_id = l.unit_id and t.quarter = l.period left join (${regionsLastYear(plan, basis)}
    ) s on s.unit_id = l.unit_id and s.quarter = l.period
    where l.sheet_id = ${sheet.id} and l.tree = 'account' order by l.receiver_id, l.unit_id, l.period`.execute(
      ctx.tx,
    )
  return rows
}

async function managerCells(ctx: Ctx, plan: PlanRow, sheet: SheetRow): Promise<Cell[]> {
  const basis = await basisOf(ctx, `${plan.base_year}-01-01`, `${plan.base_year}-12-31`)
  const { rows } =
    await sql<Cell>`select 'person:' || l.receiver_id || '/account:' || l.account_id as key, a.name as zh, a.name as en,
      'person:' || l.receiver_id as group_key, p.name as group_zh, p.name_en as group_en, l.period, l.amount::text, l.orders,
      coalesce(s.amount, 0)::text as last_year, null as signed
    from plan_sheet_line l join account a on a.id = l.account_id join person p on p.id = l.receiver_id left join (
      select m.account_id, extract(month from m.month)::int as month, sum(m.amount) as amount from sales_month m
      where m.basis = ${basis} and m.month between ${`${plan.base_year}-01-01`}::date and ${`${plan.base_year}-12-31`}::date group by 1, 2
    ) s on s.account_id = l.account_id and s.month = l.period
    where l.sheet_id = ${sheet.id} and l.tree = 'account'
    order by l.receiver_id, a.code, l.period`.execute(ctx.tx)
  return rows
}

/** Where the sums are out of range, and by how much. */
export function gapText(checks: Checks): Text {
  const parts = Object.entries(checks)
    .filter(([, check]) => !check.ok)
    .map(([id, check]) => {
      const difference = new Big(check.difference)
      const amount = exact(difference.abs())
      const name = id === 'total' ? { zh: '全年', en: 'the year' } : quarterName(Number(id.slice(1)))
      return difference.lt(0)
        ? { zh: `${name.zh}差 ${amount} 元`, en: `${name.en} is CNY ${amount} short` }
        : { zh: `${name.zh}超出 ${amount} 元`, en: `${name.en} is CNY ${amount} above what was given` }
    })
  return { zh: parts.map((part) => part.zh).join('，'), en: parts.map((part) => part.en).join(', ') }
}

/** An amount to the cent with its thousands set apart. */
export const exact = (amount: Big): string => amount.toFixed(2).replace(/\B(?=(\d{3})+\.)/g, ',')

/** The refusal of a split: the sum check as one sentence that names the difference and what mends it. */
export function differenceText(checks: Checks, within: SumRange): Text {
  const percent = (part: string) => new Big(part).times(100).toFixed()
  const gap = gapText(checks)
  return {
    zh: `没有下达：${gap.zh}。补齐到下达数的 ${percent(within.min)}% 至 ${percent(within.max)}% 之间`,
    en: `Not issued: ${gap.en}. Level it to between ${percent(within.min)}% and ${percent(within.max)}% of what was given`,
  }
}
