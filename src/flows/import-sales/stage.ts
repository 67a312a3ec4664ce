import { sql } from 'kysely'
import type { Tx } from '../../kernel/db/database.ts'
import type { Mapping, RowFault, Taken } from '../../kernel/exchange/importer.ts'
import { linesOf, peopleOf, returnedCodes, returnsOf } from './rows.ts'

export interface Staged {
  readonly faults: readonly RowFault[]
  readonly lines: number
  readonly returns: number
  readonly people: readonly { region: string; name: string }[]
}

/** Regions by every name a file may give them. */
async function regionsOf(tx: Tx): Promise<Map<string, number>> {
  const { rows } = await sql<{
    id: number
    code: string
    zh: string
    en: string
  }>`select id, code, name_zh as zh, name_en as en
    from unit where level = 'region' and (closed_on is null or closed_on > app_today())`.execute(tx)
  return new Map(
    rows.flatMap((row) =>
      [row.code, row.zh, `${row.zh}大区`, `${row.zh}区`, row.en]
        .filter(Boolean)
        .map((name) => [name, row.id] as const),
    ),
  )
}

/**
 * Lays the sound rows into temporary tables of this transaction: `said_line` with unit and digest, `said_return`.
 * The digest covers everything a line says, so that an equal line of an equal file is known as the same.
 */
export async function stage(tx: Tx, taken: Taken, mapping: Mapping): Promise<Staged> {
  const regions = await regionsOf(tx)
  const { lines, faults } = linesOf(taken, mapping, regions)
  const known = await sql<{ code: string }>`select code from sales_order
    where code = any(${returnedCodes(taken, mapping)}::text[])`.execute(tx)
  const orders = new Set([...known.rows.map((row) => row.code), ...lines.map((line) => line.order_code)])
  const back = returnsOf(taken, mapping, orders)
  await sql`create temporary table said_line on commit drop as select l.*, md5(l::text) as digest from (
      select line_no, order_code, ordered_on, shipped_on, ship_mode, account_code, account_name, industry, unit_id, province, city,
        product_code, product_name, category, subcategory, amount, quantity, discount, profit
      from jsonb_to_recordset(${JSON.stringify(lines.map((line) => ({ ...line, unit_id: regions.get(line.region) })))}::jsonb)
        as r(line_no text, order_code text, ordered_on date, shipped_on date, ship_mode text, account_code text, account_name text,
          industry text, unit_id int, province text, city text, product_code text, product_name text, category text,
          subcategory text, amount numeric, quantity numeric, discount numeric, profit numeric)) l`.execute(
    tx,
  )
  await sql`create index on said_line (line_no)`.execute(tx)
  await sql`create temporary table said_return on commit drop as
    select order_code from jsonb_to_recordset(${JSON.stringify(back.returns)}::jsonb) as r(order_code text)`.execute(
    tx,
  )
  await sql`analyze said_line`.execute(tx)
  return {
    faults: [...faults, ...back.faults],
    lines: lines.length,
    returns: back.returns.length,
    people: peopleOf(taken, mapping),
  }
}
