import { sql } from 'kysely'
import type { Ctx } from '../context.ts'
import { invalid, notFound } from '../refusal.ts'
import { foundIn, peopleByPinyin } from '../search/pinyin.ts'
import type { Kind } from './kind.ts'
import { referenceTitle } from './read.ts'
import type { Reference } from './wire.ts'

/**
 * Up to 20 things a reference may point to, found by part of their title or its pinyin; people and units, or records in the asker's scope.
 * `ids` names known ones instead, so that an address bar that holds an id is shown by title.
 */
export async function lookup(
  ctx: Ctx,
  to: string,
  q: string,
  ids: readonly number[] = [],
): Promise<Reference[]> {
  if (to !== 'person' && to !== 'unit' && !ctx.house.registry.kinds.has(to)) throw notFound()
  const { table, title: titleOf } = referenceTitle(ctx, to)
  const title = titleOf('t')
  const kind = ctx.house.registry.kinds.get(to)
  const found = kind && q ? foundIn(kind, q) : null
  const named = sql`${title} ilike '%' || escape_like(${q}) || '%'`
  const matches =
    ids.length > 0
      ? sql`t.id = any(${ids as number[]}::int[])`
      : found
        ? sql`t.id in ${found}`
        : to === 'person'
          ? sql`(${named} or t.id in ${peopleByPinyin(q)})`
          : named
  const { rows } = await sql<Reference>`select t.id, ${title} as title from ${sql.table(table)} t
    where ${matches}
    order by length(${title}), t.id limit 20`.execute(ctx.tx)
  return rows
}

/** The commonest 50 values of a text field within the asker's scope, so that a filter is chosen and not guessed. */
export async function valuesOf(
  ctx: Ctx,
  kind: Kind,
  id: string,
  q: string,
): Promise<{ value: string; count: number }[]> {
  if (kind.fields[id]?.type !== 'text')
    throw invalid({ zh: `“${id}”不是文字字段`, en: `“${id}” is no text field` }, [
      { path: 'field', text: { zh: '没有这个文字字段', en: 'No such text field' } },
    ])
  const at = sql.ref(id)
  const { rows } = await sql<{ value: string; count: number }>`select ${at} as value, count(*)::int as count
    from ${sql.table(kind.table)} where ${at} is not null and ${at} ilike '%' || escape_like(${q}) || '%'
    group by 1 order by 2 desc, 1 limit 50`.execute(ctx.tx)
  return rows
}
