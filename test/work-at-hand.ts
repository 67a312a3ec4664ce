import { sql } from 'kysely'
import type { Described } from './openapi.ts'
import { someSales } from './sales.ts'
import { sampleServer, type TestServer } from './server.ts'
import { salesFile } from './superstore.ts'

/** A small sound sales file. */
export const smallFile = salesFile({ lines: 20, faulty: false }).bytes

export interface WorkAtHand {
  readonly server: TestServer
  readonly document: Described
  /** A path with something of the head's that is there, or with `id`; other placeholders become `other`. */
  fill(path: string, id?: number, other?: string): string
}

/** The sample at work for stories that walk every route: sales, a plan under way, a run of an import, somebody nobody else needs. */
export async function workAtHand(): Promise<WorkAtHand> {
  const server = await sampleServer()
  await someSales(server.db)
  const document = await (await server.call(null, 'GET', '/api/openapi.json')).json()
  const made = async (path: string, body: unknown) =>
    (await (await server.call('sup', 'POST', path, body)).json()) as { id: number; tasks: { id: number }[] }
  const plan = await made('/api/v1/cases', { workflow: 'PLAN', input: { year: 2018 } })
  const spare = await made('/api/v1/cases', { workflow: 'PLAN', input: { year: 2020 } })
  const run = await made('/api/v1/imports?importer=sales&name=x.xls', smallFile)
  const { rows } = await sql<{ id: number }>`select id from app_user where login = 'rep18'`.execute(
    server.db.kysely,
  )
  const there: Record<string, number | undefined> = {
    cases: plan.id,
    tasks: plan.tasks[0]?.id,
    plans: 1,
    // Of one's own sessions none that the story goes on with.
    me: 999_999_999,
    users: rows[0]?.id,
    imports: run.id,
  }
  // What ends a case ends one that no other route needs.
  const of = (path: string) =>
    path.endsWith('/cancellation') ? spare.id : (there[path.split('/')[3] ?? ''] ?? 1)
  return {
    server,
    document,
    fill: (path, id = of(path), other = '1') =>
      path.replaceAll(/\{(\w+)\}/g, (_, name) =>
        name === 'kind' ? 'account' : name === 'id' ? String(id) : other,
      ),
  }
}
