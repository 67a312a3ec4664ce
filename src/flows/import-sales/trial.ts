import { sql } from 'kysely'
import { normValue } from '../../handbook/conditions.ts'
import type { Text } from '../../handbook/model.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db/database.ts'
import type { Choices, Count, Mapping, Proposal, Taken, Trial } from '../../kernel/exchange/importer.ts'
import { changesAccount } from './accounts.ts'
import { hintsOf } from './hints.ts'
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
  return_changed: number
  return_same: number
}

/** New, changed and unchanged, by comparing what is staged with what stands in the records. */
export async function countsOf(tx: Tx, source: string): Promise<Count[]> {
  const { rows } = await sql<Numbers>`with account_told as (
      select a.id, ${changesAccount} as changed from said_account s left join account a on a.id = s.id left join account_named d on d.account_id = a.id
    ), said_order as (
      select distinct s.order_code, c.id as account_id, c.n, s.ordered_on from said_line s join said_code c using (account_code)
    ), order_told as (
      select o.id from said_order s left join sales_order o
        on o.code = s.order_code and o.account_id = s.account_id and o.ordered_on = s.ordered_on and o.source = ${source}
    ), line_told as (
      select l.id, l.digest <> s.digest as changed from said_line s left join order_line l on l.id = s.line_id
    ), return_told as (
      select r.id, s.returned from said_return s left join order_return r on r.order_code = s.order_code and r.source = ${source}
    )
    select a.*, o.*, l.*, r.* from
      (select count(*) filter (where id is null)::int as account_fresh, count(*) filter (where id is not null and changed)::int as account_changed,
        count(*) filter (where id is not null and not changed)::int as account_same from account_told) a,
      (select count(*) filter (where id is null)::int as order_fresh, count(id)::int as order_same from order_told) o,
      (select count(*) filter (where id is null)::int as line_fresh, count(*) filter (where changed)::int as line_changed,
        count(*) filter (where not changed)::int as line_same from line_told) l,
      (select count(*) filter (where id is null and returned)::int as return_fresh,
        count(*) filter (where id is not null and not returned)::int as return_changed,
        count(*) filter (where id is not null and returned)::int as return_same from return_told) r`.execute(
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
    count('order-return', { zh: '退货单', en: 'Returns' }, n.return_fresh, n.return_changed, n.return_same),
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

export async function trial(ctx: Ctx, taken: Taken, mapping: Mapping, choices: Choices): Promise<Trial> {
  const staged = await stage(ctx.tx, taken, mapping, choices, ctx.edition.edition)
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
    counts: await countsOf(ctx.tx, staged.source.code),
    faults: staged.faults,
    warnings: [...(await hintsOf(ctx.tx, staged)), ...warningsOf(ctx, proposed, staged.people)],
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
