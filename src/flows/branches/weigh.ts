import { type RawBuilder, sql } from 'kysely'
import type { Ctx } from '../../kernel/context.ts'
import { invalid } from '../../kernel/refusal.ts'
import { type Area, type BranchPreview, type Verdict, verdicts } from './wire.ts'

/**
 * Where each account is: the province that most was sold to, and within it the city; where nothing was sold, its own address. `next` is the
 * province after it. All accounts at once.
 */
export const placed: RawBuilder<unknown> = sql`with sold as materialized (
    select account_id, province, coalesce(city, '') as city, sum(amount) as amount from sales_order
    where province <> '' and amount > 0 group by 1, 2, 3
  ), ranked as (
    select account_id, province, amount, sum(amount) over (partition by account_id) as whole,
      row_number() over best as place, lead(amount) over best as next_amount, lead(province) over best as next
    from (select account_id, province, sum(amount) as amount from sold group by 1, 2) s
    window best as (partition by account_id order by amount desc, province)
  ), first_city as (
    select distinct on (s.account_id) s.account_id, s.city from sold s join ranked r using (account_id, province)
    where r.place = 1 order by s.account_id, s.amount desc, s.city
  ), placed as (
    select a.id, a.code, a.name, a.branch_id, coalesce(r.province, nullif(a.province, '')) as province,
      case when r.account_id is null then coalesce(a.city, '') else coalesce(c.city, '') end as city,
      r.amount, r.whole, r.next_amount, r.next
    from account a left join ranked r on r.account_id = a.id and r.place = 1 left join first_city c on c.account_id = a.id
  )`

/** What becomes of each account by the areas said, as the table `judged`. */
export const judged = (areas: readonly Area[]): RawBuilder<unknown> => sql`${placed}, area as (
    select province, city, "unitId" as unit from jsonb_to_recordset(${JSON.stringify(areas)}::jsonb)
      as a(province text, city text, "unitId" int) where "unitId" is not null
  ), judged as (
    select p.*, coalesce(c.unit, w.unit) as unit, case
      when p.province is null then 'no-place'
      when coalesce(c.unit, w.unit) is null then 'no-branch'
      when p.branch_id = coalesce(c.unit, w.unit) then 'same'
      when p.branch_id is not null then 'other'
      when p.next_amount = p.amount and n.unit is distinct from coalesce(c.unit, w.unit) then 'tied'
      when p.amount * 2 < p.whole then 'spread'
      else 'clear' end as verdict
    from placed p left join area c on c.province = p.province and c.city = p.city and c.city <> ''
      left join area w on w.province = p.province and w.city = '' left join area n on n.province = p.next and n.city = ''
  )`

/**
 * Areas are of open branches, each place once.
 * @throws Refusal 422 that names the place
 */
export async function requireAreas(ctx: Ctx, areas: readonly Area[]): Promise<void> {
  const places = areas.map(({ province, city }) => `${province} ${city}`.trim())
  const twice = places.find((place, index) => places.indexOf(place) !== index)
  if (twice)
    throw invalid({ zh: `没有办理：“${twice}”写了两次`, en: `Not carried out: “${twice}” is said twice` })
  const { rows } = await sql<{
    province: string
  }>`select a.province from jsonb_to_recordset(${JSON.stringify(areas)}::jsonb)
      as a(province text, "unitId" int) where a."unitId" is not null and not exists (select from unit u where u.id = a."unitId"
        and u.level = 'branch' and (u.closed_on is null or u.closed_on > app_today())) limit 1`.execute(
    ctx.tx,
  )
  if (rows[0])
    throw invalid({
      zh: `没有办理：给“${rows[0].province}”选的不是开着的分公司`,
      en: `Not carried out: what was chosen for “${rows[0].province}” is no open branch`,
    })
}

/** Who would get what, who is in doubt and who stays; nothing is written. */
export async function previewOf(ctx: Ctx, areas: readonly Area[]): Promise<BranchPreview> {
  await requireAreas(ctx, areas)
  const { rows: counted } = await sql<{ unit: number | null; verdict: Verdict; n: number }>`${judged(areas)}
    select unit, verdict, count(*)::int as n from judged group by 1, 2`.execute(ctx.tx)
  const { rows: units } = await sql<{
    id: number
    zh: string
    en: string
    has: number
  }>`select u.id, u.name_zh as zh,
      coalesce(nullif(u.name_en, ''), u.name_zh) as en, (select count(*)::int from account a where a.branch_id = u.id) as has
    from unit u where u.level = 'branch' order by u.id`.execute(ctx.tx)
  const { rows: doubts } = await sql<
    Omit<BranchPreview['doubts'][number], 'branch'> & { zh: string; en: string }
  >`${judged(areas)}
    select j.id, j.code, j.name, j.verdict, j.province, j.next, round(100 * j.amount / j.whole)::int as share, u.name_zh as zh,
      coalesce(nullif(u.name_en, ''), u.name_zh) as en
    from judged j join unit u on u.id = j.unit where j.verdict in ('tied', 'spread') order by j.whole desc, j.id limit 100`.execute(
    ctx.tx,
  )
  const sum = (fits: (one: (typeof counted)[number]) => boolean) =>
    counted.filter(fits).reduce((all, one) => all + one.n, 0)
  return {
    counts: Object.fromEntries(
      verdicts.map((verdict) => [verdict, sum((one) => one.verdict === verdict)]),
    ) as BranchPreview['counts'],
    branches: units
      .map(({ id, zh, en, has }) => ({
        id,
        name: { zh, en },
        has,
        clear: sum((one) => one.unit === id && one.verdict === 'clear'),
        doubtful: sum((one) => one.unit === id && (one.verdict === 'tied' || one.verdict === 'spread')),
        other: sum((one) => one.unit === id && one.verdict === 'other'),
      }))
      .filter((one) => one.has + one.clear + one.doubtful + one.other > 0),
    doubts: doubts.map(({ zh, en, ...one }) => ({ ...one, branch: { zh, en } })),
  }
}
