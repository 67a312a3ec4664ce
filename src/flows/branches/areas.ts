import { sql } from 'kysely'
import type { Ctx } from '../../kernel/context.ts'
import { placed } from './weigh.ts'
import type { Area, BranchAreas } from './wire.ts'

interface Place {
  province: string
  city: string
  accounts: number
}

/** `沈阳分公司` and `Shenyang branch` say the city that they stand in. */
const standsIn = (city: string, branch: { zh: string }): boolean =>
  city !== '' && branch.zh.startsWith(city.replace(/市$/, ''))

/** Every place where accounts are, with the branch that was chosen for it, else the one whose name says a city there. */
export async function areasOf(ctx: Ctx): Promise<BranchAreas> {
  const { rows: branches } = await sql<{ id: number; zh: string; en: string }>`select id, name_zh as zh,
      coalesce(nullif(name_en, ''), name_zh) as en from unit
    where level = 'branch' and (closed_on is null or closed_on > app_today()) order by id`.execute(ctx.tx)
  const { rows: kept } = await sql<
    Area & { unitId: number }
  >`select province, city, unit_id as "unitId" from branch_area`.execute(ctx.tx)
  const { rows: places } = await sql<Place>`${placed}
    select province, city, count(*)::int as accounts from placed where province is not null group by 1, 2`.execute(
    ctx.tx,
  )
  // A branch may stand where nobody's most sales are: the sales themselves tell which province a city lies in.
  const { rows: cities } = await sql<{ province: string; city: string }>`select distinct province, city from (
      select province, city from sales_order union all select province, city from account) s
    where province <> '' and city <> ''`.execute(ctx.tx)
  const chosen = new Map(kept.map((one) => [`${one.province}\n${one.city}`, one.unitId]))
  const provinces = new Map<string, number>()
  for (const { province, accounts } of places)
    provinces.set(province, (provinces.get(province) ?? 0) + accounts)
  const found = new Map<string, { city: string; unitId: number }[]>()
  for (const branch of branches) {
    const at = cities.find(({ city }) => standsIn(city, branch))
    if (at) found.set(at.province, [...(found.get(at.province) ?? []), { city: at.city, unitId: branch.id }])
  }
  const names = new Set([...provinces.keys(), ...kept.map(({ province }) => province)])
  const items = [...names].flatMap((province) => {
    const here = found.get(province) ?? []
    const accountsIn = (city: string) =>
      places.find((one) => one.province === province && one.city === city)?.accounts ?? 0
    const whole = chosen.get(`${province}\n`)
    const own = [
      ...kept.filter((one) => one.province === province && one.city !== '').map(({ city }) => city),
      ...(here.length > 1 ? here.map(({ city }) => city) : []),
    ]
    return [
      {
        province,
        city: '',
        unitId: whole ?? here[0]?.unitId ?? null,
        accounts: provinces.get(province) ?? 0,
        proposed: whole === undefined && here.length > 0,
      },
      ...[...new Set(own)].map((city) => ({
        province,
        city,
        unitId: chosen.get(`${province}\n${city}`) ?? here.find((one) => one.city === city)?.unitId ?? null,
        accounts: accountsIn(city),
        proposed: !chosen.has(`${province}\n${city}`),
      })),
    ]
  })
  return {
    items: items.sort(
      (one, other) =>
        (provinces.get(other.province) ?? 0) - (provinces.get(one.province) ?? 0) ||
        one.province.localeCompare(other.province, 'zh') ||
        one.city.localeCompare(other.city, 'zh'),
    ),
    branches: branches.map(({ id, zh, en }) => ({ id, name: { zh, en } })),
  }
}
