import { statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { sql } from 'kysely'
import { registry } from '../../app/registry.ts'
import type { Text } from '../../handbook/model.ts'
import type { Anchor } from '../../kernel/audit/verify.ts'
import { anchorsOfBackup } from '../../kernel/db/backup/restore.ts'
import { type Database, openAsAdmin } from '../../kernel/db/database.ts'
import { migrationFiles } from '../../kernel/db/migrate.ts'
import { holderOf, type Inspection, inspectPostgres } from '../../kernel/db/postgres/launcher.ts'
import { app } from '../../kernel/db/roles.ts'
import { judgeEdition } from '../../kernel/handbook/judge.ts'
import { storedEdition } from '../../kernel/handbook/stored.ts'
import { twinsOf } from '../../modules/accounts/doubts.ts'
import { anchorsIn } from '../anchors.ts'
import { readArguments } from '../arguments.ts'
import { type Finding, ill, well } from '../doctor/finding.ts'
import { keptOf, logsOf } from '../doctor/logs.ts'
import { rolesOf } from '../doctor/roles.ts'
import { dataFolder, namedPlace, type Place, requireServer, withoutPassword } from '../place.ts'
import { inWords } from '../say.ts'

/**
 * `kambook doctor [--chain [BACKUP]]`: looks at everything a start needs, changes nothing, and says how to mend what is wrong. With
 * `--chain` both logs are reckoned anew as a whole, and held against a backup's end of them.
 */
export async function doctor(args: string[]): Promise<void> {
  const { values, positionals } = readArguments(args, { chain: { type: 'boolean', default: false } }, 1)
  const against = positionals[0] ? await anchorsOfBackup(positionals[0]) : []
  const findings = [machine()]
  const named = namedPlace()
  let url: string | null = null
  if (named) {
    findings.push(well(`数据库：${withoutPassword(named.url)}`, `Database: ${withoutPassword(named.url)}`))
    const trouble = await requireServer(named).then(
      () => null,
      (error: { text: Text }) => error.text,
    )
    if (trouble) findings.push({ mark: '✗', text: trouble })
    else url = named.admin
  } else {
    const seen = await inspectPostgres(dataFolder())
    findings.push(...(await place(seen)))
    url = seen.url
  }
  if (url) {
    findings.push(...(await contents(url)))
    findings.push(...(await guarded(url, named, { whole: values.chain || positionals.length > 0, against })))
  }
  for (const one of findings) console.log(`${one.mark} ${inWords(one.text).replaceAll('\n', '\n  ')}`)
  if (findings.some((one) => one.mark === '✗')) process.exitCode = 1
}

const machine = (): Finding =>
  well(
    `Node ${process.versions.node}，${process.platform} ${process.arch}`,
    `Node ${process.versions.node}, ${process.platform} ${process.arch}`,
  )

const lowDisk = 500_000_000

async function place(seen: Inspection): Promise<Finding[]> {
  const folder = dataFolder()
  const findings = seen.problems.map((one): Finding => ({ mark: '✗', text: one.text }))
  const holder = await holderOf(folder)
  if (holder)
    findings.push(
      well(
        `Kambook 正在运行：${holder.url ?? '正在启动'}（进程 ${holder.pid}）`,
        `Kambook is running: ${holder.url ?? 'starting'} (process ${holder.pid})`,
      ),
    )
  findings.push(
    seen.binaries
      ? well(
          `PostgreSQL ${seen.binaries}（${seen.platform}）`,
          `PostgreSQL ${seen.binaries} (${seen.platform})`,
        )
      : ill(
          `随包的 PostgreSQL 在这里还不能运行（${seen.platform}）；启动时会尝试修复`,
          `The packaged PostgreSQL does not run here yet (${seen.platform}); a start tries to mend it`,
        ),
  )
  findings.push(stateOf(seen, folder))
  const free = await statfs(seen.cluster ? dirname(seen.cluster) : folder).then(
    (disk) => disk.bavail * disk.bsize,
    () => null,
  )
  if (free !== null) {
    const gb = (free / 1e9).toFixed(1)
    findings.push(
      free < lowDisk
        ? ill(`磁盘只剩 ${gb} GB，腾出空间`, `Only ${gb} GB of disk are left; free some space`)
        : well(`磁盘剩余 ${gb} GB`, `${gb} GB of disk are free`),
    )
  }
  return findings
}

function stateOf(seen: Inspection, folder: string): Finding {
  const where = seen.sheltered ? `${folder} → ${seen.cluster}` : folder
  switch (seen.state) {
    case 'none':
      return well(
        `${where} 里还没有数据库，第一次启动时建立`,
        `No database in ${where} yet; the first start makes it`,
      )
    case 'stopped':
      return well(`数据库在 ${where}，没有运行`, `The database in ${where} is not running`)
    case 'stale-lock':
      return well(
        `数据库在 ${where}，上次没有正常停止；下次启动自行恢复`,
        `The database in ${where} was not stopped in order; the next start recovers it`,
      )
    case 'running':
      return well(
        `数据库在 ${where}，正在运行（进程 ${seen.pid}，端口 ${seen.port}）`,
        `The database in ${where} is running (process ${seen.pid}, port ${seen.port})`,
      )
    case 'silent':
      return ill(
        `数据库进程 ${seen.pid} 在运行但不应答。结束它（kill ${seen.pid}）后重新启动`,
        `The database process ${seen.pid} is running but does not answer. End it (kill ${seen.pid}) and start again`,
      )
  }
}

async function contents(url: string): Promise<Finding[]> {
  const db = openAsAdmin(url, { max: 2 })
  try {
    const schema = await schemaOf(db)
    return schema.mark === '✓' ? [schema, ...(await editionOf(db)), ...(await twins(db))] : [schema]
  } finally {
    await db.close()
  }
}

/** Roles, logs and what is kept: what stands between the data and whoever gets hold of the program. */
async function guarded(
  url: string,
  named: Place | null,
  { whole, against }: { whole: boolean; against: readonly Anchor[] },
): Promise<Finding[]> {
  const db = openAsAdmin(url, { max: 2 })
  try {
    const there = await sql<{ there: boolean }>`select to_regclass('log_link') is not null as there`.execute(
      db.kysely,
    )
    if (!there.rows[0]?.there) return []
    const login = named ? decodeURIComponent(new URL(named.url).username) || 'postgres' : app
    return [
      ...(await rolesOf(db, login, named !== null && named.url === named.admin)),
      ...(await logsOf(db, [...(await anchorsIn(dataFolder())), ...against], whole)),
      ...(await keptOf(db)),
    ]
  } catch (error) {
    return [ill(String(error), String(error))]
  } finally {
    await db.close()
  }
}

async function schemaOf(db: Database): Promise<Finding> {
  const there = await sql<{
    there: boolean
  }>`select to_regclass('kysely_migration') is not null as there`.execute(db.kysely)
  const applied = there.rows[0]?.there
    ? (await sql<{ name: string }>`select name from kysely_migration`.execute(db.kysely)).rows.map(
        (row) => row.name,
      )
    : []
  const known = [...migrationFiles().keys()]
  const ahead = applied.filter((name) => !known.includes(name))
  if (ahead.length > 0)
    return ill(
      `数据库由更新的 Kambook 升级过（${ahead.join('、')}）。换用那个版本`,
      `A newer Kambook has upgraded the database (${ahead.join(', ')}). Use that version`,
    )
  const waiting = known.filter((name) => !applied.includes(name)).length
  return waiting > 0
    ? well(`下次启动会升级数据库（${waiting} 步）`, `The next start upgrades the database (${waiting} steps)`)
    : well('数据库结构与程序一致', 'The database fits the program')
}

/** Customers from before whose codes differ only in spelling. */
async function twins(db: Database): Promise<Finding[]> {
  const there = await sql<{ there: boolean }>`select exists (select from information_schema.columns
    where table_name = 'account' and column_name = 'twin_of') as there`.execute(db.kysely)
  if (!there.rows[0]?.there) return []
  const [first, ...rest] = await twinsOf(db.kysely)
  if (!first) return []
  const sets = [first, ...rest].map(({ what, codes }) => [what, ...codes].join(' = '))
  const more = first.all > sets.length
  return [
    ill(
      `${first.all} 组客户编号只差大小写、全角半角或空格：${sets.join('，')}${more ? ' 等' : ''}。核对是不是同一家；新的不再收`,
      `Customer codes that differ only in case, width or blanks: ${sets.join(', ')}${more ? ' and others' : ''} (${first.all} sets). Check whether they are one; no new one is taken`,
    ),
  ]
}

async function editionOf(db: Database): Promise<Finding[]> {
  const tables = await sql<{ there: boolean }>`select to_regclass('edition') is not null as there`.execute(
    db.kysely,
  )
  if (!tables.rows[0]?.there) return []
  try {
    const { rows } = await sql<{ id: number; number: string; status: 'effective' | 'published' }>`
      select id, number, status from edition where status in ('effective', 'published') order by status, id`.execute(
      db.kysely,
    )
    const found = await Promise.all(rows.map((row) => judged(db, row)))
    return rows.some((row) => row.status === 'effective')
      ? found.flat()
      : [
          ...found.flat(),
          ill(
            '没有生效的手册；启动会用程序自带的基准版',
            'No edition is effective; a start takes the reference edition that comes with the program',
          ),
        ]
  } catch (error) {
    return [ill(String(error), String(error))]
  }
}

const kinds = {
  effective: { zh: '生效手册', en: 'Effective handbook' },
  published: { zh: '待生效手册', en: 'Waiting handbook' },
}

/** Whether this program can work by an edition; one that waits for its day is judged before the day comes. */
async function judged(
  db: Database,
  row: { id: number; number: string; status: keyof typeof kinds },
): Promise<Finding[]> {
  const kind = kinds[row.status]
  const edition = await storedEdition(db, row.id)
  if (!edition)
    return [
      ill(
        `${kind.zh} ${row.number} 已不能读取，换回能读它的程序版本`,
        `${kind.en} ${row.number} can no longer be read; go back to the version of the program that could`,
      ),
    ]
  const errors = judgeEdition(registry, edition).filter((one) => one.severity === 'error')
  if (errors.length === 0)
    return [
      well(`${kind.zh}：${edition.title.zh} ${row.number}`, `${kind.en}: ${edition.title.en} ${row.number}`),
    ]
  return errors.map((one) =>
    ill(
      `${kind.zh} ${one.where.file}:${one.where.line} ${one.message.zh}`,
      `${kind.en} ${one.where.file}:${one.where.line} ${one.message.en}`,
    ),
  )
}
