import { createHash } from 'node:crypto'
import type pg from 'pg'
import type { Text } from '../../handbook/model.ts'
import { type Log, logs } from './chain.ts'

/** The last link of a log at some moment, kept outside the database: what was cut off after it is missed. */
export interface Anchor {
  readonly log: Log
  readonly seq: number
  /** Hex. */
  readonly digest: string
}

export interface LogState {
  readonly log: Log
  /** Links there are, and rows that wait for theirs. */
  readonly links: number
  readonly waiting: number
  readonly removed: number
  readonly last: Anchor | null
  readonly faults: readonly Text[]
}

interface Segment {
  readonly number: number
  readonly from: number
  readonly to: number | null
  readonly before: string
  readonly digest: string | null
  readonly removed: boolean
  readonly told: boolean
}

interface Link {
  readonly seq: number
  readonly row: number
  readonly sealed: Buffer
  readonly digest: Buffer
  /** What the digest covers of the link itself, as JSON. */
  readonly itself: string
  readonly made: number
  readonly facts: string | null
  readonly said: string | null
  readonly salt: Buffer | null
  readonly erased: boolean
}

const names: Readonly<Record<Log, Text>> = {
  audit: { zh: '操作记录', en: 'Audit trail' },
  security: { zh: '安全日志', en: 'Security log' },
}
/** Read from the tables themselves, not through the database's own functions and views, which whoever changed the tables may have changed too. */
const rowsOf: Readonly<Record<Log, { table: string; facts: string; said: string }>> = {
  audit: {
    table: 'audit',
    facts: `jsonb_build_array(r.id, r.at at time zone 'UTC', r.user_id, r.person_id, r.edition_id, r.kind, r.record_id, r.action)::text`,
    said: 'r.changes::text',
  },
  security: {
    table: 'security_log',
    facts: `jsonb_build_array(r.id, r.at at time zone 'UTC', r.event, r.user_id, r.person_id)::text`,
    said: 'jsonb_build_array(r.login, r.address, r.detail)::text',
  },
}
const batch = 5000
/** Faults told one by one; a log that was rewritten as a whole would tell of each row. */
const mostFaults = 20
const dayMs = 86_400_000

const sha256 = (...parts: (Buffer | string)[]): Buffer => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

/**
 * Reckons both chains anew from the rows and says where they differ: rows changed, taken away, put in between or in another order, links
 * changed, an end cut off behind an anchor. Run by an administrator of the database.
 * @param options.whole every kept month; else the open one alone
 */
export async function verifyLogs(
  client: Pick<pg.ClientBase, 'query'>,
  options: { whole: boolean; anchors?: readonly Anchor[] },
): Promise<LogState[]> {
  // One moment for all that is read, so that a row written meanwhile is no fault.
  await client.query('begin isolation level repeatable read read only')
  try {
    await client.query('set local statement_timeout = 0')
    const states: LogState[] = []
    for (const log of logs) states.push(await verify(client, log, options))
    return states
  } finally {
    await client.query('commit')
  }
}

async function verify(
  client: Pick<pg.ClientBase, 'query'>,
  log: Log,
  { whole, anchors = [] }: { whole: boolean; anchors?: readonly Anchor[] },
): Promise<LogState> {
  const faults: Text[] = []
  const tell = (zh: string, en: string) => {
    if (faults.length < mostFaults) faults.push({ zh: `${names[log].zh}${zh}`, en: `${names[log].en}${en}` })
  }
  const segments = await segmentsOf(client, log)
  let previous = '0'.repeat(64)
  let next = 1
  let last: Anchor | null = null
  let links = 0
  const seen = new Map<number, string>()
  const wanted = new Set(anchors.filter((one) => one.log === log).map((one) => one.seq))
  const lateness = lateWatch()
  for (const segment of segments) {
    const where = { zh: `第 ${segment.number} 段`, en: `month ${segment.number}` }
    if (segment.from !== next || segment.before !== previous)
      tell(
        `：${where.zh}与上一段接不上（第 ${segment.from} 环）`,
        `: ${where.en} does not join the one before it (link ${segment.from})`,
      )
    const open = segment.to === null
    if (segment.removed && !segment.told)
      tell(
        `：${where.zh}已不在，安全日志里却没有清除它的记录`,
        `: ${where.en} is gone, and the security log tells of no removal`,
      )
    if (!segment.removed && (whole || open)) {
      const end = await walk(client, log, segment, { tell, lateness, wanted, seen })
      links += end.links
      if (!open && (end.seq !== segment.to || end.digest !== segment.digest))
        tell(
          `：${where.zh}的末环（第 ${segment.to} 环）与封存时不同`,
          `: the last link of ${where.en} (link ${segment.to}) is not what it was when the month was closed`,
        )
      if (open && end.links > 0) last = { log, seq: end.seq, digest: end.digest }
    }
    if (!open) {
      previous = segment.digest ?? ''
      next = (segment.to ?? 0) + 1
      last = { log, seq: segment.to ?? 0, digest: previous }
      seen.set(segment.to ?? 0, previous)
    }
  }
  if (segments.at(-1)?.to !== null) tell('：没有开着的一段', ': there is no open month')
  const checked = whole ? 0 : (segments.at(-1)?.from ?? 1)
  for (const anchor of anchors) {
    if (anchor.log !== log) continue
    if (anchor.seq > (last?.seq ?? 0))
      tell(
        `：备份时到第 ${anchor.seq} 环，现在只到第 ${last?.seq ?? 0} 环，末尾被截去`,
        `: a backup knew it up to link ${anchor.seq}, now it ends at link ${last?.seq ?? 0}; its end was cut off`,
      )
    else if (anchor.seq >= checked && seen.has(anchor.seq) && seen.get(anchor.seq) !== anchor.digest)
      tell(
        `：第 ${anchor.seq} 环与备份时不同，此前的内容被改写`,
        `: link ${anchor.seq} is not what a backup knew; what stands before it was rewritten`,
      )
  }
  const waiting = await unlinked(client, log, tell)
  return { log, links, waiting, removed: segments.filter((one) => one.removed).length, last, faults }
}

async function segmentsOf(client: Pick<pg.ClientBase, 'query'>, log: Log): Promise<Segment[]> {
  const { rows } = await client.query<Segment>(
    `select number, from_seq as "from", to_seq as "to", encode(before, 'hex') as before, encode(digest, 'hex') as digest,
      removed_at is not null as removed,
      -- The word of it lives as long as the month of the security log that it stands in.
      removed_at is null or exists (select from security_log e where e.event = 'log-removed' and e.detail ->> 'log' = s.log
        and (e.detail ->> 'segment')::int = s.number)
        or exists (select from log_segment o where o.log = 'security' and o.removed_at is not null and o.closed_at >= s.removed_at) as told
    from log_segment s where log = $1 order by number`,
    [log],
  )
  return rows
}

interface Walking {
  readonly tell: (zh: string, en: string) => void
  readonly lateness: ReturnType<typeof lateWatch>
  readonly wanted: ReadonlySet<number>
  readonly seen: Map<number, string>
}

/** Goes along the links of one month and reckons each anew. */
async function walk(
  client: Pick<pg.ClientBase, 'query'>,
  log: Log,
  segment: Segment,
  { tell, lateness, wanted, seen }: Walking,
): Promise<{ seq: number; digest: string; links: number }> {
  let seq = segment.from - 1
  let digest: Buffer = Buffer.from(segment.before, 'hex')
  let links = 0
  for (;;) {
    const page = await linksAfter(client, log, seq, segment.to)
    for (const link of page) {
      const at = { zh: `第 ${link.seq} 环（记录号 ${link.row}）`, en: `link ${link.seq} (row ${link.row})` }
      if (link.seq !== seq + 1)
        tell(
          `：第 ${seq + 1} 环到第 ${link.seq - 1} 环不见了`,
          `: links ${seq + 1} to ${link.seq - 1} are missing`,
        )
      if (link.facts === null) tell(`：${at.zh}的记录不见了`, `: the row of ${at.en} is missing`)
      else if (!sha256(digest, link.itself + link.facts, link.sealed).equals(link.digest))
        tell(
          `：${at.zh}与校验值不符，记录或顺序被改动`,
          `: ${at.en} does not agree with its digest; the row or the order was changed`,
        )
      if (link.facts !== null) valuesOf(link, at, tell)
      if (lateness(link.made, link.row))
        tell(
          `：${at.zh}的编号早于一天前已入链的记录，是后来插入的`,
          `: ${at.en} bears a number older than rows linked a day before it; it was put in later`,
        )
      seq = link.seq
      // What follows is judged by what stands here, so that one fault is told once.
      digest = link.digest
      if (wanted.has(seq)) seen.set(seq, digest.toString('hex'))
      links += 1
    }
    if (page.length < batch) return { seq, digest: digest.toString('hex'), links }
  }
}

function valuesOf(link: Link, at: Text, tell: Walking['tell']): void {
  if (link.erased) return
  if (!link.salt)
    tell(
      `：${at.zh}的内容被抹去，却没有抹去的记录`,
      `: the values of ${at.en} were erased, and nothing tells of it`,
    )
  else if (!sha256(link.salt, link.said ?? '').equals(link.sealed))
    tell(`：${at.zh}的内容被改动`, `: the values of ${at.en} were changed`)
}

async function linksAfter(
  client: Pick<pg.ClientBase, 'query'>,
  log: Log,
  seq: number,
  to: number | null,
): Promise<Link[]> {
  const { table, facts, said } = rowsOf[log]
  const { rows } = await client.query<Link>(
    `select l.seq, l.row_id as row, l.values_digest as sealed, l.digest, jsonb_build_array(l.log, l.seq, l.made_at at time zone 'UTC')::text as itself,
      extract(epoch from l.made_at)::float8 * 1000 as made, case when r.id is not null then ${facts} end as facts,
      case when r.id is not null then ${said} end as said, s.salt,
      s.salt is null and exists (select from security_log e where e.event = 'values-erased' and e.detail ->> 'log' = l.log
        and (e.detail ->> 'seq')::bigint = l.seq) as erased
    from log_link l left join ${table} r on r.id = l.row_id left join log_salt s on (s.log, s.seq) = (l.log, l.seq)
    where l.log = $1 and l.seq > $2 and ($3::bigint is null or l.seq <= $3) order by l.seq limit ${batch}`,
    [log, seq, to],
  )
  return rows
}

/** Rows without a link: those that wait for one, and those that can no longer get one. */
async function unlinked(
  client: Pick<pg.ClientBase, 'query'>,
  log: Log,
  tell: Walking['tell'],
): Promise<number> {
  const { rows } = await client.query<{ id: number; behind: boolean }>(
    `select r.id, (r.xact, r.id) <= (f.xact, f.row_id) and f.xact <= pg_snapshot_xmax(pg_current_snapshot()) as behind
    from ${rowsOf[log].table} r, log_floor f where f.log = $1 and not exists (select from log_link l where l.log = $1 and l.row_id = r.id)
    order by behind desc, r.id limit 10000`,
    [log],
  )
  for (const { id, behind } of rows)
    if (behind)
      tell(
        `：记录号 ${id} 不在链上，是绕过程序插入的`,
        `: row ${id} is in no link; it was put in past the program`,
      )
  return rows.filter((row) => !row.behind).length
}

/** Tells of a row whose number is older than one that was linked a day before it: numbers are given in order, whoever writes them. */
function lateWatch(): (made: number, row: number) => boolean {
  const highest: { made: number; row: number }[] = []
  let settled = 0
  return (made, row) => {
    while (highest[0] && highest[0].made <= made - dayMs)
      settled = Math.max(settled, highest.shift()?.row ?? 0)
    const tail = highest.at(-1)
    if (tail?.made === made) tail.row = Math.max(tail.row, row)
    else highest.push({ made, row })
    return row < settled
  }
}

/** The last link of each log as a backup keeps it; nothing before the first link. */
export async function anchorsOf(client: Pick<pg.ClientBase, 'query'>): Promise<Anchor[]> {
  const there = await client.query<{ there: boolean }>("select to_regclass('log_link') is not null as there")
  if (!there.rows[0]?.there) return []
  const { rows } = await client.query<Anchor>(
    `select distinct on (log) log, seq, encode(digest, 'hex') as digest from log_link order by log, seq desc`,
  )
  return rows
}
