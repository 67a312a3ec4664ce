import { execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { delimiter, join } from 'node:path'

/** The folder of a PostgreSQL server's programs, the newest first; `null` when the system has none. */
export function systemPostgres() {
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : []
  const folders = [
    ...versions.map((version) => join(debian, version, 'bin')),
    ...(process.env.PATH ?? '').split(delimiter),
    '/opt/homebrew/bin',
  ]
  return (
    folders.find((folder) => ['initdb', 'postgres'].every((name) => existsSync(join(folder, name)))) ?? null
  )
}

const freePort = () =>
  new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => resolve(port))
    })
  })

/** PostgreSQL refuses to run as root: then the system's own user for it is taken. */
function account() {
  if (process.getuid?.() !== 0) return {}
  const of = (flag) => Number(execFileSync('id', [flag, 'postgres']).toString().trim())
  return { uid: of('-u'), gid: of('-g') }
}

/**
 * Makes a cluster in `folder` and starts it, for tests only: nothing in it has to survive a power cut.
 * @returns {Promise<{url: string, version: string, stop(): Promise<void>}>}
 */
export async function startSystemPostgres(programs, folder) {
  const { default: pg } = await import('pg')
  const as = account()
  mkdirSync(folder)
  const password = randomBytes(18).toString('base64url')
  const secret = `${folder}.secret`
  writeFileSync(secret, password)
  if (as.uid !== undefined) for (const path of [folder, secret]) chownSync(path, as.uid, as.gid)
  const options = ['-D', folder, '-E', 'UTF8', '--locale=C.UTF-8', '-U', 'kambook', '-A', 'scram-sha-256']
  execFileSync(join(programs, 'initdb'), [...options, `--pwfile=${secret}`], { ...as, cwd: '/' })
  const port = await freePort()
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'fsync=off',
    'synchronous_commit=off',
    'full_page_writes=off',
    'max_connections=200',
  ]
  const server = spawn(
    join(programs, 'postgres'),
    ['-D', folder, '-p', String(port), ...settings.flatMap((one) => ['-c', one])],
    { ...as, cwd: '/', stdio: 'ignore' },
  )
  const ended = new Promise((resolve) => server.once('exit', resolve))
  const url = `postgres://kambook:${password}@127.0.0.1:${port}/postgres`
  for (let tries = 0; ; tries += 1) {
    const client = new pg.Client({ connectionString: url })
    client.on('error', () => {})
    try {
      await client.connect()
      await client.end()
      break
    } catch (error) {
      if (server.exitCode !== null || tries > 200) throw error
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
  const version = execFileSync(join(programs, 'postgres'), ['--version']).toString().trim()
  return {
    url,
    version,
    async stop() {
      server.kill('SIGINT')
      await ended
    },
  }
}
