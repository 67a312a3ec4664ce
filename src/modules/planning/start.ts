import { z } from '@hono/zod-openapi'
import { sql } from 'kysely'
import type { Ctx } from '../../kernel/context.ts'
import { invalid } from '../../kernel/refusal.ts'
import type { Starter } from '../../kernel/workflow/act.ts'

const input = z.strictObject({ year: z.number().int().min(2000).max(2100) })

/** One plan a year: the same year again gives the case that is there. */
export const planStarter: Starter = {
  workflow: 'PLAN',
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
}
