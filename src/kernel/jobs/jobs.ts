import { Logger, type Runner, run, runMigrations } from 'graphile-worker'
import { sql } from 'kysely'
import type { Kernel } from '../context.ts'
import type { Database, Tx } from '../db/database.ts'

/** Work that follows a commit: it is repeated until it succeeds, so `run` must be idempotent. */
export interface Job {
  readonly name: string
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

/** Starts the worker of this process; several app nodes share one queue. */
export function startWorker(kernel: Kernel, jobs: readonly Job[], concurrency = 2): Promise<Runner> {
  return run({
    pgPool: kernel.db.heavy.pool,
    logger,
    // No schedules: an empty list keeps the queue from looking for a crontab in the folder it was started in.
    parsedCronItems: [],
    concurrency,
    noHandleSignals: true,
    pollInterval: 2000,
    taskList: Object.fromEntries(
      jobs.map((job) => [job.name, (payload: unknown) => job.run(kernel, payload)]),
    ),
  })
}
