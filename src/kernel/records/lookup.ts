import { sql } from 'kysely'
import type { Ctx } from '../context.ts'
import { notFound } from '../refusal.ts'
import { referenceTitle } from './read.ts'
import type { Reference } from './wire.ts'

/** Up to 20 things a reference may point to, found by part of their title; people and units, or records in the asker's scope. */
export async function lookup(ctx: Ctx, to: string, q: string): Promise<Reference[]> {
  if (to !== 'person' && to !== 'unit' && !ctx.kernel.registry.kinds.has(to)) throw notFound()
  const { table, column } = referenceTitle(ctx, to)
  const { rows } = await sql<Reference>`select id, ${sql.ref(column)} as title from ${sql.table(table)}
    where ${sql.ref(column)} ilike '%' || escape_like(${q}) || '%' order by length(${sql.ref(column)}), id limit 20`.execute(
    ctx.tx,
  )
  return rows
}
