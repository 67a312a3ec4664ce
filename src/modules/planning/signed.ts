import Big from 'big.js'
import { sql } from 'kysely'
import type { Text } from '../../handbook/model.ts'
import type { Ctx } from '../../kernel/context.ts'
import { exact, type SheetRow } from './grid.ts'
import { growth } from './rules.ts'

interface Departure {
  readonly zh: string
  readonly en: string
  readonly signed: string
  readonly now: string
}

const named = 6

/** The regions whose split departs from the signed plan in any quarter, in a sentence; `null` when none does. */
export async function departureText(ctx: Ctx, sheet: SheetRow): Promise<Text | null> {
  if (sheet.kind !== 'manager') return null
  const { rows } =
    await sql<Departure>`select u.name_zh as zh, u.name_en as en, sum(t.amount)::text as signed, sum(l.amount)::text as now
    from plan_sheet_line l join plan_target t on t.plan_id = ${sheet.plan_id} and t.unit_id = l.unit_id and t.quarter = l.period
      join unit u on u.id = l.unit_id
    where l.sheet_id = ${sheet.id} and l.tree = 'account'
    group by u.id having bool_or(l.amount <> t.amount) order by abs(sum(l.amount) - sum(t.amount)) desc, u.id`.execute(
      ctx.tx,
    )
  if (rows.length === 0) return null
  const told = rows.slice(0, named).map(oneText)
  const more = rows.length - told.length
  return {
    zh: `与签发的计划不同：${told.map((one) => one.zh).join('；')}${more > 0 ? `；另有 ${more} 个大区` : ''}`,
    en: `Departs from the signed plan: ${told.map((one) => one.en).join('; ')}${more > 0 ? `; ${more} more regions` : ''}`,
  }
}

function oneText({ zh, en, signed, now }: Departure): Text {
  const difference = new Big(now).minus(signed)
  if (difference.eq(0))
    return { zh: `${zh}全年不变、季度有变`, en: `${en} moves between quarters, the year stays` }
  const part = growth(now, signed)
  const more = difference.gt(0)
  const percent = part === null ? '' : `${more ? '+' : '−'}${new Big(part).times(100).abs().toFixed(1)}%`
  const amount = exact(difference.abs())
  return {
    zh: `${zh}${more ? '多' : '少'} ${amount} 元${percent ? `（${percent}）` : ''}`,
    en: `${en} CNY ${amount} ${more ? 'more' : 'less'}${percent ? ` (${percent})` : ''}`,
  }
}
