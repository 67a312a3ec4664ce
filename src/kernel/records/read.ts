import { type RawBuilder, sql } from 'kysely'
import type { Verb } from '../../handbook/model.ts'
import type { Ctx } from '../context.ts'
import { plannedAnew } from '../db/prepared.ts'
import { notFound } from '../refusal.ts'
import { grantsOf, outside, scopeOf, verdictOf } from '../rights/may.ts'
import {
  afterCursor,
  conditionsOf,
  decodeCursor,
  encodeCursor,
  orderOf,
  type Query,
  reachCondition,
  reaches,
  scopeColumns,
  sortOf,
} from './filter.ts'
import { type Kind, rightKindOf } from './kind.ts'
import type { RecordItem, RecordList, RecordPage } from './wire.ts'

/** Titles of what a reference points to; a referenced row outside the reader's scope shows no title. */
function referenceJoins(
  ctx: Ctx,
  kind: Kind,
): { select: RawBuilder<unknown>[]; join: RawBuilder<unknown>[] } {
  const select: RawBuilder<unknown>[] = []
  const join: RawBuilder<unknown>[] = []
  for (const [id, field] of Object.entries(kind.fields)) {
    if (field.type !== 'reference') continue
    const alias = `ref_${id}`
    const { table, title } = referenceTitle(ctx, field.to ?? '')
    // Under row security a row by its key costs less than a join, which would ask of every row whether it may be seen.
    if (ctx.house.registry.kinds.has(field.to ?? '')) {
      select.push(
        sql`(select ${title('t')} from ${sql.table(table)} t where t.id = r.${sql.ref(id)}) as ${sql.ref(`title_${id}`)}`,
      )
      continue
    }
    join.push(sql`left join ${sql.table(table)} ${sql.ref(alias)} on ${sql.ref(alias)}.id = r.${sql.ref(id)}`)
    select.push(sql`${title(alias)} as ${sql.ref(`title_${id}`)}`)
  }
  return { select, join }
}

/** Table of what a reference may point to, and its title as an expression over the row that `alias` names. */
export function referenceTitle(
  ctx: Ctx,
  to: string,
): { table: string; title: (alias: string) => RawBuilder<unknown> } {
  const column = (name: string) => (alias: string) => sql.ref(`${alias}.${name}`)
  if (to === 'person') return { table: 'person', title: (alias) => sql`called(${sql.table(alias)})` }
  if (to === 'unit') return { table: 'unit', title: column(ctx.lang === 'en' ? 'name_en' : 'name_zh') }
  const target = ctx.house.registry.kinds.get(to)
  if (!target) throw new Error(`reference to an unknown kind: ${to}`)
  return { table: target.table, title: column(target.title) }
}

function columnsOf(kind: Kind): RawBuilder<unknown> {
  const columns = Object.entries(kind.fields).map(([id, field]) =>
    field.type === 'decimal' || field.type === 'money' || field.type === 'percent'
      ? sql`trim_scale(r.${sql.ref(id)})::text as ${sql.ref(id)}`
      : sql`r.${sql.ref(id)}`,
  )
  return sql.join([sql`r.id`, sql`r.rev`, ...columns])
}

function itemOf(ctx: Ctx, kind: Kind, row: Record<string, unknown>): RecordItem {
  const { currency } = ctx.edition.edition
  const item: Record<string, unknown> = { id: row.id, rev: row.rev }
  for (const [id, field] of Object.entries(kind.fields)) {
    const value = row[id] ?? null
    item[id] =
      field.type === 'reference' && value !== null
        ? { id: value, title: (row[`title_${id}`] as string | null) ?? '' }
        : field.type === 'money' && value !== null
          ? { amount: value, currency }
          : value
  }
  return item as RecordItem
}

const all = (conditions: readonly RawBuilder<boolean>[]) =>
  conditions.length > 0 ? sql`where ${sql.join([...conditions], sql` and `)}` : sql``

/**
 * A page of a kind within the reader's reach by `verb`, by keyset. `total` and `sums` count exactly what the filters show.
 * @throws Refusal 422 that names a filter, sort or cursor it cannot read
 */
export async function listRecords(
  ctx: Ctx,
  kind: Kind,
  query: Query,
  verb: Verb = 'read',
): Promise<RecordList> {
  const reach = reachCondition(kind, scopeOf(ctx, rightKindOf(kind), verb))
  const asked = conditionsOf(kind, query)
  const filters = [...asked, ...(reach ? [reach] : [])]
  // How many rows a filter leaves differs by its values, and the way to them with it.
  const plan = sql.raw(asked.length > 0 ? plannedAnew : '')
  const sort = sortOf(kind, query.sort as string | undefined)
  const limit = Number(query.limit ?? 50)
  const page = query.cursor
    ? [...filters, afterCursor(kind, sort, decodeCursor(String(query.cursor)))]
    : filters
  const order = orderOf(kind, sort)
  const { select, join } = referenceJoins(ctx, kind)
  const { rows } = await sql<Record<string, unknown>>`
    select ${plan} ${sql.join([columnsOf(kind), ...select])}
    from (select * from ${sql.table(kind.table)} r ${all(page)} order by ${order} limit ${sql.lit(limit + 1)}) r
    ${join.length > 0 ? sql.join(join, sql` `) : sql``} order by ${order}`.execute(ctx.tx)
  const items = await withBeside(
    ctx,
    kind,
    rows.slice(0, limit).map((row) => itemOf(ctx, kind, row)),
  )
  const last = rows[limit - 1]
  const value = last && sort.field !== 'id' ? last[sort.field] : null
  const next =
    rows.length > limit && last
      ? encodeCursor({
          value:
            value === null || value === undefined
              ? null
              : value instanceof Date
                ? value.toISOString()
                : String(value),
          id: last.id as number,
        })
      : null
  const list: RecordList = { items, next }
  if (query.total === '1' || query.sums === '1') Object.assign(list, await totalsOf(ctx, kind, filters, plan))
  return list
}

/** The rows of a page with what another module counts beside them. */
async function withBeside(ctx: Ctx, kind: Kind, items: RecordItem[]): Promise<RecordItem[]> {
  const beside = ctx.house.registry.besides.get(kind.id)
  if (!beside || items.length === 0) return items
  const { currency } = ctx.edition.edition
  const values = await beside.read(
    ctx,
    items.map((item) => item.id),
  )
  return items.map((item) => ({
    ...item,
    ...Object.fromEntries(
      Object.entries(beside.fields).map(([id, field]) => {
        const value = values.get(item.id)?.[id] ?? null
        return [id, field.type === 'money' && value !== null ? { amount: value, currency } : value]
      }),
    ),
  }))
}

async function totalsOf(
  ctx: Ctx,
  kind: Kind,
  filters: readonly RawBuilder<boolean>[],
  plan: RawBuilder<unknown>,
) {
  const sums = kind.list.sums ?? []
  const optional = kind.list.columns.filter((id) => !kind.fields[id]?.required && !kind.fields[id]?.filled)
  const { rows } = await sql<Record<string, string | number>>`select ${plan} ${sql.join([
    sql`count(*) as total`,
    ...optional.map((id) => sql`count(r.${sql.ref(id)}) as ${sql.ref(`has ${id}`)}`),
    ...sums.map((id) => sql`trim_scale(coalesce(sum(r.${sql.ref(id)}), 0))::text as ${sql.ref(id)}`),
  ])} from ${sql.table(kind.table)} r ${all(filters)}`.execute(ctx.tx)
  const row = rows[0] as Record<string, string | number>
  return {
    total: Number(row.total),
    empty: optional.filter((id) => Number(row[`has ${id}`]) === 0),
    sums: Object.fromEntries(
      sums.map((id) => [
        id,
        kind.fields[id]?.type === 'money'
          ? { amount: String(row[id]), currency: ctx.edition.edition.currency }
          : String(row[id]),
      ]),
    ),
  }
}

/** A row with the titles of what it refers to and the columns that say whose it is. */
async function foundRow(ctx: Ctx, kind: Kind, id: number): Promise<Record<string, unknown>> {
  const { select, join } = referenceJoins(ctx, kind)
  const whose = scopeColumns(kind).flatMap((name) => (name in kind.fields ? [] : [sql`r.${sql.ref(name)}`]))
  const { rows } = await sql<
    Record<string, unknown>
  >`select ${sql.join([columnsOf(kind), ...select, ...whose])}
    from ${sql.table(kind.table)} r ${join.length > 0 ? sql.join(join, sql` `) : sql``} where r.id = ${id}`.execute(
    ctx.tx,
  )
  if (!rows[0]) throw notFound()
  return rows[0]
}

/** One record, or the same 404 for "not there" and "not yours". */
export const readRecord = async (ctx: Ctx, kind: Kind, id: number): Promise<RecordItem> =>
  itemOf(ctx, kind, await foundRow(ctx, kind, id))

/** A record with what the reader may do with this very row, and which wanted fields are still empty. */
export async function readPage(ctx: Ctx, kind: Kind, id: number): Promise<RecordPage> {
  const row = await foundRow(ctx, kind, id)
  const item = itemOf(ctx, kind, row)
  const right = rightKindOf(kind)
  const grants = await grantsOf(ctx, [right])
  const verdict = (verb: Verb) => {
    const said = verdictOf(ctx, grants, right, verb)
    const within = !said.allowed || reaches(kind, scopeOf(ctx, right, verb), row)
    return within ? said : { allowed: false, why: outside(verb) }
  }
  const missing = Object.entries(kind.fields)
    .filter(([field, declared]) => declared.wanted && item[field] === null)
    .map(([field]) => field)
  return {
    ...item,
    may: {
      update: verdict('update'),
      delete: verdict('delete'),
      assign: verdict('assign'),
    },
    missing,
  }
}
