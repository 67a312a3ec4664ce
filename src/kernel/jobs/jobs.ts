import { EventEmitter } from 'node:events'
import { Logger, parseCronItems, run, runMigrations, type WorkerEvents } from 'graphile-worker'
import { sql } from 'kysely'
import type { Kernel } from '../context.ts'
import type { Database, Tx } from '../db/database.ts'

/** Work that follows a commit: it is repeated until it succeeds, so `run` must be idempotent. */
export interface Job {
  readonly name: string
  /** It is due once a day, without anybody adding it. */
  readonly daily?: boolean
  run(kernel: Kernel, payload: unknown): Promise<void>
}

/** Adds a job in the caller's transaction: it exists exactly when the transaction commits. The same `key` replaces a waiting job. */
export async function addJob(
  tx: Tx,
  name: string,
  payload: Record<string, unknown>,
  options: { key?: string; runAt?: Date } = {},
): Promise<void> {
  await sql`select add_job(${name}, ${JSON.stringify(payload)}::json, ${options.key ?? null}, ${options.runAt ?? null})`.execute(
    tx,
  )
}

/** Warnings and errors of the queue are told; that all goes as it should is not. */
const logger = new Logger(() => (level, message) => {
  if (level === 'warning' || level === 'error') console.error(`graphile-worker: ${message}`)
})

/** Lays out the queue's own tables; runs before Kambook's migrations, which build on them. */
export async function migrateQueue(db: Database): Promise<void> {
  await runMigrations({ pgPool: db.heavy.pool, logger })
}

/** Jobs that are due once a day, at a quiet hour. */
const daily = (jobs: readonly Job[]) =>
  jobs
    .filter((job) => job.daily)
    .map(({ name }) => ({ task: name, match: '17 3 * * *', options: { backfillPeriod: 86_400_000 } }))

export interface SmallWorker {
  /** Names under which it holds jobs: what a dead node held is freed by them. */
  names(): readonly string[]
  stop(): Promise<void>
}

/** Starts the worker of this process for small jobs; several app nodes share one queue. */
export async function startWorker(
  kernel: Kernel,
  jobs: readonly Job[],
  concurrency = 2,
): Promise<SmallWorker> {
  if (jobs.length === 0) return { names: () => [], stop: async () => {} }
  const names: string[] = []
  const events: WorkerEvents = new EventEmitter()
  events.on('worker:create', ({ worker }) => names.push(worker.workerId))
  const runner = await run({
    events,
    pgPool: kernel.db.heavy.pool,
    logger,
    // One node of several does it; a day on which none ran is made up for at the next start. Without a list the queue would look for a
    // crontab in the folder it was started in.
    parsedCronItems: parseCronItems(daily(jobs)),
    concurrency,
    noHandleSignals: true,
    pollInterval: 2000,
    taskList: Object.fromEntries(
      jobs.map((job) => [job.name, (payload: unknown) => job.run(kernel, payload)]),
    ),
  })
  return { names: () => names, stop: () => runner.stop() }
}
