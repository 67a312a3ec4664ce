import { Kysely, PostgresDialect, type Transaction } from 'kysely'
import pg from 'pg'

// Dates stay text (`YYYY-MM-DD`), counts become numbers, amounts stay exact decimal strings.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text)
pg.types.setTypeParser(pg.types.builtins.INT8, (text) => Number(text))

// Queries are written with the `sql` tag and typed at the call; Kysely brings the tag, the transaction and the migrator.
export type Tx = Transaction<unknown>

export interface Database {
  readonly url: string
  readonly pool: pg.Pool
  readonly kysely: Kysely<unknown>
  close(): Promise<void>
}

/** Opens a pool on `url` (owner of the schema). Rights are narrowed per transaction, see `transaction.ts`. */
export function openDatabase(url: string, options: { max?: number } = {}): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 12,
    application_name: 'kambook',
    statement_timeout: 60_000,
  })
  // A pooled connection that dies while idle must not take the program with it; the next query gets a fresh one.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  const kysely = new Kysely<unknown>({
    dialect: new PostgresDialect({ pool }),
  })
  return { url, pool, kysely, close: () => kysely.destroy() }
}
