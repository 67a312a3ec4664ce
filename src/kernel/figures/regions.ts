import type { Text } from '../../handbook/model.ts'
import type { Ctx } from '../context.ts'
import type { Regions, Scope } from './measure.ts'

export const regionsNames: Readonly<Record<Regions, Text>> = {
  booked: { zh: '按订单登记时的大区', en: 'by the region an order was booked in' },
  home: { zh: '按客户所属大区', en: 'by the account’s home region' },
}

/**
 * The regions that figures of a year count by: those asked for; else those that its targets are set by, so that the two can be compared;
 * else as booked.
 */
export async function regionsOfYear(
  ctx: Ctx,
  kpi: string,
  year: number,
  said: Regions | undefined,
): Promise<Regions> {
  return said ?? (await ctx.house.registry.targets.get(kpi)?.regions(ctx, year)) ?? 'booked'
}

/** The same for one scope: where no unit is asked for, both come to the same and nothing need be found out. */
export const regionsFor = (
  ctx: Ctx,
  kpi: string,
  { scope, year }: { scope: Scope; year: number },
  said: Regions | undefined,
): Promise<Regions> | Regions =>
  scope.kind === 'unit' ? regionsOfYear(ctx, kpi, year, said) : (said ?? 'booked')
