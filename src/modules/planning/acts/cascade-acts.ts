import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/context.ts'
import { notFound, Refusal } from '../../../kernel/refusal.ts'
import type { Act, Completion, Fact, Notice, TaskAtHand, TaskView } from '../../../kernel/workflow/act.ts'
import { takeForm } from '../commands.ts'
import { makeManagerSheet } from '../fill.ts'
import { checksOf, differenceText, gapText, type SheetRow, sheetById } from '../grid.ts'
import { handUpAfter, planOfCase, sumRange } from '../plan.ts'
import { allInRange, type Checks, rangeText } from '../rules.ts'
import { departureText } from '../signed.ts'

const inputSheet = (task: TaskAtHand): number => task.input.sheetId as number

async function headSheet(ctx: Ctx, rootId: number): Promise<SheetRow> {
  const { rows } = await sql<{ id: number }>`select s.id from plan_sheet s join plan p on p.id = s.plan_id
    where p.case_id = ${rootId} and s.kind = 'manager'`.execute(ctx.tx)
  if (!rows[0]) throw notFound()
  return sheetById(ctx, rows[0].id)
}

/** The manager's own split within his child case. */
async function splitSheet(ctx: Ctx, caseId: number): Promise<SheetRow> {
  const { rows } = await sql<{
    id: number
  }>`select id from plan_sheet where case_id = ${caseId} and kind = 'rep'`.execute(ctx.tx)
  if (!rows[0]) throw notFound()
  return sheetById(ctx, rows[0].id)
}

function factsOf(ctx: Ctx, sheet: SheetRow, checks: Checks): Fact[] {
  const total = checks.total
  return [
    { label: { zh: '下达给我', en: 'Given to me' }, value: total?.given ?? '0', unit: 'money' },
    {
      label: { zh: '分解合计', en: 'Sum of the split' },
      value: total?.sum ?? '0',
      unit: 'money',
      against: { label: { zh: '比例', en: 'Ratio' }, value: total?.ratio ?? '', unit: 'percent' },
    },
    {
      label: { zh: '差额', en: 'Difference' },
      value: total?.difference ?? '0',
      unit: 'money',
      against: { label: { zh: '允许', en: 'Allowed' }, value: rangeText(sumRange(ctx)), unit: 'text' },
      wrong: !allInRange(checks),
    },
    { label: { zh: '未通过次数', en: 'Refused so far' }, value: String(sheet.attempts), unit: 'number' },
  ]
}

/** Before a split is issued: that it would be refused and counted, and which regions depart from the signed plan. */
async function noticesOf(ctx: Ctx, sheet: SheetRow, checks: Checks): Promise<Notice[]> {
  const notices: Notice[] = []
  if (!allInRange(checks)) {
    const gap = gapText(checks)
    const after = handUpAfter(ctx)
    const counts =
      sheet.kind === 'rep'
        ? {
            zh: `现在下达会被退回，并计第 ${sheet.attempts + 1} 次（满 ${after} 次可交主管裁定）`,
            en: `Issued now, it is refused and counts as try ${sheet.attempts + 1} (after ${after} it may be handed up)`,
          }
        : {
            zh: `现在下达会被退回，并计第 ${sheet.attempts + 1} 次`,
            en: `Issued now, it is refused and counts as try ${sheet.attempts + 1}`,
          }
    notices.push({
      outcome: 'issue',
      kind: 'refused',
      text: { zh: `${gap.zh}。${counts.zh}`, en: `${capital(gap.en)}. ${counts.en}` },
    })
  }
  notices.push({
    outcome: 'issue',
    kind: 'tell',
    text: { zh: '您写的意见会随下达给接受人看到', en: 'Whoever receives a part reads your opinion with it' },
  })
  const departs = await departureText(ctx, sheet)
  if (departs) notices.push({ outcome: 'issue', kind: 'warn', text: departs })
  return notices
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)

async function sheetView(ctx: Ctx, sheet: SheetRow): Promise<TaskView> {
  const after = handUpAfter(ctx)
  const checks = await checksOf(ctx, sheet)
  return {
    record: { kind: 'plan', id: sheet.plan_id, title: { zh: '分解表 FM-19', en: 'Cascade sheet FM-19' } },
    facts: factsOf(ctx, sheet, checks),
    href: `/plans/${sheet.plan_id}/sheets/${sheet.id}`,
    blocked:
      sheet.attempts < after
        ? [
            {
              outcome: 'hand-up',
              why: {
                zh: `${after} 次不在范围内后才能交主管裁定，现在 ${sheet.attempts} 次`,
                en: `May be handed up after ${after} refusals; ${sheet.attempts} so far`,
              },
            },
          ]
        : [],
    notices: await noticesOf(ctx, sheet, checks),
    revisions: { [`plan-sheet:${sheet.id}`]: sheet.rev },
    changedBy: sheet.changed_by,
  }
}

/**
 * Issues a split when every quarter and the year are in range. Otherwise the sheet stays as it is, the attempt is counted, and the
 * answer names the difference.
 */
async function issue(ctx: Ctx, sheet: SheetRow, done: Completion): Promise<{ kept: Refusal } | undefined> {
  await takeForm(ctx, sheet, done.form['FM-19'])
  const checks = await checksOf(ctx, sheet)
  if (!allInRange(checks)) {
    await sql`update plan_sheet set attempts = attempts + 1, rev = rev + 1, updated_at = app_now() where id = ${sheet.id}`.execute(
      ctx.tx,
    )
    return {
      kept: new Refusal(422, 'sum-out-of-range', differenceText(checks, sumRange(ctx)), {
        detail: { checks, attempts: sheet.attempts + 1 },
      }),
    }
  }
  await sql`update plan_sheet set status = 'issued', rev = rev + 1, updated_at = app_now() where id = ${sheet.id}`.execute(
    ctx.tx,
  )
  await sql`insert into plan_letter (sheet_id, receiver_id, holder_id, note)
    select distinct ${sheet.id}::int, receiver_id, holder_id, ${done.comment.trim()} from plan_sheet_line
    where sheet_id = ${sheet.id} and tree = 'account'
    on conflict (sheet_id, receiver_id) do nothing`.execute(ctx.tx)
  return undefined
}

/** The deal tree of the head: by quarter, the sum of each manager's regions unless he said otherwise. */
const dealTree = (ctx: Ctx, sheet: SheetRow) =>
  sql`insert into plan_sheet_line (sheet_id, tree, holder_id, receiver_id, period, amount, orders)
    select sheet_id, 'deal', holder_id, receiver_id, period, sum(amount), sum(orders) from plan_sheet_line
    where sheet_id = ${sheet.id} and tree = 'account' group by 1, 3, 4, 5
    on conflict (sheet_id, tree, receiver_id, unit_id, account_id, period) do update set amount = excluded.amount, orders = excluded.orders`.execute(
    ctx.tx,
  )

const setLetter = (ctx: Ctx, sheetId: number, receiver: number | null, status: string, reason: string) =>
  sql`update plan_letter set status = ${status}, reason = ${reason}, answered_at = app_now(), rev = rev + 1, updated_at = app_now()
    where sheet_id = ${sheetId} and receiver_id = ${receiver}`.execute(ctx.tx)

/** C-5, the head: quarter × region × manager. */
export const cascade: Act = {
  id: 'planning.cascade',
  view: async (ctx, task) => sheetView(ctx, await headSheet(ctx, task.rootId)),
  async complete(ctx, task, done) {
    const sheet = await headSheet(ctx, task.rootId)
    const kept = await issue(ctx, sheet, done)
    if (!kept) await dealTree(ctx, sheet)
    return kept
  },
}

/** The words with which the giver issued it, when he wrote any. */
async function saidWith(
  ctx: Ctx,
  sheet: SheetRow,
  receiver: number | null,
): Promise<NonNullable<TaskView['said']>> {
  const { rows } = await sql<{ note: string; at: Date }>`select note, issued_at as at from plan_letter
    where sheet_id = ${sheet.id} and receiver_id = ${receiver}`.execute(ctx.tx)
  return rows.map(({ note, at }) => ({ name: sheet.holder, at: at.toISOString(), text: note }))
}

/** C-5, the receiver: accept or return what was given. */
export const receive: Act = {
  id: 'planning.receive',
  async view(ctx, task) {
    const sheet = await sheetById(ctx, inputSheet(task))
    const { rows } = await sql<{
      amount: string
      orders: number
      last_year: string
    }>`select sum(l.amount)::text as amount,
        sum(l.orders)::int as orders, '0' as last_year from plan_sheet_line l
      where l.sheet_id = ${sheet.id} and l.receiver_id = ${task.subjectId} and l.tree = 'account'`.execute(
      ctx.tx,
    )
    return {
      record: {
        kind: 'plan',
        id: sheet.plan_id,
        title: { zh: '目标责任书 FM-19', en: 'Target letter FM-19' },
      },
      facts: [
        { label: { zh: '下达人', en: 'Given by' }, value: sheet.holder, unit: 'text' },
        { label: { zh: '全年目标', en: 'Target of the year' }, value: rows[0]?.amount ?? '0', unit: 'money' },
        { label: { zh: '订单数', en: 'Orders' }, value: String(rows[0]?.orders ?? 0), unit: 'number' },
      ],
      said: await saidWith(ctx, sheet, task.subjectId),
      href: `/plans/${sheet.plan_id}/sheets/${sheet.id}?to=${task.subjectId}`,
      blocked: [],
      revisions: {},
    }
  },
  async complete(ctx, task, done) {
    const sheet = await sheetById(ctx, inputSheet(task))
    const accepted = done.outcome === 'accept'
    await setLetter(ctx, sheet.id, task.subjectId, accepted ? 'accepted' : 'returned', done.comment)
    if (accepted && sheet.kind === 'manager') await openSplit(ctx, task, sheet)
    return undefined
  },
}

/** What a manager accepted becomes his own sheet, filled by last year's shape. */
async function openSplit(ctx: Ctx, task: TaskAtHand, sheet: SheetRow): Promise<void> {
  const plan = await planOfCase(ctx, task.rootId)
  await makeManagerSheet(ctx, plan, sheet.id, task.subjectId as number, task.caseId)
}

/** C-5, a manager splits to his reps; handed up, the head splits the same sheet. */
export const split: Act = {
  id: 'planning.split',
  view: async (ctx, task) => sheetView(ctx, await splitSheet(ctx, task.caseId)),
  async complete(ctx, task, done) {
    const sheet = await splitSheet(ctx, task.caseId)
    if (done.outcome !== 'hand-up') return issue(ctx, sheet, done)
    const after = handUpAfter(ctx)
    if (sheet.attempts < after)
      throw new Refusal(422, 'not-yet', {
        zh: `还不能交主管：${after} 次不在范围内后才可以，现在 ${sheet.attempts} 次`,
        en: `Not handed up: possible after ${after} refusals; ${sheet.attempts} so far`,
      })
    return undefined
  },
}

/** C-5 after a return: the giver changes his sheet and issues it again; the letter waits for its answer anew. */
export const revise: Act = {
  id: 'planning.revise',
  view: async (ctx, task) => sheetView(ctx, await sheetById(ctx, inputSheet(task))),
  async complete(ctx, task, done) {
    const sheet = await sheetById(ctx, inputSheet(task))
    const kept = await issue(ctx, sheet, done)
    if (kept) return kept
    if (sheet.kind === 'manager') await dealTree(ctx, sheet)
    await setLetter(ctx, sheet.id, task.subjectId, 'waiting', '')
    await sql`update plan_letter set note = ${done.comment.trim()}, issued_at = app_now()
      where sheet_id = ${sheet.id} and receiver_id = ${task.subjectId}`.execute(ctx.tx)
    return undefined
  },
}

/** C-5 after the last return: what the head issues holds without another answer. */
export const settle: Act = {
  id: 'planning.settle',
  view: revise.view,
  async complete(ctx, task, done) {
    const sheet = await sheetById(ctx, inputSheet(task))
    const kept = await issue(ctx, sheet, done)
    if (kept) return kept
    await setLetter(ctx, sheet.id, task.subjectId, 'settled', done.comment)
    if (sheet.kind === 'manager') {
      await dealTree(ctx, sheet)
      await openSplit(ctx, task, sheet)
    }
    return undefined
  },
}

export const cascadeActs = [cascade, receive, split, revise, settle]
