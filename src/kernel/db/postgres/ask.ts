import pg from 'pg'

export interface Door {
  readonly port: number
  readonly password: string
}

/** Address of a database of the local server. */
export const urlOf = (door: Door, database: string, login = 'kambook'): string =>
  `postgres://${login}:${encodeURIComponent(door.password)}@127.0.0.1:${door.port}/${database}`

/** Runs one statement on a connection of its own and gives the first row. */
export async function ask(door: Door, database: string, text: string): Promise<Record<string, unknown>> {
  const client = new pg.Client({
    connectionString: urlOf(door, database),
    connectionTimeoutMillis: 2000,
    query_timeout: 10_000,
    application_name: 'kambook-start',
  })
  // A server that dies under the question ends the query with an error as well.
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query(text)).rows[0] ?? {}
  } finally {
    await client.end()
  }
}
