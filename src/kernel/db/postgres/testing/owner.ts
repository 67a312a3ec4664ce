import { execFileSync } from 'node:child_process'
import { stat } from 'node:fs/promises'

/** Gives a folder to the owner of another one, as `cp -a` would; needed as root only. */
export async function chownLike(from: string, to: string): Promise<void> {
  const { uid, gid, mode } = await stat(from)
  if (process.geteuid?.() === 0) execFileSync('chown', ['-R', `${uid}:${gid}`, to])
  execFileSync('chmod', [(mode & 0o777).toString(8), to])
}
