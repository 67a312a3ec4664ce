import { sql } from 'kysely'
import type { Text } from '../../handbook/model.ts'
import { workdaysBetween } from '../../handbook/workdays.ts'
import { dateIn } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/context.ts'
import { regionsNames } from '../../kernel/figures/regions.ts'
import { basisOf, readBasis } from './basis.ts'
import { mayEdit } from './grid.ts'
import { type PlanRow, planById } from './plan.ts'
import { growth } from './rules.ts'
import type { Plan, SheetSummary } from './wire.ts'

const statusWords: Record<Plan['status'], Text> = {
  basis: { zh: '收集依据', en: 'Collecting the basis' },
  draft: { zh: '编制中', en: 'Drafting' },
  review: { zh: '审议中', en: 'Under review' },
  final: { zh: '已定稿', en: 'Final' },
  cascading: { zh: '分解中', en: 'Cascading' },
  cancelled: { zh: '已撤销', en: 'Cancelled' },
  cascaded: { zh: '已分解到人', en: 'Cascaded to each person' },
}

/** A plan with its totals; `cascaded` once its case rests there. */
export async function readPlan(ctx: Ctx, id: number): Promise<Plan> {
  return present(ctx, await planById(ctx, id))
}

async function present(ctx: Ctx, plan: PlanRow): Promise<Plan> {
  const { rows } = await sql<{ whole: boolean; resting: boolean }>`select app_all('plan', 'read') as whole,
      exists (select from wf_case where id = ${plan.case_id} and status = 'cascaded') as resting`.execute(
    ctx.tx,
  )
  const whole = rows[0]?.whole ?? false
  const status = rows[0]?.resting ? 'cascaded' : plan.status
  const { total, base } = whole ? await wholeOf(ctx, plan) : await partOf(ctx, plan)
  const edit = await mayEdit(ctx, 'draft', plan.case_id, null)
  return {
    id: plan.id,
    year: plan.year,
    baseYear: plan.base_year,
    growthYear: plan.growth_year,
    version: plan.version,
    status,
    statusText: statusWords[status],
    caseId: plan.case_id,
    editionId: plan.edition_id,
    regions: plan.regions,
    regionsName: regionsNames[plan.regions],
    rev: plan.rev,
    part: whole ? 'company' : 'given',
    total,
    baseTotal: base,
    growth: total === null || base === null ? null : growth(total, base),
    form: { ...plan.form },
    may: {
      edit,
      targets: whole || edit,
      why: edit
        ? { zh: '这一步在您手里，可以修改', en: 'This step is yours; you may change it' }
        : { zh: '现在不在您手里，可以查看', en: 'Not with you now; you may look' },
    },
  }
}

interface Sides {
  readonly total: string | null
  readonly base: string | null
}

/** The company's target against its base; without a base for whoever may not see all of its sales. */
async function wholeOf(ctx: Ctx, plan: PlanRow): Promise<Sides> {
  const { rows } = await sql<{
    total: string | null
    sales: boolean
  }>`select app_all('order', 'read') as sales,
      (select sum(amount)::text from plan_target where plan_id = ${plan.id}) as total`.execute(ctx.tx)
  const basis = await readBasis(ctx, plan, 'quarter', { limit: 4, after: 0 })
  return { total: rows[0]?.total ?? null, base: rows[0]?.sales ? basis.total.amount : null }
}

/**
 * What the reader himself was given, against the base year of the same regions or customers; without a base where he does not see all sales
 * of these. Who was given regions and stands in for one of his own representatives holds two letters; the upper one contains the other.
 */
async function partOf(ctx: Ctx, plan: PlanRow): Promise<Sides> {
  const [from, to] = [`${plan.base_year}-01-01`, `${plan.base_year}-12-31`]
  const basis = await basisOf(ctx, from, to)
  const home = plan.regions === 'home'
  const region = home ? sql`a.home_unit_id` : sql`m.unit_id`
  const { rows } = await sql<Sides>`with mine as (
      select l.unit_id, l.account_id, l.amount, s.kind from plan_sheet_line l join plan_sheet s on s.id = l.sheet_id
        join plan_letter t on t.sheet_id = l.sheet_id and t.receiver_id = l.receiver_id
      where s.plan_id = ${plan.id} and l.receiver_id = app_person() and l.tree = 'account'
    ), upper as (select * from mine where kind = (select min(kind) from mine)),
    sold as (select coalesce(sum(m.amount), 0) as amount, coalesce(sum(m.lines), 0) as lines
      from sales_month m join account_region a on a.id = m.account_id
      where m.basis = ${basis} and m.month between ${from}::date and ${to}::date
        and exists (select from upper u where case when u.account_id = 0 then u.unit_id = ${region} else u.account_id = m.account_id end)),
    regions as (select distinct unit_id from upper where account_id = 0)
    select (select sum(amount)::text from upper) as total,
      case when exists (select from upper) and not (exists (select from regions) and (select lines from sold) <>
          (select coalesce(sum(lines), 0) from sales_lines_by(${basis}, ${from}, ${to}, ${home}) where unit_id in (select unit_id from regions)))
        then (select amount::text from sold) end as base`.execute(ctx.tx)
  return rows[0] ?? { total: null, base: null }
}

export async function listPlans(ctx: Ctx): Promise<Plan[]> {
  const { rows } =
    await sql<PlanRow>`select id, rev, year, base_year, growth_year, version, status, case_id, edition_id, regions, form
    from plan order by year desc limit 50`.execute(ctx.tx)
  const plans: Plan[] = []
  for (const row of rows) plans.push(await present(ctx, row))
  return plans
}

const sheetWords: Record<SheetSummary['status'], Text> = {
  open: { zh: '分解中', en: 'Being split' },
  issued: { zh: '已下达', en: 'Issued' },
  waiting: { zh: '待接受', en: 'Waiting for an answer' },
  returned: { zh: '已退回', en: 'Returned' },
  accepted: { zh: '已接受', en: 'Accepted' },
  settled: { zh: '主管已裁定', en: 'Settled by the head' },
}

interface SummaryRow {
  sheet_id: number
  kind: 'manager' | 'rep'
  parent_id: number | null
  holder_id: number
  holder: string
  status: 'open' | 'issued'
  attempts: number
  sum: string | null
}
interface LetterRow {
  id: number
  sheet_id: number
  kind: 'manager' | 'rep'
  receiver_id: number
  receiver: string
  holder_id: number
  holder: string
  status: 'waiting' | 'accepted' | 'returned' | 'settled'
  reason: string
  sum: string | null
  issued_at: Date
  due: Date | null
}

/** The tree of splits and letters, as far as the reader may see it. */
export async function listSheets(ctx: Ctx, planId: number): Promise<SheetSummary[]> {
  const plan = await planById(ctx, planId)
  const sheets =
    await sql<SummaryRow>`select s.id as sheet_id, s.kind, s.parent_id, s.holder_id, called(p) as holder, s.status, s.attempts,
      (select sum(amount)::text from plan_sheet_line l where l.sheet_id = s.id and l.tree = 'account') as sum
    from plan_sheet s join person p on p.id = s.holder_id where s.plan_id = ${planId} and (s.holder_id = app_person() or app_all('plan', 'read')) order by s.kind, s.id`.execute(
      ctx.tx,
    )
  const letters =
    await sql<LetterRow>`select l.id, l.sheet_id, s.kind, l.receiver_id, called(r) as receiver, l.holder_id, called(h) as holder,
      l.status, l.reason, l.issued_at, (select min(t.due_at) from wf_task t join wf_case c on c.id = t.case_id
        where c.root_id = ${plan.case_id} and c.subject_id = l.receiver_id and t.status = 'open' and t.node = 'receive'
          and (c.input->>'sheetId')::int = l.sheet_id) as due, (select sum(amount)::text from plan_sheet_line x where x.sheet_id = l.sheet_id
        and x.receiver_id = l.receiver_id and x.tree = 'account') as sum
    from plan_letter l join plan_sheet s on s.id = l.sheet_id join person r on r.id = l.receiver_id
    join person h on h.id = l.holder_id where s.plan_id = ${planId} order by l.sheet_id, l.receiver_id`.execute(
      ctx.tx,
    )
  const letterTo = (sheetId: number | null, person: number) =>
    letters.rows.find((letter) => letter.sheet_id === sheetId && letter.receiver_id === person)
  const title = (kind: SheetSummary['kind']): Text =>
    kind === 'manager'
      ? { zh: '分解到经理', en: 'Cascade to managers' }
      : kind === 'rep'
        ? { zh: '分解到代表', en: 'Cascade to representatives' }
        : { zh: '目标责任书', en: 'Target letter' }
  const common = { tree: 'account' as const }
  return [
    ...sheets.rows.map((sheet): SheetSummary => {
      const own = letterTo(sheet.parent_id, sheet.holder_id)
      return {
        ...common,
        id: `sheet:${sheet.sheet_id}`,
        sheetId: sheet.sheet_id,
        kind: sheet.kind,
        title: title(sheet.kind),
        giver: own ? { id: own.holder_id, title: own.holder } : null,
        taker: { id: sheet.holder_id, title: sheet.holder },
        parentId: own ? `letter:${own.id}` : null,
        status: sheet.status,
        statusText: sheetWords[sheet.status],
        given: own?.sum ?? null,
        sum: sheet.sum ?? '0',
        attempts: sheet.attempts,
        reason: '',
        since: null,
        dueAt: null,
        workdaysLeft: null,
      }
    }),
    ...letters.rows.map(
      (letter): SheetSummary => ({
        ...common,
        id: `letter:${letter.id}`,
        sheetId: letter.sheet_id,
        kind: 'letter',
        title: title('letter'),
        giver: { id: letter.holder_id, title: letter.holder },
        taker: { id: letter.receiver_id, title: letter.receiver },
        parentId: `sheet:${letter.sheet_id}`,
        status: letter.status,
        statusText: sheetWords[letter.status],
        given: letter.sum,
        sum: letter.sum ?? '0',
        attempts: 0,
        reason: letter.reason,
        since: letter.issued_at.toISOString(),
        dueAt: letter.due?.toISOString() ?? null,
        workdaysLeft: letter.due
          ? workdaysBetween(ctx.edition.edition.calendar, ctx.clock.today(), dateIn(letter.due))
          : null,
      }),
    ),
  ]
}
