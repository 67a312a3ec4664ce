import { execFile } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import type { Text } from '../../../handbook/model.ts'
import { type Account, canEnter } from './account.ts'
import { binaryVersion, mendBinaries, nativeFolder } from './binaries.ts'
import { diskProblem, StartProblem } from './problem.ts'

const run = promisify(execFile)

/** Where the database of a data folder lies: inside it, or in a shelter that the server's user can reach. */
export interface Place {
  readonly cluster: string
  readonly shelter: string | null
}

/** Folders tried for a shelter, in order. The first survives cleaning of temporary files. */
export const usualShelters: readonly string[] = ['/var/lib', '/var/tmp']

const pointerOf = (dataDir: string): string => join(dataDir, 'postgres.place')
export const there = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )

/**
 * Reads where the database of a data folder lies, without changing anything.
 * @throws StartProblem `data-gone` when the shelter that the data folder points to is no longer there
 */
export async function placeOf(dataDir: string): Promise<Place> {
  const pointer = await readFile(pointerOf(dataDir), 'utf8').catch((error) => {
    if (error.code === 'ENOENT') return null
    throw diskProblem(error, pointerOf(dataDir))
  })
  if (pointer === null) return { cluster: join(dataDir, 'postgres'), shelter: null }
  const shelter = pointer.trim()
  if (!(await there(shelter)))
    throw new StartProblem(
      'data-gone',
      {
        zh: `数据库曾放在 ${shelter}，现在那里没有了。恢复该文件夹或备份；确定要从头开始时，删除 ${pointerOf(dataDir)}`,
        en: `The database was kept in ${shelter}, which is gone. Restore that folder or a backup; to begin anew on purpose, remove ${pointerOf(dataDir)}`,
      },
      { place: shelter },
    )
  return { cluster: join(shelter, 'data'), shelter }
}

/** The place, made reachable for the server's user: below a private home the database moves to a shelter, and a pointer stays behind. */
export async function reachablePlace(
  dataDir: string,
  account: Account | null,
  shelters: readonly string[],
  log: (text: Text) => void,
): Promise<Place> {
  const place = await placeOf(dataDir)
  if (place.shelter || (await canEnter(account, dataDir))) return place
  const shelter = await makeShelter(shelters, dataDir)
  const cluster = join(shelter, 'data')
  const moved = await there(place.cluster)
  if (moved) await run('cp', ['-a', place.cluster, cluster])
  await writeFile(pointerOf(dataDir), `${shelter}\n`)
  if (moved) await rename(place.cluster, `${place.cluster}.moved-${Date.now()}`)
  log({
    zh: `系统用户 ${account?.name} 进不去 ${dataDir}，数据库放在 ${shelter}`,
    en: `The system user ${account?.name} cannot enter ${dataDir}; the database is kept in ${shelter}`,
  })
  return { cluster, shelter }
}

async function makeShelter(shelters: readonly string[], dataDir: string): Promise<string> {
  for (const base of shelters) {
    const made = await mkdtemp(join(base, 'kambook-')).catch(() => null)
    if (!made) continue
    // Others may pass through to the server's own folder, which only its user can enter.
    await chmod(made, 0o711)
    return made
  }
  throw new StartProblem('no-shelter', {
    zh: `以 root 启动时数据库要由另一个系统用户运行，但它进不去 ${dataDir}，${shelters.join('、')} 也不能写入。用 KAMBOOK_DATA 指定一个所有用户都能进入的文件夹，例如 /srv/kambook`,
    en: `Started by root, the database runs as another system user, who cannot enter ${dataDir}, and ${shelters.join(', ')} cannot be written. Name a folder in KAMBOOK_DATA that every user can enter, such as /srv/kambook`,
  })
}

/** Binaries that the server's user can run: the installed ones, else a copy beside the database. */
export async function runnableNative(
  place: Place,
  account: Account | null,
): Promise<{ native: string; version: { major: string; full: string } }> {
  const installed = nativeFolder()
  // Links that cannot be made in place (a package folder of somebody else) are made in the copy.
  const mended = await mendBinaries(installed).then(
    () => true,
    (error) => {
      if (diskProblem(error, installed) instanceof StartProblem) return false
      throw error
    },
  )
  const version = mended ? await binaryVersion(installed, account) : null
  if (version) return { native: installed, version }
  const copy = await copyOf(installed, place)
  const copied = await binaryVersion(copy, account)
  if (copied) return { native: copy, version: copied }
  throw new StartProblem(
    'binaries-broken',
    {
      zh: `随包的 PostgreSQL 在这台机器上不能运行（${copy}）。常见原因：系统不是 glibc（例如 Alpine），或者磁盘挂载为 noexec。用 DATABASE_URL 指向一台 PostgreSQL 15 以上的服务器`,
      en: `The packaged PostgreSQL does not run on this machine (${copy}). Usual reasons: a system without glibc, such as Alpine, or a disk mounted noexec. Point DATABASE_URL at a PostgreSQL server, 15 or newer`,
    },
    { place: copy },
  )
}

async function copyOf(installed: string, place: Place): Promise<string> {
  const { version } = JSON.parse(await readFile(join(dirname(installed), 'package.json'), 'utf8'))
  const home = join(place.shelter ?? dirname(place.cluster), `postgres-program-${version}`)
  const native = join(home, 'native')
  if (!(await there(native))) {
    // Copied under another name first: a start that is killed midway leaves no half copy behind.
    const half = `${home}.half`
    try {
      await rm(half, { recursive: true, force: true })
      await mkdir(half, { recursive: true })
      await run('cp', ['-a', installed, join(half, 'native')])
      await run('chmod', ['-R', 'a+rX', half])
      await rename(half, home)
    } catch (error) {
      throw diskProblem(error, home)
    }
  }
  await mendBinaries(native)
  return native
}
