import { sql } from 'kysely'
import pg from 'pg'
import { listen } from '../src/app/listen.ts'
import { createApp } from '../src/app.ts'
import { actingAs } from '../src/kernel/auth/acting.ts'
import { standingClock } from '../src/kernel/clock.ts'
import type { Ctx, Kernel } from '../src/kernel/context.ts'
import type { Tx } from '../src/kernel/db/database.ts'
import { asOwner } from '../src/kernel/db/transaction.ts'
import { freshDatabase, type TestDatabase } from '../test/database.ts'
import { actorOf, makeSample, sampleKernel } from '../test/people.ts'
import { tokenOf } from '../test/server.ts'

/** The sample company on a database of its own. */
export interface House {
  readonly base: TestDatabase
  readonly kernel: Kernel
}

/** The meter reads the processes it knows: workers that come and go within a query would make a floor, or a value, too low. */
async function withoutParallel(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(
    "do $$ begin execute format('alter database %I set max_parallel_workers_per_gather = 0', current_database()); end $$",
  )
  await client.end()
}

/** Builds a house for `work` and takes it down again. */
export async function inHouse<T>(work: (house: House) => Promise<T>): Promise<T> {
  const base = await freshDatabase()
  try {
    await withoutParallel(base.url)
    const clock = standingClock('2018-01-02T02:00:00Z')
    await makeSample(base.db, clock)
    const kernel = sampleKernel(base.db, clock)
    return await work({ base, kernel })
  } finally {
    await base.drop()
  }
}

/** Runs works as a person who has been recognised: what a command costs, without HTTP and sign-in. */
export async function as(
  { kernel }: House,
  login: string,
): Promise<<T>(work: (ctx: Ctx) => Promise<T>) => Promise<T>> {
  const actor = await actorOf(kernel.db, login)
  return async (work) => (await actingAs(kernel, actor, 'zh')).run(work)
}

/** A call as a person with a bearer token; what the program refuses is thrown. */
export type Call = (method: string, path: string, body?: unknown) => Promise<unknown>

/** Serves the house over HTTP for `work`; people call with the token of `login`. */
export async function overHttp<T>(
  { base, kernel }: House,
  login: string,
  work: (call: Call) => Promise<T>,
): Promise<T> {
  const app = await createApp({ databaseUrl: base.url, clock: kernel.clock })
  const server = await listen(app)
  const authorization = `Bearer ${await tokenOf(base.db, login)}`
  try {
    return await work(async (method, path, body) => {
      const answer = await fetch(server.url + path, {
        method,
        headers: { authorization, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const said = await answer.json()
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(said)}`)
      return said
    })
  } finally {
    await server.close()
    await app.close()
  }
}

/** One transaction as the administrator, who owns all: only he may switch triggers off or lay out tables of a floor. */
export const asAdministrator = <T>({ base, kernel }: House, work: (tx: Tx) => Promise<T>): Promise<T> =>
  asOwner(
    base.db,
    async (tx) => {
      await sql`set local role none`.execute(tx)
      await sql`set local statement_timeout = 0`.execute(tx)
      return work(tx)
    },
    { now: kernel.clock.now() },
  )

/** Statistics, and what is known of pages that hold nothing but settled rows, as the database's own housekeeping has them by the next day. */
export async function settle({ base }: House): Promise<void> {
  const client = new pg.Client({ connectionString: base.url })
  await client.connect()
  await client.query('vacuum analyze')
  await client.end()
}
