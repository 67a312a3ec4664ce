import { sql } from 'kysely'
import type { Text } from '../../handbook/model.ts'
import type { Ctx } from '../../kernel/context.ts'
import { invalid, Refusal } from '../../kernel/refusal.ts'
import { grantsOf, requireRight, scopeOf, verdictOf } from '../../kernel/rights/may.ts'
import { type Basis, basisNames, basisOfEdition, basisWords } from './basis.ts'
import type { OddLines, SalesYears, YearChange, YearPreview } from './year-wire.ts'

/** What a first import gives as its reason: a code with the file's name, told in the reader's language by `reasonText`. */
export const importReason = (file: string): string => `import:${file}`

/** Reasons that the program gives by itself, as the table keeps them; a person's stay as he wrote them. */
const ownReasons: ReadonlyMap<string, Text> = new Map([
  ['导入', { zh: '第一次导入', en: 'First import' }],
  [
    '升级时按已有的销售记录定',
    { zh: '升级时按已有的销售记录定', en: 'As the sales were booked at the upgrade' },
  ],
])

/**
 * The reason of a year's basis in both languages. A year never changed (revision 1) has the program's own, among them sentences that
 * earlier versions wrote in Chinese; every change has a person's.
 */
export function reasonText(reason: string, rev: number): Text {
  if (rev === 1) {
    const own = ownReasons.get(reason)
    if (own) return own
    const file = /^(?:import:|导入 )(.+)$/s.exec(reason)?.[1]
    if (file) return { zh: `导入 ${file}`, en: `Import of ${file}` }
  }
  return { zh: reason, en: reason }
}

/** Every year that has a basis, and what holds for those that have none. */
export async function salesYears(ctx: Ctx): Promise<SalesYears> {
  const { rows } = await sql<{
    year: number
    rev: number
    basis: Basis
    reason: string
    by: string | null
    at: Date
  }>`select y.year,
      y.rev, y.basis, y.reason, called(p) as by, y.updated_at as at
    from sales_year y left join person p on p.id = y.set_by order by y.year desc`.execute(ctx.tx)
  const own = basisOfEdition(ctx.edition.edition)
  return {
    edition: { basis: own, name: basisNames[own] },
    may: await mayChange(ctx),
    items: rows.map(({ at, basis, reason, ...row }) => ({
      ...row,
      reason: reasonText(reason, row.rev)[ctx.lang],
      basis,
      name: basisNames[basis],
      at: at.toISOString(),
    })),
  }
}

const ofAllRegions: Text = {
  zh: '改一年的口径会重记各大区的销售，您的权限只到自己的范围',
  en: 'Another basis books the sales of every region anew; your right covers your own scope only',
}

async function mayChange(ctx: Ctx): Promise<SalesYears['may']> {
  const { allowed, why } = verdictOf(ctx, await grantsOf(ctx, ['order']), 'order', 'import')
  const all = scopeOf(ctx, 'order', 'import').all
  return { change: allowed && all, why: allowed && !all ? ofAllRegions : why }
}

/** The basis of a year belongs to whoever may import orders of every region: a change books all of them. */
async function requireAll(ctx: Ctx): Promise<void> {
  await requireRight(ctx, 'order', 'import')
  if (!(await scopeOf(ctx, 'order', 'import')).all) throw new Refusal(403, 'no-right', ofAllRegions)
}

async function basisNow(ctx: Ctx, year: number): Promise<Basis> {
  const { rows } = await sql<{ basis: Basis }>`select basis from sales_year where year = ${year}`.execute(
    ctx.tx,
  )
  if (rows[0]) return rows[0].basis
  throw new Refusal(404, 'year-not-set', {
    zh: `${year} 年还没有销售，第一次导入时定口径`,
    en: `${year} has no sales yet; its first import sets the basis`,
  })
}

const shown = 100

/** Lines by their ids, told so that a person finds them; the first hundred of them. */
async function linesTold(ctx: Ctx, ids: ReturnType<typeof sql>): Promise<OddLines> {
  const { rows } = await sql<
    OddLines['items'][number] & { all: number }
  >`select count(*) over ()::int as all, l.id,
      l.order_code as order, l.line_no as line, l.ordered_on as "orderedOn", l.shipped_on as "shippedOn", l.accepted_on as "acceptedOn",
      trim_scale(l.amount)::text as amount
    from order_line l where l.id in (${ids}) order by l.ordered_on, l.id limit ${shown}`.execute(ctx.tx)
  return { total: rows[0]?.all ?? 0, items: rows.map(({ all: _, ...row }) => row) }
}

const odd = async (ctx: Ctx, year: number, basis: Basis): Promise<{ twice: OddLines; never: OddLines }> => {
  const of = (times: 'times > 1' | 'times = 0') =>
    linesTold(ctx, sql`select line_id from sales_odd_lines(${year}, ${basis}) where ${sql.raw(times)}`)
  return { twice: await of('times > 1'), never: await of('times = 0') }
}

/**
 * What another basis would do to a year; nothing is changed.
 * @throws Refusal 403 without the right to import orders everywhere; 404 for a year without sales
 */
export async function previewYear(ctx: Ctx, year: number, basis: Basis): Promise<YearPreview> {
  await requireAll(ctx)
  const now = await basisNow(ctx, year)
  return {
    year,
    now,
    basis,
    undated: await linesTold(ctx, sql`select line_id from sales_undated_lines(${year}, ${basis})`),
    ...(await odd(ctx, year, basis)),
  }
}

/**
 * Another basis for a year: its sales are reversed and booked anew in this transaction; changing back books what stood before.
 * @throws Refusal 403, 404 as above; 422 when lines of the year do not bear the date that they would count by
 */
export async function changeYear(
  ctx: Ctx,
  year: number,
  { basis, reason, rev }: { basis: Basis; reason: string; rev?: number | undefined },
): Promise<YearChange> {
  await requireAll(ctx)
  await sql`select lock_sales()`.execute(ctx.tx)
  const now = await basisNow(ctx, year)
  if (reason.trim() === '')
    throw invalid({ zh: '写明为什么改', en: 'Say why it is changed' }, [
      { path: 'reason', text: { zh: '缺原因', en: 'The reason is missing' } },
    ])
  const { rows } = await sql<{ rev: number; by: string | null }>`select y.rev, called(p) as by
    from sales_year y left join person p on p.id = y.set_by where y.year = ${year}`.execute(ctx.tx)
  if (rev !== undefined && rows[0]?.rev !== rev)
    throw new Refusal(412, 'conflict', {
      zh: `${year} 年的口径刚由${rows[0]?.by ?? '另一个人'}改过，刷新后再看`,
      en: `${rows[0]?.by ?? 'Somebody'} has just changed the basis of ${year}. Reload`,
    })
  if (now === basis)
    throw new Refusal(409, 'same-basis', {
      zh: `${year} 年已经${basisWords[basis].zh}计`,
      en: `Sales of ${year} count ${basisWords[basis].en} already`,
    })
  const undated = await linesTold(ctx, sql`select line_id from sales_undated_lines(${year}, ${basis})`)
  if (undated.total > 0) throw without(year, basis, undated)
  const booked = await sql<{
    n: number
  }>`select change_sales_year(${year}, ${basis}, ${reason.trim()}) as n`.execute(ctx.tx)
  return { year, before: now, basis, booked: booked.rows[0]?.n ?? 0, ...(await odd(ctx, year, basis)) }
}

function without(year: number, basis: Basis, { total, items }: OddLines): Refusal {
  const named = (lang: 'zh' | 'en') =>
    items
      .slice(0, 5)
      .map(({ order, line }) =>
        lang === 'zh' ? `订单 ${order} 行 ${line}` : `line ${line} of order ${order}`,
      )
      .join(lang === 'zh' ? '、' : ', ')
  return new Refusal(
    422,
    'undated',
    {
      zh: `没有改：${year} 年有 ${total} 行没有这种口径的日期（${basisWords[basis].zh}），改了就不再计入：${named('zh')}。补上日期再改`,
      en: `Not changed: ${total} lines of ${year} do not bear the date (${basisWords[basis].en}) and would count no more: ${named('en')}. Bring the dates first`,
    },
    { detail: { total, lines: items } },
  )
}
