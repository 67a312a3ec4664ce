import { AsyncLocalStorage } from 'node:async_hooks'
import { Kysely, PostgresDialect, type Transaction } from 'kysely'
import pg from 'pg'
import { PreparingClient, Repertoire } from './prepared.ts'
import { program } from './roles.ts'

// Dates stay text (`YYYY-MM-DD`), counts become numbers, amounts stay exact decimal strings.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text)
pg.types.setTypeParser(pg.types.builtins.INT8, (text) => Number(text))

// Queries are written with the `sql` tag and typed at the call; Kysely brings the tag, the transaction and the migrator.
export type Tx = Transaction<unknown>

/** Connections for one sort of work, so that no sort can take those of another. */
export interface Lane {
  readonly pool: pg.Pool
  readonly kysely: Kysely<unknown>
}

/**
 * Three lanes to one database. The lane of requests is the database's own; `door` is for signing in and for a supervisor's question
 * whether the program works; `heavy` is for jobs, whose statements may run long.
 */
export interface Database extends Lane {
  readonly url: string
  readonly door: Lane
  readonly heavy: Lane
  close(): Promise<void>
}

/** Bounds of a lane: connections, how many may wait for one, and milliseconds to wait for one, for a statement, for a lock, and idle amid a transaction. */
interface Bounds {
  readonly max: number
  readonly waiting: number
  readonly connect: number
  readonly statement: number
  readonly lock: number
  readonly idle: number
}
const bounds = {
  requests: { max: 12, waiting: 400, connect: 10_000, statement: 20_000, lock: 8000, idle: 30_000 },
  door: { max: 4, waiting: 200, connect: 10_000, statement: 10_000, lock: 5000, idle: 10_000 },
  // A job tells how far it is on a connection of its own, so there are two for each, and the queue listens on one more.
  heavy: { max: 6, waiting: 100, connect: 60_000, statement: 600_000, lock: 60_000, idle: 120_000 },
} as const satisfies Record<string, Bounds>

/** Whether this piece of work already holds a connection amid a transaction. */
const amid = new AsyncLocalStorage<'transaction'>()

/** Runs the work of a transaction so that asking for another connection in it is a defect that shows at once, not a standstill under load. */
export const holding = <T>(work: () => Promise<T>): Promise<T> => amid.run('transaction', work)

/** Runs work that is not part of the transaction around it: a job's word on how far it is. Its lane must have connections to spare. */
export const beside = <T>(work: () => Promise<T>): Promise<T> => amid.exit(work)

function laneOf(
  url: string,
  role: string | null,
  { max, waiting, connect, statement, lock, idle }: Bounds,
  prepares = false,
): Lane {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    application_name: 'kambook',
    connectionTimeoutMillis: connect,
    statement_timeout: statement,
    lock_timeout: lock,
    idle_in_transaction_session_timeout: idle,
    // Compiling a statement takes longer than most of ours take. Whoever signs in, the program works as a role that owns nothing.
    options: `-c jit=off${role === null ? '' : ` -c role=${role}`}`,
    // `begin` goes out together with the first statement.
    pipeline: prepares,
    // A command that is done ends; it does not wait for the pool to grow tired of its idle connections.
    allowExitOnIdle: true,
  })
  // A pooled connection that dies while idle must not take the program with it; the next query gets a fresh one.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  const connecting = pool.connect.bind(pool) as () => Promise<pg.PoolClient>
  const repertoire = new Repertoire()
  const clients = new WeakMap<pg.PoolClient, PreparingClient>()
  const preparing = (client: pg.PoolClient): PreparingClient => {
    const known = clients.get(client) ?? new PreparingClient(client, repertoire)
    clients.set(client, known)
    return known
  }
  const guarded = {
    async connect(): Promise<pg.PoolClient> {
      if (amid.getStore()) throw new Error('a second connection was asked for inside a transaction')
      if (pool.waitingCount >= waiting)
        throw new Error('timeout exceeded when trying to connect: too many wait already')
      const client = await connecting()
      return prepares ? (preparing(client) as unknown as pg.PoolClient) : client
    },
    end: () => pool.end(),
  }
  return { pool, kysely: new Kysely<unknown>({ dialect: new PostgresDialect({ pool: guarded }) }) }
}

/** Opens the program's lanes to `url`: every connection works as `kambook_program`, a person's request as `kambook_app` (`transaction.ts`). */
export const openDatabase = (url: string, options: { max?: number } = {}): Database =>
  lanesOf(url, program, options)

/** Opens lanes that keep the rights of whoever signs in: for what makes tables, backs up and restores. */
export const openAsAdmin = (url: string, options: { max?: number } = {}): Database =>
  lanesOf(url, null, options)

function lanesOf(url: string, role: string | null, options: { max?: number }): Database {
  const requests = laneOf(url, role, { ...bounds.requests, max: options.max ?? bounds.requests.max }, true)
  const door = laneOf(url, role, bounds.door)
  const heavy = laneOf(url, role, bounds.heavy)
  return {
    url,
    ...requests,
    door,
    heavy,
    async close() {
      await Promise.all(
        [requests, door, heavy].map(async ({ kysely, pool }) => {
          await kysely.destroy()
          // A lane that was only asked through its pool is unknown to Kysely.
          if (!pool.ended) await pool.end()
        }),
      )
    },
  }
}
