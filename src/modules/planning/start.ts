import { z } from '@hono/zod-openapi'
import { sql } from 'kysely'
import type { Ctx } from '../../kernel/context.ts'
import { invalid } from '../../kernel/refusal.ts'
import type { Starter } from '../../kernel/workflow/act.ts'

const input = z.strictObject({ year: z.number().int().min(2000).max(2100) })

/** One plan a year: the same year again gives the case that is there. */
export const planStarter: Starter = {
  workflow: 'PLAN',
  /** The year that runs, or the next one once this one is planned. */
  async fields(ctx) {
    const year = Number(ctx.clock.today().slice(0, 4))
    const { rows } = await sql<{
      year: number
    }>`select year from plan where year = ${year} and status <> 'cancelled'`.execute(ctx.tx)
    return [
      {
        id: 'year',
        label: { zh: '计划年度', en: 'Plan year' },
        type: 'number',
        suggested: rows.length > 0 ? year + 1 : year,
      },
    ]
  },
  writes: {
    plan: ['year', 'base_year', 'growth_year', 'version', 'status'],
    'plan-target': ['unit_id', 'quarter', 'amount', 'orders'],
    'plan-version': ['version', 'act', 'person_id', 'at', 'reason'],
    'plan-sheet-line': [
      'tree',
      'receiver_id',
      'holder_id',
      'unit_id',
      'account_id',
      'period',
      'amount',
      'orders',
    ],
    'plan-letter': ['receiver_id', 'holder_id', 'status', 'reason', 'answered_at'],
  },
  async check(_ctx, asked) {
    const said = input.safeParse(asked)
    if (!said.success)
      throw invalid(
        { zh: '计划年度要写成 2018 这样的年份', en: 'The plan year must be a year such as 2018' },
        [{ path: 'input.year', text: { zh: '2000 至 2100 之间的年份', en: 'A year between 2000 and 2100' } }],
      )
    const { year } = said.data
    return {
      key: `PLAN:${year}`,
      year,
      title: { zh: `${year} 年度大客户销售计划`, en: `Annual key account sales plan ${year}` },
      input: { year },
    }
  },
  async begin(ctx: Ctx, at) {
    const year = at.input.year as number
    const { rows } = await sql<{ id: number }>`insert into plan (year, base_year, growth_year, case_id)
      values (${year}, ${year - 1}, ${year - 2}, ${at.caseId}) returning id`.execute(ctx.tx)
    return { kind: 'plan', id: rows[0]?.id as number }
  },
  /** The plan stays to be read and leaves its year free. */
  async cancel(ctx, { caseId }) {
    await sql`select plan_cancel(${caseId})`.execute(ctx.tx)
  },
}
