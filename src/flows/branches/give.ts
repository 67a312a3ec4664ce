import { sql } from 'kysely'
import type { Ctx } from '../../kernel/context.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { scopeOf } from '../../kernel/rights/may.ts'
import { judged, requireAreas } from './weigh.ts'
import type { BranchesGiven, GiveInput } from './wire.ts'

/** All accounts are weighed at once, so whoever gives them out must reach them all. @throws Refusal 403 */
export function requireWhole(ctx: Ctx): void {
  if (scopeOf(ctx, 'account', 'assign').all && scopeOf(ctx, 'order', 'read').all) return
  throw new Refusal(403, 'no-right', {
    zh: '没有办理：只有能分配全部客户的岗位才能给分公司分客户',
    en: 'Not carried out: accounts are given to branches by a post that may assign all of them',
  })
}

/**
 * Gives accounts to branches in one statement and remembers the areas. Each account that gets a branch has its entry in the trail.
 * @throws Refusal 403 as above; 422 as `requireAreas`
 */
export async function giveBranches(
  ctx: Ctx,
  { areas, doubtful, replace }: GiveInput,
): Promise<BranchesGiven> {
  requireWhole(ctx)
  await requireAreas(ctx, areas)
  const wanted = ['clear', ...(doubtful ? ['tied', 'spread'] : []), ...(replace ? ['other'] : [])]
  const { rows } = await sql<BranchesGiven>`${judged(areas)}, given as (
      update account a set branch_id = j.unit, rev = a.rev + 1, updated_at = app_now()
      from judged j where j.id = a.id and j.verdict = any(${wanted}::text[]) returning a.branch_id
    ) select count(*)::int as given, count(distinct branch_id)::int as branches from given`.execute(ctx.tx)
  const said = JSON.stringify(areas)
  await sql`delete from branch_area b using jsonb_to_recordset(${said}::jsonb) as a(province text, city text, "unitId" int)
    where a.province = b.province and a.city = b.city and a."unitId" is null`.execute(ctx.tx)
  await sql`insert into branch_area (province, city, unit_id)
    select province, city, "unitId" from jsonb_to_recordset(${said}::jsonb) as a(province text, city text, "unitId" int)
    where "unitId" is not null
    on conflict (province, city) do update set unit_id = excluded.unit_id where branch_area.unit_id <> excluded.unit_id`.execute(
    ctx.tx,
  )
  return rows[0] as BranchesGiven
}
