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

/** The `most` shortest titles of a kind that `q` finds within the asker's reach, as a table; `null` for a kind without search fields. */
export const bestIn = (kind: Kind, q: string, most: number): RawBuilder<unknown> | null =>
  Object.values(kind.fields).some((field) => field.search)
    ? sql`${sql.raw(`best_in_${kind.table}`)}(${q}, ${typedAs(q)}, ${most}::int)`
    : null
