import { sql } from 'kysely'
import { type Anchor, type LogState, verifyLogs } from '../../kernel/audit/verify.ts'
import type { Database } from '../../kernel/db/database.ts'
import { storedEdition } from '../../kernel/handbook/stored.ts'
import { keptBy } from '../../kernel/kept/kept.ts'
import { type Finding, ill, warned, well } from './finding.ts'

const words = {
  audit: { zh: '操作记录', en: 'Audit trail' },
  security: { zh: '安全日志', en: 'Security log' },
}

/** Whether both logs are what was written; `whole` goes through every month that is kept. */
export async function logsOf(db: Database, anchors: readonly Anchor[], whole: boolean): Promise<Finding[]> {
  const { rows } = await sql<{ there: boolean }>`select to_regclass('log_link') is not null as there`.execute(
    db.kysely,
  )
  if (!rows[0]?.there) return []
  const client = await db.heavy.pool.connect()
  try {
    const states = await verifyLogs(client, { whole, anchors })
    return states.flatMap((state) => told(state, whole))
  } finally {
    client.release()
  }
}

function told(state: LogState, whole: boolean): Finding[] {
  const { zh, en } = words[state.log]
  const findings = state.faults.map((fault) => ill(fault.zh, fault.en))
  if (findings.length === 0) {
    const part = whole ? { zh: '全部', en: 'all' } : { zh: '本月', en: 'of this month' }
    findings.push(
      well(
        `${zh}：${part.zh} ${state.links} 环逐一核对无误，末环 ${state.last?.seq ?? 0}${state.removed > 0 ? `，另有 ${state.removed} 个月已按期清除` : ''}`,
        `${en}: ${state.links} links ${part.en} agree one by one, the last is ${state.last?.seq ?? 0}${state.removed > 0 ? `; ${state.removed} more months were removed in time` : ''}`,
      ),
    )
  }
  if (state.waiting > 0)
    findings.push(
      warned(
        `${zh}：${state.waiting >= 10_000 ? '一万条以上' : `${state.waiting} 条`}等待入链；程序运行时几秒内完成`,
        `${en}: ${state.waiting >= 10_000 ? 'more than 10,000' : state.waiting} rows wait for their link; a running program makes it within seconds`,
      ),
    )
  return findings
}

/** How long things are kept by the edition in force. */
export async function keptOf(db: Database): Promise<Finding[]> {
  const { rows } = await sql<{ id: number }>`select id from edition where status = 'effective'`.execute(
    db.kysely,
  )
  const edition = rows[0] ? await storedEdition(db, rows[0].id) : null
  const kept = keptBy(edition)
  return [
    well(
      `保存期限：安全日志 ${kept.securityLogMonths} 个月，操作记录 ${kept.auditYears} 年，导入的原始文件 ${kept.originalsYears} 年，导出的文件 ${kept.exportsDays} 天，失效的登录 ${kept.sessionsDays} 天`,
      `Kept: security log ${kept.securityLogMonths} months, audit trail ${kept.auditYears} years, original files of imports ${kept.originalsYears} years, exported files ${kept.exportsDays} days, ended sessions ${kept.sessionsDays} days`,
    ),
  ]
}
