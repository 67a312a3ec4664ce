import { sql } from 'kysely'
import type { Text } from '../../handbook/model.ts'
import type { Tx } from '../../kernel/db/database.ts'
import type { Mapping, RowFault, Taken } from '../../kernel/exchange/importer.ts'
import type { LineRow, Mentioned } from './rows.ts'
import type { Source } from './source.ts'

/**
 * `said_line`: what the file says of each line; `said_too`: lines it speaks of in rows that are not written. The digest covers everything
 * a line says, so that an equal line of an equal file is known as the same; what came later is in it only where it says something.
 */
export async function layLines(
  tx: Tx,
  lines: readonly (LineRow & { unit_id: unknown })[],
  mentioned: readonly Mentioned[],
): Promise<void> {
  await sql`create temporary table said_line on commit drop as
    select r.row, l.*, r.accepted_on, r.account_key, r.counts, r.state, null::int as line_id,
      case when r.accepted_on is null and r.counts then md5(l::text) else md5(concat_ws('|', l::text, r.accepted_on, r.counts)) end as digest
    from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb)
      as r(row int, line_no text, order_code text, ordered_on date, shipped_on date, accepted_on date, ship_mode text, account_code text,
        account_key text, account_name text, industry text, unit_id int, province text, city text, product_code text,
        product_name text, category text, subcategory text, amount numeric, quantity numeric, discount numeric, profit numeric,
        counts boolean, state text)
    cross join lateral (select r.line_no, r.order_code, r.ordered_on, r.shipped_on, r.ship_mode, r.account_code, r.account_name,
      r.industry, r.unit_id, r.province, r.city, r.product_code, r.product_name, r.category, r.subcategory, r.amount, r.quantity,
      r.discount, r.profit) l`.execute(tx)
  await sql`create temporary table said_too on commit drop as
    select order_code, line_no from jsonb_to_recordset(${JSON.stringify(
      mentioned.map(({ order_code, line_no }) => ({ order_code, line_no })),
    )}::jsonb) as r(order_code text, line_no text)`.execute(tx)
}

/** Finds the line that each row means. A line that does not count and never stood here is spoken of, not written. */
export async function matchLines(tx: Tx, { code, numbers }: Source): Promise<void> {
  await sql`update said_line s set line_id = l.id from order_line l where l.source = ${code} and l.line_no = s.line_no
    ${numbers === 'order' ? sql`and l.order_code = s.order_code` : sql``}`.execute(tx)
  await sql`create temporary table said_left on commit drop as
    select row, order_code, line_no, state, amount, line_id from said_line where not counts`.execute(tx)
  await sql`insert into said_too select order_code, line_no from said_left where line_id is null`.execute(tx)
  await sql`delete from said_line where not counts and line_id is null`.execute(tx)
  await sql`analyze said_line`.execute(tx)
}

/**
 * Finds the account that each code means: spelled just so, else under its key. `said_code` numbers them, `said_account` has each once,
 * with the name it bears last.
 */
export async function matchAccounts(tx: Tx): Promise<void> {
  await sql`create temporary table said_code on commit drop as
    select account_code, n, id from (
      select c.account_code, c.id, dense_rank() over (order by coalesce(c.id::text, '=' || c.account_key)) as n from (
        select d.account_code, d.account_key, coalesce((select a.id from account a where a.code = d.account_code),
          (select min(a.id) from account a where key_of(a.code) = d.account_key)) as id
        from (select distinct account_code, account_key from said_line) d) c) numbered`.execute(tx)
  await sql`create temporary table said_account on commit drop as
    select distinct on (c.n) c.n, c.id, s.account_code as code, s.account_name as name, s.industry, s.ordered_on as named_on
    from said_line s join said_code c using (account_code) order by c.n, s.ordered_on desc, s.row`.execute(tx)
  await sql`analyze said_code`.execute(tx)
  await sql`analyze said_account`.execute(tx)
}

interface Changed {
  row: number
  order_code: string
  account_code: string
  account_name: string
  order_before: string | null
  code_before: string | null
  name_before: string | null
}

/**
 * Rows that give a line to another customer, or, where numbers are unique within the source, to another order: the line they mean is
 * another one. They are taken out of `said_line`.
 */
export async function changedOwners(
  tx: Tx,
  { numbers }: Source,
  mapping: Mapping,
  taken: Taken,
): Promise<RowFault[]> {
  const { rows } = await sql<Changed>`select s.row, s.order_code, s.account_code, s.account_name,
      case when l.order_code <> s.order_code then l.order_code end as order_before,
      case when c.id is distinct from l.account_id then a.code end as code_before, a.name as name_before
    from said_line s join order_line l on l.id = s.line_id join account a on a.id = l.account_id
      join said_code c on c.account_code = s.account_code
    where c.id is distinct from l.account_id or l.order_code <> s.order_code order by s.row`.execute(tx)
  if (rows.length === 0) return []
  const out = rows.map(({ row }) => row)
  await sql`insert into said_too select order_code, line_no from said_line where row = any(${out}::int[])`.execute(
    tx,
  )
  await sql`delete from said_line where row = any(${out}::int[])`.execute(tx)
  // A customer whom no other row names is not made.
  await sql`delete from said_account a where not exists (
    select from said_line s join said_code c using (account_code) where c.n = a.n)`.execute(tx)
  const at = mapping.columns.lines ?? {}
  const fault = (row: number, column: string, value: string, text: Text): RowFault => ({
    sheet: taken.lines?.name ?? '',
    row,
    column: at[column] ?? '',
    value: value.slice(0, 80),
    text,
  })
  return rows.flatMap((one) => [
    ...(one.order_before !== null && numbers === 'source'
      ? [
          fault(one.row, 'order_code', one.order_code, {
            zh: `这一行在系统里属于订单 ${one.order_before}，文件里是 ${one.order_code}。同一来源的行号不能换订单，核对行号和订单`,
            en: `This line belongs to the order ${one.order_before} in the records, to ${one.order_code} in the file. A line of a source keeps its order; check number and order`,
          }),
        ]
      : []),
    ...(one.code_before !== null
      ? [
          fault(one.row, at.account_code ? 'account_code' : 'account_name', one.account_code, {
            zh: `这一行在系统里是客户 ${one.code_before}（${one.name_before}），文件里是 ${one.account_code}（${one.account_name}）。行不能换客户，核对订单、行号和客户`,
            en: `This line is of the customer ${one.code_before} (${one.name_before}) in the records, of ${one.account_code} (${one.account_name}) in the file. A line keeps its customer; check order, number and customer`,
          }),
        ]
      : []),
  ])
}
