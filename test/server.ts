import { sql } from 'kysely'
import { listen } from '../src/app/listen.ts'
import { type App, createApp } from '../src/app.ts'
import { openSession } from '../src/kernel/auth/session.ts'
import { standingClock } from '../src/kernel/clock.ts'
import type { Database } from '../src/kernel/db/database.ts'
import { asOwner } from '../src/kernel/db/transaction.ts'
import type { JobState } from '../src/kernel/jobs/wire.ts'
import { appUrl } from './database.ts'
import { sampleDatabase } from './sample-database.ts'

export interface TestServer {
  readonly app: App
  readonly db: Database
  readonly url: string
  readonly databaseUrl: string
  readonly clock: ReturnType<typeof standingClock>
  /** A call as a sample person with a bearer token; `null` calls without any. */
  call(
    login: string | null,
    method: string,
    path: string,
    body?: unknown,
    headers?: HeadersInit,
  ): Promise<Response>
  close(): Promise<void>
}

/** A bearer token for a sample login, as `npx kambook token` makes it. */
export async function tokenOf(db: Database, login: string): Promise<string> {
  const { rows } = await sql<{ id: number }>`select id from app_user where login = ${login}`.execute(
    db.kysely,
  )
  const id = rows[0]?.id
  if (id === undefined) throw new Error(`the sample has nobody with the login ${login}`)
  return asOwner(db, (tx) => openSession(tx, id, 'token', 24, 'test'))
}

/** Follows a long answer to its end, as the web app does: the file, what came of it, or the refusal. */
export async function follow(
  url: string,
  answer: Response,
  headers: Headers,
  again: () => Promise<Response>,
): Promise<Response> {
  const where = answer.headers.get('location')
  if (answer.status !== 202 || !where?.startsWith('/api/v1/jobs/')) return answer
  await answer.arrayBuffer()
  for (;;) {
    const told = await fetch(url + where, { headers })
    const job = (await told.json()) as JobState
    if (job.state === 'done' && job.again) return again()
    if (job.state === 'done') return job.file ? fetch(url + job.file, { headers }) : Response.json(job.answer)
    if (job.state === 'failed') return Response.json(job.reason, { status: job.reason?.status ?? 500 })
    if (job.state === 'cancelled') return Response.json({ code: 'cancelled' }, { status: 409 })
    await new Promise((resolve) => setTimeout(resolve, 300))
  }
}

/** The whole program on a database of its own with the sample company, listening on loopback. */
export async function sampleServer(options: { web?: string } = {}): Promise<TestServer> {
  const fresh = await sampleDatabase()
  const clock = standingClock('2018-01-02T02:00:00Z')
  const app = await createApp({
    databaseUrl: await appUrl(fresh.url),
    adminUrl: fresh.url,
    clock,
    ...options,
  })
  const server = await listen(app)
  const tokens = new Map<string, Promise<string>>()
  const started: TestServer = {
    app,
    db: fresh.db,
    url: server.url,
    databaseUrl: fresh.url,
    clock,
    async call(login, method, path, body, headers) {
      if (login !== null && !tokens.has(login)) tokens.set(login, tokenOf(fresh.db, login))
      const all = new Headers(headers)
      if (login !== null) all.set('authorization', `Bearer ${await tokens.get(login)}`)
      if (body !== undefined) all.set('content-type', 'application/json')
      const answer = await fetch(server.url + path, {
        method,
        headers: all,
        ...(body === undefined
          ? {}
          : { body: body instanceof Uint8Array ? new Uint8Array(body) : JSON.stringify(body) }),
      })
      return follow(server.url, answer, all, () => this.call(login, method, path, body, headers))
    },
    async close() {
      await server.close()
      await app.close()
      await fresh.drop()
    },
  }
  return started
}
