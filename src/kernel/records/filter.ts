import { type RawBuilder, sql } from 'kysely'
import { isDay } from '../clock.ts'
import { invalid, Refusal } from '../refusal.ts'
import type { Scope } from '../rights/may.ts'
import { foundIn, foundOnTheWay } from '../search/pinyin.ts'
import type { Field, Kind } from './kind.ts'

export type Query = Readonly<Record<string, string | number | undefined>>
type Condition = RawBuilder<boolean>

const column = (name: string) => sql.ref(`r.${name}`)

const casts: Partial<Record<Field['type'], string>> = {
  integer: 'int',
  decimal: 'numeric',
  money: 'numeric',
  percent: 'numeric',
  date: 'date',
  moment: 'timestamptz',
  boolean: 'boolean',
  reference: 'int',
}

/** A value of the address bar as the field's type, refused by name when it is none. */
function typed(id: string, field: Field, value: string): RawBuilder<unknown> {
  const ok =
    field.type === 'date'
      ? isDay(value)
      : field.type === 'moment'
        ? isDay(value.slice(0, 10)) &&
          /^(T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})?)?$/.test(value.slice(10))
        : field.type === 'integer' || field.type === 'reference'
          ? /^-?\d{1,9}$/.test(value)
          : field.type === 'boolean'
            ? value === 'true' || value === 'false'
            : ['decimal', 'money', 'percent'].includes(field.type)
              ? /^-?\d{1,15}(\.\d{1,30})?$/.test(value)
              : true
  if (!ok)
    throw invalid(
      {
        zh: `筛选“${field.label.zh}”的值不对：${value}`,
        en: `Not a value of ${field.label.en}: ${value}`,
      },
      [
        {
          path: id,
          text: {
            zh: `不能按“${value}”筛选`,
            en: `Cannot filter by “${value}”`,
          },
        },
      ],
    )
  const cast = casts[field.type]
  return cast ? sql`${value}::${sql.raw(cast)}` : sql`${value}`
}

/** What a field is filtered by, as the address bar has it. */
export const filterNames = (id: string): string[] =>
  ['', '.in', '.from', '.to', '.empty'].map((suffix) => id + suffix)

/**
 * Conditions of a list's query, joined by `and`; alias of the table is `r`.
 * @param many whether the words find so many rows that each is asked on the way instead of being looked up
 */
export function conditionsOf(kind: Kind, query: Query, many: boolean): Condition[] {
  const found: Condition[] = []
  for (const [id, field] of Object.entries(kind.fields)) {
    const at = column(id)
    const get = (suffix: string) => {
      const value = query[id + suffix]
      return value === undefined || value === '' ? null : String(value)
    }
    const exact = get('')
    const among = get('.in')
    const from = get('.from')
    const to = get('.to')
    const empty = get('.empty')
    if (exact !== null) found.push(sql<boolean>`${at} = ${typed(id, field, exact)}`)
    if (among !== null)
      found.push(
        sql<boolean>`${at} in (${sql.join(
          among
            .split(',')
            .slice(0, 100)
            .map((one) => typed(id, field, one)),
        )})`,
      )
    if (from !== null) found.push(sql<boolean>`${at} >= ${typed(id, field, from)}`)
    if (to !== null) found.push(sql<boolean>`${at} <= ${typed(id, field, to)}`)
    if (empty !== null)
      found.push(empty === '1' ? sql<boolean>`${at} is null` : sql<boolean>`${at} is not null`)
  }
  if (query.q) found.push(searchOf(kind, wordsOf(query), many))
  if (query.missing) found.push(missingOf(kind))
  return found
}

/** What a list is searched for; empty for nothing. */
export const wordsOf = (query: Query): string => String(query.q ?? '').trim()

function searchOf(kind: Kind, q: string, many: boolean): Condition {
  const found = q === '' ? null : foundIn(kind, q)
  if (!found) return sql<boolean>`true`
  return many ? foundOnTheWay(kind, q) : sql<boolean>`${column('id')} in ${found}`
}

function missingOf(kind: Kind): Condition {
  const wanted = Object.entries(kind.fields).filter(([, field]) => field.wanted)
  if (wanted.length === 0) return sql<boolean>`false`
  return sql<boolean>`(${sql.join(
    wanted.map(([id]) => sql`${column(id)} is null`),
    sql` or `,
  )})`
}

/**
 * The reach said once more in literal values, on the policy's own columns: row security alone would walk the sort index.
 */
export function reachCondition(kind: Kind, scope: Scope): Condition | null {
  if (scope.all) return null
  const { managed = [], own = [] } = kind.scope
  const terms: Condition[] = []
  if (scope.units.length > 0)
    for (const name of unitColumns(kind))
      terms.push(sql<boolean>`${column(name)} = any(${scope.units as number[]}::int[])`)
  if (scope.managed !== null)
    for (const name of managed) terms.push(sql<boolean>`${column(name)} = ${scope.managed}`)
  if (scope.own !== null) for (const name of own) terms.push(sql<boolean>`${column(name)} = ${scope.own}`)
  return terms.length > 0 ? sql<boolean>`(${sql.join(terms, sql` or `)})` : sql<boolean>`false`
}

/** Whether a row that was read lies within a reach. */
export function reaches(kind: Kind, scope: Scope, row: Readonly<Record<string, unknown>>): boolean {
  const { managed = [], own = [] } = kind.scope
  return (
    scope.all ||
    unitColumns(kind).some((name) => scope.units.includes(row[name] as number)) ||
    (scope.managed !== null && managed.some((name) => row[name] === scope.managed)) ||
    (scope.own !== null && own.some((name) => row[name] === scope.own))
  )
}

/** Columns that say whose a row is. */
export const scopeColumns = (kind: Kind): string[] => [
  ...unitColumns(kind),
  ...(kind.scope.managed ?? []),
  ...(kind.scope.own ?? []),
]

const unitColumns = ({ scope }: Kind): string[] => [
  ...(scope.unit ? [scope.unit] : []),
  ...(scope.supporting ?? []),
]

export interface Sort {
  readonly field: string
  readonly descending: boolean
}

export function sortOf(kind: Kind, asked: string | undefined): Sort {
  const text = asked ?? kind.list.sort
  const descending = text.startsWith('-')
  const field = text.replace(/^[-+ ]/, '')
  const declared = kind.fields[field]
  if (field !== 'id' && (!declared || declared.type === 'longtext'))
    throw invalid({ zh: `不能按“${field}”排序`, en: `Cannot sort by “${field}”` }, [
      { path: 'sort', text: { zh: '没有这个字段', en: 'No such field' } },
    ])
  return { field, descending }
}

/** Whether a row may be without a value of the sort field; one that is never empty lets the order be walked along its index. */
const mayBeEmpty = (kind: Kind, { field }: Sort): boolean =>
  field !== 'id' && !kind.fields[field]?.required && !kind.fields[field]?.filled

/** The sort as SQL: rows without a value come last, the id settles ties. */
export function orderOf(kind: Kind, sort: Sort): RawBuilder<unknown> {
  const way = sort.descending ? sql`desc` : sql`asc`
  if (sort.field === 'id') return sql`${column('id')} ${way}`
  const last = mayBeEmpty(kind, sort) ? sql`nulls last` : sql``
  return sql`${column(sort.field)} ${way} ${last}, ${column('id')} ${way}`
}

/** Where the last page ended: the sort value as text (or null) and the id. */
export interface Cursor {
  readonly value: string | null
  readonly id: number
}

export const encodeCursor = (cursor: Cursor): string =>
  Buffer.from(JSON.stringify([cursor.value, cursor.id])).toString('base64url')

export function decodeCursor(text: string): Cursor {
  try {
    const [value, id] = JSON.parse(Buffer.from(text, 'base64url').toString()) as [unknown, unknown]
    if ((value === null || typeof value === 'string') && Number.isInteger(id))
      return { value, id: id as number }
  } catch {}
  throw new Refusal(422, 'invalid', {
    zh: '翻页标记不对，从第一页重新开始',
    en: 'The page mark is wrong; start again from the first page',
  })
}

/** Rows after the cursor in the order of `orderOf`. */
export function afterCursor(kind: Kind, sort: Sort, cursor: Cursor): Condition {
  const id = column('id')
  const past = sort.descending ? sql`<` : sql`>`
  if (sort.field === 'id') return sql<boolean>`${id} ${past} ${cursor.id}`
  const at = column(sort.field)
  if (cursor.value === null) return sql<boolean>`(${at} is null and ${id} ${past} ${cursor.id})`
  const value = typed(sort.field, kind.fields[sort.field] as Field, cursor.value)
  const after = sql<boolean>`(${at}, ${id}) ${past} (${value}, ${cursor.id})`
  return mayBeEmpty(kind, sort) ? sql<boolean>`(${after} or ${at} is null)` : after
}
