import { z } from '@hono/zod-openapi'
import { sql } from 'kysely'
import type { Ctx } from '../context.ts'

export const viewSchema = z
  .object({
    id: z.number().int(),
    name: z.string(),
    query: z.string(),
    columns: z.array(z.string()),
  })
  .openapi('SavedView')
export const viewInput = z.strictObject({
  name: z.string().trim().min(1).max(60),
  query: z.string().max(4000),
  columns: z.array(z.string()).max(100),
})
type View = z.infer<typeof viewSchema>

export async function viewsOf(ctx: Ctx, kind: string): Promise<View[]> {
  const { rows } = await sql<View>`select id, name, query, columns from saved_view
    where kind = ${kind} and person_id = app_person() order by name`.execute(ctx.tx)
  return rows
}

/** Saves a view of the asker; the same name replaces it. */
export async function saveView(ctx: Ctx, kind: string, view: z.infer<typeof viewInput>): Promise<View[]> {
  await sql`insert into saved_view (person_id, kind, name, query, columns)
    values (app_person(), ${kind}, ${view.name}, ${view.query}, ${view.columns}::text[])
    on conflict (person_id, kind, name) do update set query = excluded.query, columns = excluded.columns`.execute(
    ctx.tx,
  )
  return viewsOf(ctx, kind)
}

export async function dropView(ctx: Ctx, kind: string, id: number): Promise<View[]> {
  await sql`delete from saved_view where id = ${id} and kind = ${kind}`.execute(ctx.tx)
  return viewsOf(ctx, kind)
}
