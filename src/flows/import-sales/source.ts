import { sql } from 'kysely'
import type { Tx } from '../../kernel/db/database.ts'
import { invalid } from '../../kernel/refusal.ts'
import type { Chosen } from './choices.ts'

/** Where a file comes from, and how it numbers its lines. */
export interface Source {
  readonly code: string
  readonly numbers: 'order' | 'source'
  /** Nothing has come from it yet. */
  readonly fresh: boolean
}

/**
 * The source of a run: as it is known, else a new one.
 * @throws Refusal 422 when its lines are said to be numbered from end to end, and two of them bear one number
 */
export async function sourceOf(tx: Tx, { source, numbers }: Chosen): Promise<Source> {
  const { rows } = await sql<{
    code: string
    numbering: Source['numbers']
  }>`select code, numbering from sales_source
    where key_of(code) = key_of(${source})`.execute(tx)
  const [known] = rows
  if (!known) return { code: source, numbers: numbers ?? 'order', fresh: true }
  if (numbers === 'source' && known.numbering === 'order') await refuseDoubled(tx, known.code)
  return { code: known.code, numbers: numbers ?? known.numbering, fresh: false }
}

async function refuseDoubled(tx: Tx, source: string): Promise<void> {
  const { rows } = await sql<{ line_no: string; orders: string[] }>`select line_no,
      (array_agg(order_code order by order_code))[1:2] as orders
    from order_line where source = ${source} group by 1 having count(*) > 1 order by 1 limit 1`.execute(tx)
  const [doubled] = rows
  if (!doubled) return
  const { line_no, orders } = doubled
  throw invalid(
    {
      zh: `来源“${source}”的行号不是整个来源内不重复：订单 ${orders.join(' 和 ')} 都有行 ${line_no}。选“每张订单内不重复”`,
      en: `Line numbers of the source “${source}” are not unique within it: the orders ${orders.join(' and ')} both have a line ${line_no}. Choose “unique within an order”`,
    },
    [
      {
        path: 'choices.numbers',
        text: { zh: '选“每张订单内不重复”', en: 'Choose “unique within an order”' },
      },
    ],
  )
}

/** Keeps the source and how it numbers its lines. */
export async function keepSource(tx: Tx, { code, numbers }: Pick<Source, 'code' | 'numbers'>): Promise<void> {
  await sql`insert into sales_source (code, numbering) values (${code}, ${numbers})
    on conflict (code) do update set numbering = excluded.numbering, rev = sales_source.rev + 1, updated_at = app_now()
    where sales_source.numbering <> excluded.numbering`.execute(tx)
}
