import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../db/database.ts'
import { unitsByName } from '../../org/units.ts'
import { keyOf } from '../../records/key.ts'
import type { Kinds } from './rows.ts'

/** A thing found by its name: its id, or `several` where the name is not of one thing alone. */
export type Named = ReadonlyMap<string, number | 'several'>

/** Table of what a reference may point to, and every way in which a sheet may name it. */
function waysToName(to: string, kinds: Kinds): { table: string; names: RawBuilder<unknown> } {
  if (to === 'person') return { table: 'person', names: sql`name, name_en` }
  const kind = kinds.get(to)
  if (!kind) throw new Error(`reference to an unknown kind: ${to}`)
  return {
    table: kind.table,
    names: sql.join([kind.title, ...(kind.code ? [kind.code] : [])].map((one) => sql.ref(one))),
  }
}

/** What the names of a column mean, in either language. */
export async function thingsNamed(
  tx: Tx,
  to: string,
  kinds: Kinds,
  names: readonly string[],
): Promise<Named> {
  if (to === 'unit') {
    const units = await unitsByName(tx)
    return new Map(
      names.flatMap((name) => {
        const unit = units.get(keyOf(name))
        return unit === undefined ? [] : [[name, unit] as const]
      }),
    )
  }
  const { table, names: columns } = waysToName(to, kinds)
  const { rows } = await sql<{
    name: string
    id: number
    several: boolean
  }>`select w.word as name, min(t.id) as id, count(distinct t.id) > 1 as several
    from ${sql.table(table)} t cross join lateral unnest(array[${columns}]::text[]) w(word)
    where w.word = any(${names as string[]}::text[]) group by 1`.execute(tx)
  return new Map(rows.map((row) => [row.name, row.several ? 'several' : row.id]))
}
