import { type RawBuilder, sql } from 'kysely'
import type { Kind } from '../records/kind.ts'

/** Words as pinyin, in full or initials: `null` where they are none. Blanks and apostrophes do not count, ü is typed as v. */
function typedAs(q: string): string | null {
  const typed = q
    .toLowerCase()
    .replaceAll('ü', 'v')
    .replace(/[\s'’]/g, '')
  return /^[a-z0-9]+$/.test(typed) && /[a-z]/.test(typed) ? typed : null
}

/** Ids of people whose name may be typed as `q`, as a subquery. */
export const peopleByPinyin = (q: string): RawBuilder<unknown> =>
  sql`(select found_by_pinyin('person', ${typedAs(q)}))`

/** Ids of a kind's rows that `q` finds by its search fields, as a subquery; `null` for a kind without any. */
export const foundIn = (kind: Kind, q: string): RawBuilder<unknown> | null =>
  Object.values(kind.fields).some((field) => field.search)
    ? sql`(select ${sql.raw(`found_in_${kind.table}`)}(${q}, ${typedAs(q)}))`
    : null

/** Whether `q` finds so many rows of a kind within the asker's reach that a list is better walked in its order (`foundOnTheWay`). */
export const findsMany = (kind: Kind, q: string): RawBuilder<boolean> =>
  sql<boolean>`(select ${sql.raw(`broad_in_${kind.table}`)}(${q}, ${typedAs(q)}))`

/** The same rows as `foundIn` finds, as a condition on the row `r` that a walk has reached. */
export function foundOnTheWay(kind: Kind, q: string): RawBuilder<boolean> {
  const fields = Object.entries(kind.fields).filter(([, field]) => field.search)
  const ways = fields.map(([id]) => sql<boolean>`r.${sql.ref(id)} ilike '%' || escape_like(${q}) || '%'`)
  const typed = typedAs(q)
  if (typed !== null && fields.some(([, field]) => field.pinyin))
    ways.push(sql<boolean>`r.id in (select found_by_pinyin(${kind.id}, ${typed}))`)
  return sql<boolean>`(${sql.join(ways, sql` or `)})`
}

/** The `most` shortest titles of a kind that `q` finds within the asker's reach, as a table; `null` for a kind without search fields. */
export const bestIn = (kind: Kind, q: string, most: number): RawBuilder<unknown> | null =>
  Object.values(kind.fields).some((field) => field.search)
    ? sql`${sql.raw(`best_in_${kind.table}`)}(${q}, ${typedAs(q)}, ${most}::int)`
    : null
