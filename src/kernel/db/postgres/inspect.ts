import { resolve } from 'node:path'
import { serverAccount } from './account.ts'
import { urlOf } from './ask.ts'
import { binaryVersion, nativeFolder, platformPackage } from './binaries.ts'
import { clusterVersion, readSecret, refuseOtherVersion } from './cluster.ts'
import { readPidFile, serverLives } from './pidfile.ts'
import { placeOf } from './place.ts'
import { StartProblem } from './problem.ts'
import { answers } from './server.ts'

/** What is there, found without starting or changing anything. */
export interface Inspection {
  readonly cluster: string | null
  /** The database lies outside the data folder, where the server's user can reach it. */
  readonly sheltered: boolean
  readonly platform: string
  readonly binaries: string | null
  /** Major version that made the data; `null` before the first start. */
  readonly made: string | null
  readonly state: 'none' | 'stopped' | 'stale-lock' | 'running' | 'silent'
  readonly pid: number | null
  readonly port: number | null
  /** Address of the database, when it answers. */
  readonly url: string | null
  readonly problems: readonly StartProblem[]
}

/** Looks at the database of a data folder, for `doctor` and for commands beside a running program. */
export async function inspectPostgres(dataDir: string): Promise<Inspection> {
  const problems: StartProblem[] = []
  const told = async <T>(work: () => Promise<T>): Promise<T | null> => {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof StartProblem)) throw error
      problems.push(error)
      return null
    }
  }
  const place = await told(() => placeOf(resolve(dataDir)))
  const cluster = place?.cluster ?? null
  const account = cluster ? await serverAccount(cluster) : null
  const native = await told(async () => nativeFolder())
  const version = native ? await binaryVersion(native, account) : null
  const made = cluster ? await told(() => clusterVersion(cluster)) : null
  if (cluster && made && version) await told(async () => refuseOtherVersion(cluster, made, version.major))
  const server = cluster && made ? await told(() => serverState(resolve(dataDir), cluster)) : null
  return {
    cluster,
    sheltered: place?.shelter != null,
    platform: platformPackage(),
    binaries: version?.full ?? null,
    made,
    ...(server ?? { state: 'none', pid: null, port: null, url: null }),
    problems,
  }
}

async function serverState(
  dataDir: string,
  cluster: string,
): Promise<Pick<Inspection, 'state' | 'pid' | 'port' | 'url'>> {
  const file = await readPidFile(cluster)
  if (!file) return { state: 'stopped', pid: null, port: null, url: null }
  if (!(await serverLives(cluster, file.pid)))
    return { state: 'stale-lock', pid: null, port: null, url: null }
  const { pid, port } = file
  const password = await readSecret(dataDir)
  const up = password !== null && (await answers({ cluster, password }, port).catch(() => false))
  return up && password
    ? { state: 'running', pid, port, url: urlOf({ port, password }, 'kambook') }
    : { state: 'silent', pid, port, url: null }
}
