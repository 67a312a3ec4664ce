import type { Text } from '../../handbook/model.ts'
import type { Ctx } from '../context.ts'
import { measureOf } from './read.ts'
import { regionsOfYear } from './regions.ts'
import { figureScope } from './scope.ts'
import { readKpiScopes } from './scopes.ts'
import type { KpiYears } from './wire.ts'

/**
 * Years in which the reader's own scope has targets or facts, latest first, and the one his figures open on: the newest with targets,
 * else the newest with facts, else this year.
 * @throws Refusal 404 for an unknown KPI; 422 for one that is only described
 */
export async function readKpiYears(ctx: Ctx, kpi: string): Promise<KpiYears> {
  const own = (await readKpiScopes(ctx, kpi)).items[0]?.scope ?? `person:${ctx.actor.personId}`
  const targets = (await ctx.house.registry.targets.get(kpi)?.years(ctx, figureScope(own))) ?? []
  const facts = await measureOf(ctx, kpi).years(ctx)
  const today = Number(ctx.clock.today().slice(0, 4))
  const years = [...new Set([...targets, ...facts])].sort((one, other) => other - one)
  const open = targets[0] ?? facts[0] ?? today
  const items: KpiYears['items'] = []
  for (const year of years)
    items.push({
      year,
      targets: targets.includes(year),
      facts: facts.includes(year),
      regions: await regionsOfYear(ctx, kpi, year, undefined),
    })
  return { items, open, why: open === today ? null : whyOf(open, today, targets.length > 0) }
}

const whyOf = (open: number, today: number, targets: boolean): Text =>
  targets
    ? open > today
      ? { zh: `打开的是 ${open} 年：它的目标已经定好`, en: `Opened on ${open}: its targets are set already` }
      : {
          zh: `打开的是 ${open} 年：${today} 年还没有目标`,
          en: `Opened on ${open}: ${today} has no targets yet`,
        }
    : {
        zh: `打开的是 ${open} 年：还没有目标，${open} 年是最近有销售的一年`,
        en: `Opened on ${open}: there are no targets yet, and it is the newest year with sales`,
      }
