import type { Text } from '../../../handbook/model.ts'

/** A start that cannot go on, told to the person at the terminal: what is wrong, where, and what to do. */
export class StartProblem extends Error {
  /** Stable word for programs, e.g. `already-running`. */
  readonly code: string
  readonly text: Text
  /** Places and addresses that belong to the problem. */
  readonly detail: Readonly<Record<string, string>>

  constructor(code: string, text: Text, detail: Readonly<Record<string, string>> = {}) {
    super(text.en)
    this.name = 'StartProblem'
    this.code = code
    this.text = text
    this.detail = detail
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

/** Says what a failed write to `place` means for the person; anything else is thrown on as it is. */
export function diskProblem(error: unknown, place: string): unknown {
  switch (codeOf(error)) {
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
      return readOnly(place)
    case 'ENOSPC':
    case 'EDQUOT':
      return diskFull(place)
    case 'ENOTDIR':
    case 'EEXIST':
      return new StartProblem(
        'no-folder',
        {
          zh: `${place} 不是文件夹，数据放不进去。改名那个文件，或者用 KAMBOOK_DATA 指定另一个文件夹`,
          en: `${place} is not a folder, so it cannot hold the data. Rename that file, or name another folder in KAMBOOK_DATA`,
        },
        { place },
      )
    default:
      return error
  }
}

export const readOnly = (place: string): StartProblem =>
  new StartProblem(
    'read-only',
    {
      zh: `${place} 不能写入（磁盘只读，或者当前用户没有权限）。改正权限，或者用 KAMBOOK_DATA 指定可写的文件夹`,
      en: `${place} cannot be written (the disk is read-only, or this user may not). Mend the permission, or name a writable folder in KAMBOOK_DATA`,
    },
    { place },
  )

export const diskFull = (place: string): StartProblem =>
  new StartProblem(
    'disk-full',
    {
      zh: `${place} 所在的磁盘已满。腾出空间后重新启动，已保存的数据不受影响`,
      en: `The disk of ${place} is full. Free some space and start again; what was saved is safe`,
    },
    { place },
  )
