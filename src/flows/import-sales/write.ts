import { sql } from 'kysely'
import type { Tx } from '../../kernel/db/database.ts'
import type { Importer, Result } from '../../kernel/exchange/importer.ts'
import { type Basis, basisOfEdition, basisWords } from '../../modules/orders/basis.ts'
import { importReason } from '../../modules/orders/year.ts'
import { writeAccounts } from './accounts.ts'
import { writeLines, writeOrders, writeReturns } from './orders.ts'
import { propose } from './propose.ts'
import { keepSource } from './source.ts'
import { stage } from './stage.ts'
import { countsOf } from './trial.ts'

// Sales are written by one at a time: what a line means is found before it is written. A change of a year's basis takes the same lock.
const lock = sql`select lock_sales()`

/** Accounts first, then orders, returns, lines and facts; an equal file finds everything there and changes nothing. */
export const write: Importer['write'] = async (
  tx,
  taken,
  mapping,
  choices,
  tell,
  fileName,
  edition,
): Promise<Result> => {
  await tell(0.1, { zh: '核对每一行', en: 'Checking every row' })
  await lock.execute(tx)
  const { source, years } = await stage(tx, taken, mapping, choices, edition)
  const counts = await countsOf(tx, source.code)
  await tell(0.25, { zh: '写入客户', en: 'Writing accounts' })
  const owners = (choices.owners ?? {}) as Readonly<Record<string, number>>
  const proposed = (await propose(tx)).map((one) => {
    const owner_id = owners[one.code] ?? one.owner_id
    // Whoever was chosen as owner cannot stand behind himself.
    return { ...one, owner_id, backup_id: one.backup_id === owner_id ? one.owner_id : one.backup_id }
  })
  await writeAccounts(tx, fileName, proposed)
  await keepSource(tx, source)
  await tell(0.4, { zh: '写入订单', en: 'Writing orders' })
  await writeOrders(tx, source.code)
  await tell(0.5, { zh: '登记退货', en: 'Recording returns' })
  await writeReturns(tx, source.code)
  await tell(0.55, { zh: '写入订单行', en: 'Writing order lines' })
  await writeLines(tx, source.code)
  await tell(0.85, { zh: '记入销售事实与月汇总', en: 'Booking the facts of sales' })
  const basis = years.basis ?? basisOfEdition(edition)
  const before = await sql<{ id: string }>`select coalesce(max(id), 0)::text as id from sales_fact`.execute(
    tx,
  )
  // Lines that say what they said are booked already: only orders that changed, or came back, are looked at.
  const booked = await sql<{ n: number }>`select book_sales(${basis}, array(
      select distinct order_id from touched
      union select o.id from said_return r join sales_order o on o.code = r.order_code and o.source = ${source.code}),
      ${importReason(fileName)}) as n`.execute(tx)
  return {
    counts,
    booked: booked.rows[0]?.n ?? 0,
    ...(await told(tx, years.fresh, basis, before.rows[0]?.id ?? '0')),
  }
}

/** What the bookings after `after` come to, as people would say it, and the figures of the last year they reach. */
async function told(
  tx: Tx,
  fresh: readonly number[],
  basis: Basis,
  after: string,
): Promise<Pick<Result, 'said' | 'links'>> {
  const { rows } = await sql<{
    sold: number
    returned: number
    reversed: number
    year: number | null
    bases: Basis[] | null
  }>`select count(*) filter (where kind = 'sale' and reverses is null)::int as sold,
      count(*) filter (where kind = 'returned' and reverses is null)::int as returned,
      count(*) filter (where reverses is not null)::int as reversed,
      extract(year from max(happened_on))::int as year, array_agg(distinct basis) filter (where reverses is null) as bases
    from sales_fact where id > ${after}::bigint`.execute(tx)
  const { sold, returned, reversed, year, bases } = rows[0] as (typeof rows)[number]
  if (year === null) return {}
  const count = (n: number) => n.toLocaleString('en')
  const by = (lang: 'zh' | 'en') =>
    (bases ?? []).map((one) => basisWords[one][lang]).join(lang === 'zh' ? '、' : ' and ')
  const set =
    fresh.length > 0
      ? {
          zh: `。${fresh.join('、')} 年的口径定为${basisWords[basis].zh}`,
          en: `. The basis of ${fresh.join(', ')} is now set: ${basisWords[basis].en}`,
        }
      : { zh: '', en: '' }
  return {
    said: {
      zh: `${by('zh')}计入指标 K01：${count(sold)} 行订单各记一笔销售${returned > 0 ? `，其中 ${count(returned)} 行已退货，另记一笔退货` : ''}${reversed > 0 ? `；${count(reversed)} 笔旧记录先冲销再重记` : ''}${set.zh}`,
      en: `Booked for K01${bases ? ` ${by('en')}` : ''}: one sale for each of ${count(sold)} order lines${returned > 0 ? `, and one return for each of the ${count(returned)} that came back` : ''}${reversed > 0 ? `; ${count(reversed)} earlier bookings were reversed first` : ''}${set.en}`,
    },
    links: [
      {
        href: `/figures?period=${year}`,
        label: { zh: `看 ${year} 年的指标`, en: `See the figures of ${year}` },
      },
    ],
  }
}
