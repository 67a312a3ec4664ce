import { execFile } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** The system user under whom the database server runs. */
export interface Account {
  readonly name: string
  readonly uid: number
  readonly gid: number
}

/** Options for starting a program as that account; none when it is started as whoever runs this. */
export const asAccount = (account: Account | null): { uid?: number; gid?: number } =>
  account ? { uid: account.uid, gid: account.gid } : {}

/**
 * PostgreSQL refuses to run as root: then the owner of an existing data folder is taken, else `postgres`, else `nobody`.
 * @returns `null` when not root: the server runs as the person who starts it
 */
export async function serverAccount(cluster: string): Promise<Account | null> {
  if (process.geteuid?.() !== 0) return null
  const owner = await stat(cluster).catch(() => null)
  if (owner && owner.uid !== 0) return { name: `uid ${owner.uid}`, uid: owner.uid, gid: owner.gid }
  return (
    (await accountOf('postgres')) ??
    (await accountOf('nobody')) ?? { name: 'nobody', uid: 65_534, gid: 65_534 }
  )
}

async function accountOf(name: string): Promise<Account | null> {
  const ask = async (flag: string) => Number((await run('id', [flag, name])).stdout.trim())
  try {
    return { name, uid: await ask('-u'), gid: await ask('-g') }
  } catch {
    return null
  }
}

/** Whether that account can enter a folder; asked of the system itself, since mode bits do not tell of ACLs and mounts. */
export async function canEnter(account: Account | null, folder: string): Promise<boolean> {
  if (!account) return true
  return run('/bin/sh', ['-c', 'cd "$1" && test -r .', 'sh', folder], {
    ...asAccount(account),
    cwd: '/',
  }).then(
    () => true,
    () => false,
  )
}
