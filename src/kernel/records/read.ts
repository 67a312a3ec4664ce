import { type RawBuilder, sql } from 'kysely'
import type { Verb } from '../../handbook/model.ts'
import type { Ctx } from '../context.ts'
import { plannedAnew } from '../db/prepared.ts'
import { notFound } from '../refusal.ts'
import { grantsOf, outside, scopeOf, verdictOf } from '../rights/may.ts'
import { findsMany, foundIn } from '../search/pinyin.ts'
import { type Beside, listed } from './beside.ts'
import {
  afterCursor,
  conditionsOf,
  decodeCursor,
  encodeCursor,
  filterNames,
  orderOf,
  type Query,
  reachCondition,
  reaches,
  scopeColumns,
  sortOf,
  wordsOf,
} from './filter.ts'
import { type Field, type Kind, rightKindOf } from './kind.ts'
import { outsideReference, type RecordItem, type RecordList, type RecordPage } from './wire.ts'

/** Titles of what a reference points to; null for a row outside the reader's scope, and for no other. */
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
        sql`(select coalesce(${title('t')}, '') from ${sql.table(table)} t where t.id = r.${sql.ref(id)}) as ${sql.ref(`title_${id}`)}`,
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
  const columns = Object.entries(kind.fields).map(([id, field]) => written(sql`r.${sql.ref(id)}`, id, field))
  return sql.join([sql`r.id`, sql`r.rev`, ...columns])
}

/** A column as it is given out: exact decimals as text. */
const written = (column: RawBuilder<unknown>, id: string, { type }: Field): RawBuilder<unknown> =>
  type === 'decimal' || type === 'money' || type === 'percent'
    ? sql`trim_scale(${column})::text as ${sql.ref(id)}`
    : sql`${column} as ${sql.ref(id)}`

/** What a reference tells: nothing of a row that its reader may not see, not even which one it is. */
const referenceTo = (id: unknown, title: unknown): unknown =>
  title === null || title === undefined ? outsideReference : { id, title }

function itemOf(ctx: Ctx, kind: Kind, row: Record<string, unknown>): RecordItem {
  const { currency } = ctx.edition.edition
  const item: Record<string, unknown> = { id: row.id, rev: row.rev }
  for (const [id, field] of Object.entries(kind.fields)) {
    const value = row[id] ?? null
    item[id] =
      field.type === 'reference' && value !== null
        ? referenceTo(value, row[`title_${id}`])
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
  const beside = ctx.house.registry.besides.get(kind.id)
  const whole = listed(kind, beside)
  const reach = reachCondition(kind, scopeOf(ctx, rightKindOf(kind), verb))
  const asked = conditionsOf(whole, query, await manyFound(ctx, kind, wordsOf(query)))
  const filters = [...asked, ...(reach ? [reach] : [])]
  const sort = sortOf(whole, query.sort as string | undefined)
  const filtered = besideOf(beside, (id) => filterNames(id).some((name) => query[name] !== undefined))
  const counted = besideOf(beside, (id) => filtered.includes(id) || id === sort.field)
  // How many rows a filter leaves differs by its values, and the way to them with it; what is counted beside them by the dates asked for.
  const plan = sql.raw(asked.length > 0 || counted.length > 0 ? plannedAnew : '')
  const limit = Number(query.limit ?? 50)
  const page = query.cursor
    ? [...filters, afterCursor(whole, sort, decodeCursor(String(query.cursor)))]
    : filters
  const order = orderOf(whole, sort)
  const { select, join } = referenceJoins(ctx, kind)
  const at = counted.includes(sort.field) ? [sql`r.${sql.ref(sort.field)}::text as "sorted by"`] : []
  const { rows } = await sql<Record<string, unknown>>`
    select ${plan} ${sql.join([columnsOf(kind), ...select, ...at])}
    from (select * from ${rowsOf(ctx, kind, beside, counted)} r ${all(page)} order by ${order} limit ${sql.lit(limit + 1)}) r
    ${join.length > 0 ? sql.join(join, sql` `) : sql``} order by ${order}`.execute(ctx.tx)
  const items = await withBeside(
    ctx,
    beside,
    rows.slice(0, limit).map((row) => itemOf(ctx, kind, row)),
  )
  const last = rows[limit - 1]
  const value = last && sort.field !== 'id' ? last[at.length > 0 ? 'sorted by' : sort.field] : null
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
  if (query.total === '1' || query.sums === '1')
    Object.assign(list, await totalsOf(ctx, kind, rowsOf(ctx, kind, beside, filtered), filters, plan))
  return list
}

/** Whether the words of a search find many: asked of the indexes first, since no plan can know. */
async function manyFound(ctx: Ctx, kind: Kind, q: string): Promise<boolean> {
  if (q === '' || !foundIn(kind, q)) return false
  const { rows } = await sql<{ many: boolean }>`select ${findsMany(kind, q)} as many`.execute(ctx.tx)
  return rows[0]?.many ?? false
}

/** Columns beside a kind's own that fit, by id. */
const besideOf = (beside: Beside | undefined, fits: (id: string) => boolean): string[] =>
  Object.keys(beside?.fields ?? {}).filter(fits)

/** The kind's table, with columns beside it where the question needs them for all rows and not for those of a page alone. */
const rowsOf = (
  ctx: Ctx,
  kind: Kind,
  beside: Beside | undefined,
  counted: readonly string[],
): RawBuilder<unknown> =>
  beside && counted.length > 0
    ? sql`(select t.*, ${sql.join(counted.map((id) => sql`b.${sql.ref(id)}`))} from ${sql.table(kind.table)} t
        left join (${beside.table(ctx, counted, null)}) b on b.id = t.id)`
    : sql.table(kind.table)

/** The rows of a page with what another module counts beside them. */
async function withBeside(ctx: Ctx, beside: Beside | undefined, items: RecordItem[]): Promise<RecordItem[]> {
  if (!beside || items.length === 0) return items
  const { currency } = ctx.edition.edition
  const fields = Object.entries(beside.fields)
  const among = sql`${items.map((item) => item.id)}::int[]`
  const { rows } = await sql<Record<string, unknown>>`select b.id, ${sql.join(
    fields.map(([id, field]) => written(sql`b.${sql.ref(id)}`, id, field)),
  )} from (${beside.table(
    ctx,
    fields.map(([id]) => id),
    among,
  )}) b`.execute(ctx.tx)
  const found = new Map(rows.map((row) => [row.id, row]))
  return items.map((item) => ({
    ...item,
    ...Object.fromEntries(
      fields.map(([id, field]) => {
        const value = found.get(item.id)?.[id] ?? null
        return [id, field.type === 'money' && value !== null ? { amount: value, currency } : value]
      }),
    ),
  }))
}

/** Rows that are looked through for a value before all are. */
const some = 500

/**
 * How many rows the filters leave, their sums, and the optional columns that are empty in all of them. Whether a column has a value is mostly
 * known from the first rows, so that the count itself reads nothing but its index.
 */
async function totalsOf(
  ctx: Ctx,
  kind: Kind,
  from: RawBuilder<unknown>,
  filters: readonly RawBuilder<boolean>[],
  plan: RawBuilder<unknown>,
) {
  const sums = kind.list.sums ?? []
  const optional = kind.list.columns.filter((id) => !kind.fields[id]?.required && !kind.fields[id]?.filled)
  const has = (id: string) => sql.ref(`has ${id}`)
  const { rows } = await sql<Record<string, string | number>>`select ${plan} *
    from (select ${sql.join([
      sql`count(*) as total`,
      ...sums.map((id) => sql`trim_scale(coalesce(sum(r.${sql.ref(id)}), 0))::text as ${sql.ref(id)}`),
    ])} from ${from} r ${all(filters)}) counted, (select ${sql.join([
      sql`1`,
      ...optional.map((id) => sql`count(f.${sql.ref(id)}) as ${has(id)}`),
    ])} from (select * from ${from} r ${all(filters)} limit ${sql.lit(some)}) f) first`.execute(ctx.tx)
  const row = rows[0] as Record<string, string | number>
  let empty = optional.filter((id) => Number(row[`has ${id}`]) === 0)
  if (Number(row.total) > some && empty.length > 0) {
    const rest = await sql<Record<string, boolean>>`select ${plan} ${sql.join(
      empty.map(
        (id) =>
          sql`exists (select from ${from} r ${all([...filters, sql<boolean>`r.${sql.ref(id)} is not null`])}) as ${sql.ref(id)}`,
      ),
    )}`.execute(ctx.tx)
    empty = empty.filter((id) => !rest.rows[0]?.[id])
  }
  return {
    total: Number(row.total),
    empty,
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
