import { sql } from 'kysely'
import type { Text } from '../../handbook/model.ts'
import type { Ctx } from '../../kernel/context.ts'
import { readBasis } from './basis.ts'
import { mayEdit } from './grid.ts'
import { type PlanRow, planById } from './plan.ts'
import type { Plan, SheetSummary } from './wire.ts'

const statusWords: Record<Plan['status'], Text> = {
  basis: { zh: '收集依据', en: 'Collecting the basis' },
  draft: { zh: '编制中', en: 'Drafting' },
  review: { zh: '审议中', en: 'Under review' },
  final: { zh: '已定稿', en: 'Final' },
  cascading: { zh: '分解中', en: 'Cascading' },
  cascaded: { zh: '已分解到人', en: 'Cascaded to each person' },
}

/** A plan with its totals; `cascaded` once its case rests there. */
export async function readPlan(ctx: Ctx, id: number): Promise<Plan> {
  return present(ctx, await planById(ctx, id))
}

async function present(ctx: Ctx, plan: PlanRow): Promise<Plan> {
  const { rows } = await sql<{ total: string | null; resting: boolean }>`select
      (select sum(amount)::text from plan_target where plan_id = ${plan.id}) as total,
      exists (select from wf_case where id = ${plan.case_id} and status = 'cascaded') as resting`.execute(
    ctx.tx,
  )
  const status = rows[0]?.resting ? 'cascaded' : plan.status
  const basis = await readBasis(ctx, plan, 'quarter', { limit: 4, after: 0 })
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
    rev: plan.rev,
    total: rows[0]?.total ?? null,
    baseTotal: basis.total.amount,
    form: { ...plan.form },
    may: edit
      ? { edit, why: { zh: '这一步在您手里，可以修改', en: 'This step is yours; you may change it' } }
      : { edit, why: { zh: '现在不在您手里，可以查看', en: 'Not with you now; you may look' } },
  }
}

export async function listPlans(ctx: Ctx): Promise<Plan[]> {
  const { rows } =
    await sql<PlanRow>`select id, rev, year, base_year, growth_year, version, status, case_id, edition_id, form
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
}

/** The tree of splits and letters, as far as the reader may see it. */
export async function listSheets(ctx: Ctx, planId: number): Promise<SheetSummary[]> {
  await planById(ctx, planId)
  const sheets =
    await sql<SummaryRow>`select s.id as sheet_id, s.kind, s.parent_id, s.holder_id, called(p) as holder, s.status, s.attempts,
      (select sum(amount)::text from plan_sheet_line l where l.sheet_id = s.id and l.tree = 'account') as sum
    from plan_sheet s join person p on p.id = s.holder_id where s.plan_id = ${planId} and (s.holder_id = app_person() or app_all('plan', 'read')) order by s.kind, s.id`.execute(
      ctx.tx,
    )
  const letters =
    await sql<LetterRow>`select l.id, l.sheet_id, s.kind, l.receiver_id, r.name as receiver, l.holder_id, h.name as holder,
      l.status, l.reason, (select sum(amount)::text from plan_sheet_line x where x.sheet_id = l.sheet_id
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
      }),
    ),
  ]
}
