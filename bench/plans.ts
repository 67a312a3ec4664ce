import { sql } from 'kysely'
import { asOwner } from '../src/kernel/db/transaction.ts'
import { completeTask } from '../src/kernel/workflow/complete.ts'
import { startCase } from '../src/kernel/workflow/start.ts'
import { as, type House } from './house.ts'

/** A plan that the program itself took to its draft: the one that the others are copied from. */
export async function onePlan(house: House): Promise<number> {
  const sup = await as(house, 'sup')
  return sup(async (ctx) => {
    const { caseId } = await startCase(ctx, { workflow: 'PLAN', input: { year: 2018 } })
    const { rows } = await sql<{ id: number }>`select id from wf_task where case_id = ${caseId}`.execute(
      ctx.tx,
    )
    await completeTask(ctx, rows[0]?.id as number, { outcome: 'done', comment: '', form: {} })
    return caseId
  })
}

/** `amount` copies of a plan at its draft, each of a year of its own; gives the ids of their open tasks. */
export async function morePlans(house: House, caseId: number, amount: number): Promise<number[]> {
  return asOwner(
    house.base.db,
    async (tx) => {
      await sql`set local statement_timeout = 0`.execute(tx)
      await sql`create temporary table copied on commit drop as
        select nextval('wf_id') as case_id, nextval('wf_id') as token_id, nextval('wf_id') as task_id,
          (select max(year) from plan) + n as year from generate_series(1, ${amount}::int) n`.execute(tx)
      await sql`update plan_target set amount = 1000 where plan_id = (select id from plan where case_id = ${caseId})`.execute(
        tx,
      )
      await sql`insert into plan (year, base_year, growth_year, version, status, case_id, edition_id, form)
        select m.year, p.base_year, p.growth_year, p.version, p.status, m.case_id, p.edition_id, p.form from plan p, copied m where p.case_id = ${caseId}`.execute(
        tx,
      )
      await sql`insert into plan_target select n.id, t.unit_id, t.quarter, t.amount, t.orders from plan_target t
        join plan o on o.id = t.plan_id and o.case_id = ${caseId}, plan n join copied m on m.case_id = n.case_id`.execute(
        tx,
      )
      const copies = (table: string, changed: string) =>
        sql`insert into ${sql.table(table)} select n.* from ${sql.table(table)} o cross join copied m
          cross join lateral jsonb_populate_record(null::${sql.table(table)}, to_jsonb(o) || ${sql.raw(changed)}) n where`
      await sql`${copies(
        'wf_case',
        `jsonb_build_object('id', m.case_id, 'root_id', m.case_id, 'start_key', 'PLAN:' || m.year,
          'record_id', (select id from plan where plan.case_id = m.case_id))`,
      )} o.id = ${caseId}`.execute(tx)
      await sql`${copies('wf_token', `jsonb_build_object('id', m.token_id, 'case_id', m.case_id)`)} o.case_id = ${caseId}`.execute(
        tx,
      )
      await sql`${copies(
        'wf_task',
        `jsonb_build_object('id', m.task_id, 'token_id', m.token_id, 'case_id', m.case_id)`,
      )} o.case_id = ${caseId} and o.status = 'open'`.execute(tx)
      await sql`${copies('wf_candidate', `jsonb_build_object('task_id', m.task_id)`)} o.task_id in
        (select id from wf_task where case_id = ${caseId} and status = 'open')`.execute(tx)
      await sql`${copies('wf_member', `jsonb_build_object('case_id', m.case_id)`)} o.case_id = ${caseId}`.execute(
        tx,
      )
      const { rows } = await sql<{ id: number }>`select task_id as id from copied order by task_id`.execute(
        tx,
      )
      return rows.map((row) => row.id)
    },
    { now: house.kernel.clock.now() },
  )
}
