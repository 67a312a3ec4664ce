import pg from 'pg'
import { app, ensureRoles } from '../roles.ts'
import { type Door, urlOf } from './ask.ts'
import { newSecret, readSecret } from './cluster.ts'

/**
 * The address under which the running program signs in: a login that owns nothing. Its password is kept beside the administrator's and set
 * at every start, so that a start killed in between and a lost file mend themselves, and a data folder of an older program gets one.
 */
export async function appLogin(dataDir: string, door: Door, database: string): Promise<string> {
  const password = (await readSecret(dataDir, 'app')) ?? (await newSecret(dataDir, 'app'))
  const client = new pg.Client({
    connectionString: urlOf(door, 'postgres'),
    connectionTimeoutMillis: 2000,
    query_timeout: 10_000,
    application_name: 'kambook-start',
  })
  client.on('error', () => {})
  await client.connect()
  try {
    await ensureRoles(client)
    await client.query(`alter role ${app} login password ${client.escapeLiteral(password)}`)
  } finally {
    await client.end()
  }
  return urlOf({ port: door.port, password }, database, app)
}
