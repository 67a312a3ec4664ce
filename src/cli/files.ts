import { StartProblem } from '../kernel/db/postgres/launcher.ts'

/** What the disk said of a file, so that a person knows what to mend. */
export function fileProblem(error: unknown, path: string): unknown {
  switch ((error as NodeJS.ErrnoException | null)?.code) {
    case 'ENOENT':
      return new StartProblem('no-file', {
        zh: `没有 ${path}，检查文件夹和文件名`,
        en: `There is no ${path}; check folder and name`,
      })
    case 'EISDIR':
      return new StartProblem('no-file', {
        zh: `${path} 是文件夹，写上文件名`,
        en: `${path} is a folder; name a file`,
      })
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new StartProblem('not-writable', {
        zh: `当前用户不能读写 ${path}。改正权限，或者换一个地方`,
        en: `This user may not read or write ${path}. Mend the permission, or take another place`,
      })
    case 'ENOSPC':
      return new StartProblem('disk-full', {
        zh: `${path} 所在的磁盘已满，没有写成`,
        en: `The disk of ${path} is full; it was not written`,
      })
    default:
      return error
  }
}
