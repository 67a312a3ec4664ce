import { existsSync } from 'node:fs'
import { access } from 'node:fs/promises'
import { resolve } from 'node:path'
import { backup as writeBackup } from '../../kernel/db/backup/backup.ts'
import { restore as readBackup } from '../../kernel/db/backup/restore.ts'
import { keepAnchors } from '../anchors.ts'
import { readArguments, required } from '../arguments.ts'
import { fileProblem } from '../files.ts'
import { dataFolder, onDatabase, withDatabase } from '../place.ts'
import { say, UsageError } from '../say.ts'

const two = (n: number): string => String(n).padStart(2, '0')
function named(now: Date): string {
  const day = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
  return `kambook-${day}-${two(now.getHours())}${two(now.getMinutes())}.backup`
}

/** `kambook backup [FILE]`: everything as of one moment; the program may go on running. The last line is the file. */
export async function backup(args: string[]): Promise<void> {
  const { positionals } = readArguments(args, {}, 1)
  const file = resolve(positionals[0] ?? named(new Date()))
  if (existsSync(file))
    throw new UsageError({
      zh: `${file} 已经在了，不覆盖。换一个名字`,
      en: `${file} is there already and is not overwritten. Take another name`,
    })
  const made = await withDatabase(({ admin }) => writeBackup(admin, file)).catch((error) => {
    throw fileProblem(error, file)
  })
  await keepAnchors(dataFolder(), {
    at: new Date().toISOString(),
    act: 'backup',
    file,
    anchors: made.chain,
  })
  say({
    zh: `已备份 ${made.tables} 张表、${made.rows} 行，${(made.bytes / 1e6).toFixed(1)} MB`,
    en: `${made.tables} tables and ${made.rows} rows backed up, ${(made.bytes / 1e6).toFixed(1)} MB`,
  })
  console.log(file)
}

/** `kambook restore FILE`: into an empty place; every row's hash is compared. */
export async function restore(args: string[]): Promise<void> {
  const { positionals } = readArguments(args, {}, 1)
  const file = resolve(required(positionals[0], 'FILE'))
  await access(file).catch((error) => {
    throw fileProblem(error, file)
  })
  const done = await onDatabase(({ admin }) => readBackup(admin, file)).catch((error) => {
    throw fileProblem(error, file)
  })
  await keepAnchors(dataFolder(), {
    at: new Date().toISOString(),
    act: 'restore',
    file,
    anchors: done.chain,
  })
  say({
    zh: `已恢复 ${done.at} 的备份：${done.tables} 张表、${done.rows} 行，逐行校验一致。用 npm start 启动`,
    en: `Restored the backup of ${done.at}: ${done.tables} tables and ${done.rows} rows, every row compared. Start with npm start`,
  })
}
