import { type RawBuilder, sql } from 'kysely'
import type { Text } from '../../handbook/model.ts'
import type { Tx } from '../../kernel/db/database.ts'
import { doubtsOf } from '../../modules/accounts/doubts.ts'
import { basisWords } from '../../modules/orders/basis.ts'
import { renamings } from './accounts.ts'
import type { LineRow } from './rows.ts'
import type { Source } from './source.ts'
import type { Staged } from './stage.ts'
import type { Years } from './years.ts'

const shown = 5

/** The first few by name, and that there are more. */
const few = (names: readonly string[], all: number, lang: 'zh' | 'en'): string =>
  `${names.slice(0, shown).join(lang === 'zh' ? '、' : ', ')}${all > shown ? (lang === 'zh' ? ' 等' : ' and others') : ''}`

/** What a person should know of a sales file before it is written; none of it stands in the way. */
export async function hintsOf(tx: Tx, { source, years }: Staged): Promise<Text[]> {
  const told = [
    ...sourceHint(source),
    ...basisHints(years),
    ...(await countedAgain(tx, years)),
    ...(await leftOut(tx)),
    ...(await moved(tx)),
    ...(await gone(tx, source)),
    ...(await doubled(tx, source)),
    ...(await undone(tx, source)),
    ...(await renamed(tx)),
  ]
  const doubts = await doubtsOf(
    tx,
    sql`select s.id, s.code, s.name, null::text as credit_code from said_account s`,
  )
  return [...told, ...doubts]
}

const sourceHint = ({ code, fresh }: Source): Text[] =>
  fresh
    ? [
        {
          zh: `“${code}”是新来源：其中的订单和行与别的来源分开认`,
          en: `“${code}” is a new source: its orders and lines are told apart from those of other sources`,
        },
      ]
    : []

function basisHints({ basis, fresh, twice, never }: Years): Text[] {
  const hints: Text[] = []
  if (basis && fresh.length > 0)
    hints.push({
      zh: `${fresh.join('、')} 年的销售口径由这次导入定为${basisWords[basis].zh}`,
      en: `This import sets the basis of sales of ${fresh.join(', ')}: ${basisWords[basis].en}`,
    })
  const odd = (lines: readonly LineRow[], zh: string, en: string) => {
    if (lines.length === 0) return
    const rows = lines.slice(0, shown).map(({ row }) => String(row))
    hints.push({
      zh: `${lines.length} 行${zh}，因为跨年的两年口径不同：第 ${few(rows, lines.length, 'zh')} 行`,
      en: `${lines.length} lines ${en}, because two years at their turn have different bases: rows ${few(rows, lines.length, 'en')}`,
    })
  }
  odd(twice, '会在两年里各计一次', 'count in two years')
  odd(never, '哪一年都不计', 'count in no year')
  return hints
}

/** Lines that stand already and would count once more in a year whose basis this file sets. */
async function countedAgain(tx: Tx, { basis, fresh }: Years): Promise<Text[]> {
  if (basis === null || fresh.length === 0) return []
  const { rows } = await sql<{ lines: number; amount: string }>`with year as (
      select year, basis from sales_year union all select y, ${basis} from unnest(${fresh as number[]}::int[]) y
    ), touched as (
      select l.amount, (select count(*) from (values ('order', l.ordered_on), ('shipment', l.shipped_on), ('acceptance', l.accepted_on)) b(basis, day)
          join year y on y.year = extract(year from b.day) and y.basis = b.basis) as times
      from order_line l where l.counts and not exists (select from said_line s where s.line_id = l.id)
        and (extract(year from l.ordered_on) = any(${fresh as number[]}::int[]) or extract(year from l.shipped_on) = any(${fresh as number[]}::int[])
          or extract(year from l.accepted_on) = any(${fresh as number[]}::int[]))
    ) select count(*)::int as lines, trim_scale(coalesce(sum(amount), 0))::text as amount from touched where times > 1`.execute(
    tx,
  )
  const { lines = 0, amount = '0' } = rows[0] ?? {}
  if (lines === 0) return []
  const years = fresh.join('、')
  return [
    {
      zh: `以前导入的 ${lines} 行（共 ${amount}）会再计入 ${years} 年一次：它们已按另一口径计入上一年。要避免，让相邻两年用同一口径`,
      en: `${lines} ${lines === 1 ? 'line' : 'lines'} imported before (${amount} in all) would count once more, in ${fresh.join(', ')}: they count in the year before on another basis. To avoid it, let neighbouring years go by one basis`,
    },
  ]
}

/** Lines that the file calls cancelled or drafts, by its words. */
async function leftOut(tx: Tx): Promise<Text[]> {
  const { rows } = await sql<{
    state: string
    all: number
    amount: string
    rows: string[]
    stood: number
  }>`select state,
      count(*)::int as all, trim_scale(sum(amount))::text as amount, (array_agg(row::text order by row))[1:${sql.lit(shown)}] as rows,
      count(line_id)::int as stood
    from said_left group by state order by 2 desc, 1`.execute(tx)
  return rows.map(({ state, all, amount, rows, stood }) => ({
    zh: `状态是“${state}”的 ${all} 行（共 ${amount}）不计入销售：第 ${few(rows, all, 'zh')} 行${stood > 0 ? `；其中 ${stood} 行以前计过，会冲销` : ''}`,
    en: `${all} lines in the state “${state}” (${amount} in all) do not count as sales: rows ${few(rows, all, 'en')}${stood > 0 ? `; ${stood} of them counted before and are reversed` : ''}`,
  }))
}

/** Orders whose lines get another date. */
async function moved(tx: Tx): Promise<Text[]> {
  const { rows } = await sql<{
    all: number
    code: string
    before: string
    after: string
  }>`select count(*) over ()::int as all, code,
      before::text, after::text
    from (select distinct s.order_code as code, l.ordered_on as before, s.ordered_on as after
      from said_line s join order_line l on l.id = s.line_id where l.ordered_on <> s.ordered_on) m
    order by code, before limit ${shown}`.execute(tx)
  const [first] = rows
  if (!first) return []
  const names = (lang: 'zh' | 'en') =>
    rows.map(({ code, before, after }) =>
      lang === 'zh' ? `${code} 从 ${before} 改到 ${after}` : `${code} from ${before} to ${after}`,
    )
  return [
    {
      zh: `${first.all} 张订单的日期变了，行随着改到新的日期：${few(names('zh'), first.all, 'zh')}。没有行的旧日期撤掉`,
      en: `${first.all} orders have another date, and their lines move there: ${few(names('en'), first.all, 'en')}. A former date left without lines is taken away`,
    },
  ]
}

/** Lines that stand in the records of an order that the file brings, and that the file does not speak of. */
async function gone(tx: Tx, { code, numbers }: Source): Promise<Text[]> {
  const same: RawBuilder<unknown> =
    numbers === 'order'
      ? sql`t.order_code = l.order_code and t.line_no = l.line_no`
      : sql`t.line_no = l.line_no`
  const { rows } = await sql<{
    all: number
    order_code: string
    line_no: string
  }>`select count(*) over ()::int as all, l.order_code, l.line_no
    from order_line l
    where l.source = ${code} and l.counts
      and (l.order_code, l.account_id) in (select s.order_code, c.id from said_line s join said_code c using (account_code) where c.id is not null)
      and l.id not in (select line_id from said_line where line_id is not null)
      and not exists (select from said_too t where ${same})
    order by l.order_code, l.line_no limit ${shown}`.execute(tx)
  const [first] = rows
  if (!first) return []
  const names = (lang: 'zh' | 'en') =>
    rows.map(({ order_code, line_no }) =>
      lang === 'zh' ? `订单 ${order_code} 行 ${line_no}` : `line ${line_no} of order ${order_code}`,
    )
  return [
    {
      zh: `${first.all} 行在系统里有，文件里的同一张订单没有：${few(names('zh'), first.all, 'zh')}。没有删除；真的取消了，就在文件里写明状态“已取消”`,
      en: `${first.all} lines stand in the records and not in the file’s same order: ${few(names('en'), first.all, 'en')}. None is deleted; where one was cancelled, let the file say so in its state`,
    },
  ]
}

/** New lines that probably stand here already, under another source or another order. */
async function doubled(tx: Tx, { code }: Source): Promise<Text[]> {
  const { rows } = await sql<{ elsewhere: number; sources: string[] | null; reordered: number }>`select
      count(*) filter (where o.elsewhere)::int as elsewhere, array_agg(distinct o.source) filter (where o.elsewhere) as sources,
      count(*) filter (where not o.elsewhere)::int as reordered
    from (
      select distinct on (s.row) l.source, l.source <> ${code} as elsewhere
      from said_line s join said_code c using (account_code) join sales_source x on true
        join order_line l on l.source = x.code and l.line_no = s.line_no and l.account_id = c.id
      where s.line_id is null and (l.source <> ${code} and l.order_code = s.order_code
        or l.source = ${code} and l.order_code <> s.order_code and l.ordered_on = s.ordered_on and l.amount = s.amount
          and l.product_name = s.product_name)
      order by s.row) o`.execute(tx)
  const { elsewhere, sources, reordered } = rows[0] as (typeof rows)[number]
  return [
    ...(elsewhere > 0
      ? [
          {
            zh: `${elsewhere} 行的订单、行号和客户在来源“${(sources ?? []).join('、')}”里已经有了。如果是同一批销售，会计两次：把来源改成那一个`,
            en: `${elsewhere} lines stand under the source “${(sources ?? []).join(', ')}” already, with order, number and customer. If they are the same sales they would count twice: choose that source`,
          },
        ]
      : []),
    ...(reordered > 0
      ? [
          {
            zh: `${reordered} 行与别的订单里的行号、客户、日期、产品和金额都相同，像是订单编号改了。如果行号在整个来源内不重复，选这一项，免得计两次`,
            en: `${reordered} lines agree with lines of other orders in number, customer, date, product and amount: their order seems to have another code. If numbers are unique within the source, choose that, lest they count twice`,
          },
        ]
      : []),
  ]
}

/** Returns that stand in the records and that the file takes back. */
async function undone(tx: Tx, { code }: Source): Promise<Text[]> {
  const { rows } = await sql<{
    all: number
    order_code: string
  }>`select count(*) over ()::int as all, order_code
    from said_return s join order_return r using (order_code) where r.source = ${code} and not s.returned
    order by order_code limit ${shown}`.execute(tx)
  const [first] = rows
  if (!first) return []
  const names = rows.map((one) => one.order_code)
  return [
    {
      zh: `${first.all} 张订单的退货会撤回：${few(names, first.all, 'zh')}`,
      en: `The returns of ${first.all} orders are taken back: ${few(names, first.all, 'en')}`,
    },
  ]
}

async function renamed(tx: Tx): Promise<Text[]> {
  const all = await renamings(tx)
  const taken = all.filter((one) => one.taken)
  const kept = all.filter((one) => !one.taken)
  const names = (some: typeof all, lang: 'zh' | 'en') =>
    few(
      some
        .slice(0, shown)
        .map(({ code, before, after }) =>
          lang === 'zh' ? `${code}“${before}”改为“${after}”` : `${code} “${before}” becomes “${after}”`,
        ),
      some.length,
      lang,
    )
  const others = (lang: 'zh' | 'en') =>
    few(
      kept
        .slice(0, shown)
        .map(({ code, before, after }) =>
          lang === 'zh'
            ? `${code} 仍叫“${before}”，不叫“${after}”`
            : `${code} stays “${before}”, not “${after}”`,
        ),
      kept.length,
      lang,
    )
  return [
    ...(taken.length > 0
      ? [
          {
            zh: `${taken.length} 家客户改名：${names(taken, 'zh')}`,
            en: `${taken.length} accounts are renamed: ${names(taken, 'en')}`,
          },
        ]
      : []),
    ...(kept.length > 0
      ? [
          {
            zh: `${kept.length} 家客户的名称比文件新，不改：${others('zh')}`,
            en: `The names of ${kept.length} accounts are newer than the file and stay: ${others('en')}`,
          },
        ]
      : []),
  ]
}
