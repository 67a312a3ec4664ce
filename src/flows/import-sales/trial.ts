import { sql } from 'kysely'
import { normValue } from '../../handbook/conditions.ts'
import type { Text } from '../../handbook/model.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db/database.ts'
import type { Count, Mapping, Proposal, Taken, Trial } from '../../kernel/exchange/importer.ts'
import { type Proposed, propose } from './propose.ts'
import { stage } from './stage.ts'

interface Numbers {
  account_fresh: number
  account_changed: number
  account_same: number
  order_fresh: number
  order_same: number
  line_fresh: number
  line_changed: number
  line_same: number
  return_fresh: number
  return_same: number
}

/** New, changed and unchanged, by comparing what is staged with what stands in the records. */
export async function countsOf(tx: Tx): Promise<Count[]> {
  const { rows } = await sql<Numbers>`with said_account as (
      select distinct on (account_code) account_code as code, account_name as name, industry from said_line order by account_code
    ), said_order as (select distinct order_code, account_code, ordered_on from said_line)
    select
      (select count(*)::int from said_account s left join account a using (code) where a.id is null) as account_fresh,
      (select count(*)::int from said_account s join account a using (code)
        where a.name <> s.name or (s.industry is not null and a.industry is distinct from s.industry)) as account_changed,
      (select count(*)::int from said_account s join account a using (code)
        where a.name = s.name and (s.industry is null or a.industry is not distinct from s.industry)) as account_same,
      (select count(*)::int from said_order s left join account a on a.code = s.account_code left join sales_order o
        on o.code = s.order_code and o.account_id = a.id and o.ordered_on = s.ordered_on where o.id is null) as order_fresh,
      (select count(*)::int from said_order s join account a on a.code = s.account_code join sales_order o
        on o.code = s.order_code and o.account_id = a.id and o.ordered_on = s.ordered_on) as order_same,
      (select count(*)::int from said_line s left join order_line l using (line_no) where l.id is null) as line_fresh,
      (select count(*)::int from said_line s join order_line l using (line_no) where l.digest <> s.digest) as line_changed,
      (select count(*)::int from said_line s join order_line l using (line_no) where l.digest = s.digest) as line_same,
      (select count(*)::int from said_return s left join order_return r using (order_code) where r.id is null) as return_fresh,
      (select count(*)::int from said_return s join order_return r using (order_code)) as return_same`.execute(
    tx,
  )
  const n = rows[0] as Numbers
  const count = (id: string, label: Text, fresh: number, changed: number, same: number): Count => ({
    id,
    label,
    fresh,
    changed,
    same,
  })
  return [
    count('account', { zh: '客户', en: 'Accounts' }, n.account_fresh, n.account_changed, n.account_same),
    count('order', { zh: '订单', en: 'Orders' }, n.order_fresh, 0, n.order_same),
    count('order-line', { zh: '订单行', en: 'Order lines' }, n.line_fresh, n.line_changed, n.line_same),
    count('order-return', { zh: '退货单', en: 'Returns' }, n.return_fresh, 0, n.return_same),
  ]
}

/** How many accounts a representative should own at most; `null` where the handbook does not say. */
function capOf(ctx: Ctx): number | null {
  const said = normValue(ctx.edition.edition, 'norm.accounts.loadCap')
  return typeof said === 'number' ? said : null
}

/** Norms that an import warns of and does not enforce: the load of a rep, the entry of a key account. */
function warningsOf(
  ctx: Ctx,
  proposed: readonly Proposed[],
  people: readonly { region: string; name: string }[],
): Text[] {
  const warnings: Text[] = []
  const load = new Map<number, number>()
  for (const one of proposed)
    if (one.owner_id !== null) load.set(one.owner_id, (load.get(one.owner_id) ?? 0) + 1)
  const cap = capOf(ctx)
  const over = [...load.values()].filter((accounts) => cap !== null && accounts > cap)
  if (over.length > 0)
    warnings.push({
      zh: `${over.length} 名代表分到的客户超过每人 ${cap} 家的上限，最多的一名 ${Math.max(...over)} 家。可以导入，之后再调整`,
      en: `${over.length} representatives would own more than ${cap} accounts, one of them ${Math.max(...over)}. The import goes on; adjust later`,
    })
  const orphans = proposed.filter((one) => one.owner_id === null).length
  if (orphans > 0)
    warnings.push({
      zh: `${orphans} 家客户的大区没有在任代表，先没有负责人`,
      en: `${orphans} accounts lie in regions without a representative and stay without an owner`,
    })
  if (people.length > 0)
    warnings.push({
      zh: `文件里的地区经理（${people.map((one) => `${one.region} ${one.name}`).join('，')}）只作核对，不建人员`,
      en: `Regional managers named in the file (${people.map((one) => `${one.region} ${one.name}`).join(', ')}) are for checking only; nobody is created from them`,
    })
  return warnings
}

export async function trial(ctx: Ctx, taken: Taken, mapping: Mapping): Promise<Trial> {
  const staged = await stage(ctx.tx, taken, mapping)
  const proposed = await propose(ctx.tx)
  const names = await sql<{
    kind: string
    id: number
    title: string
  }>`select 'person' as kind, id, called(p) as title from person p
    union all select 'unit', id, case when ${ctx.lang}::text = 'en' then coalesce(nullif(name_en, ''), name_zh) else name_zh end from unit`.execute(
    ctx.tx,
  )
  const title = new Map(names.rows.map((row) => [`${row.kind}:${row.id}`, row.title]))
  const thing = (kind: string, id: number | null) =>
    id === null ? null : { id, title: title.get(`${kind}:${id}`) ?? '' }
  return {
    counts: await countsOf(ctx.tx),
    faults: staged.faults,
    warnings: warningsOf(ctx, proposed, staged.people),
    cap: capOf(ctx),
    proposal: proposed.map(
      (one): Proposal => ({
        key: one.code,
        title: one.name,
        amount: one.amount,
        unit: thing('unit', one.unit_id),
        owner: thing('person', one.owner_id),
        backup: thing('person', one.backup_id),
        manager: thing('person', one.manager_id),
      }),
    ),
  }
}
