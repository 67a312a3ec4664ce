import { type RawBuilder, sql } from 'kysely'
import { securityEvent } from '../audit/security.ts'
import type { Kernel } from '../context.ts'
import type { Database, Tx } from '../db/database.ts'
import { asOwner } from '../db/transaction.ts'
import type { Job } from '../jobs/jobs.ts'
import { type Kept, keptBy } from './kept.ts'

/** What a sweep removed, by what it was. */
export interface Swept {
  readonly sessions: number
  readonly exports: number
  /** Answers kept for requests that are sent again. */
  readonly answers: number
  /** Parts of original files, a megabyte each. */
  readonly originals: number
  /** Months of the trail and of the security log. */
  readonly segments: number
}

const batch = 200

/**
 * Removes what has been kept long enough, in short transactions: nobody waits for a lock that a sweep holds, and a killed one has done a part.
 * Originals go by the business date, since their runs do; what only the machine knows goes by real time.
 */
export async function sweep(db: Database, kept: Kept, now: Date): Promise<Swept> {
  return {
    sessions: await whileMore(db, now, sessionsBefore(kept)),
    exports: await whileMore(db, now, exportsBefore()),
    answers: await whileMore(db, now, answersBefore()),
    originals: await whileMore(db, now, originalsBefore(kept)),
    segments:
      (await months(db, 'audit', { years: kept.auditYears })) +
      (await months(db, 'security', { months: kept.securityLogMonths })),
  }
}

const sessionsBefore = ({ sessionsDays }: Kept) =>
  sql`delete from auth_session where digest in (select digest from auth_session
    where expires_at < now() - make_interval(days => ${sessionsDays}) limit ${batch} for update skip locked)`
const exportsBefore = () =>
  sql`delete from export_file where run_id in (select f.run_id from export_file f join export_run r on r.id = f.run_id
    where r.kept_until < now() limit ${batch} for update of f skip locked)`
// As long as a network may be away; the answer says that it was given before, no handbook needs to.
const answersBefore = () =>
  sql`delete from idempotency where (user_id, route, key) in (select user_id, route, key from idempotency
    where at < now() - interval '7 days' limit ${batch} for update skip locked)`
// What is being written keeps its file; one that was only looked at can no longer be written without it.
const originalsBefore = ({ originalsYears }: Kept) =>
  sql`with old as (
      select f.run_id, f.part from import_file f join import_run r on r.id = f.run_id
      where r.state <> 'writing' and r.updated_at < app_now() - make_interval(years => ${originalsYears})
      limit ${batch} for update of f skip locked
    ), closed as (
      update import_run set state = 'cancelled', rev = rev + 1 where state in ('mapping', 'tried') and id in (select run_id from old)
    )
    delete from import_file f using old where (f.run_id, f.part) = (old.run_id, old.part)`

async function whileMore(db: Database, now: Date, statement: RawBuilder<unknown>): Promise<number> {
  for (let gone = 0; ; ) {
    const done = await asOwner(db.heavy, (tx) => statement.execute(tx), { now })
    const count = Number(done.numAffectedRows ?? 0)
    gone += count
    if (count === 0) return gone
  }
}

/** Whole closed months of one of the logs, oldest first; the keeper judges for himself and tells of each in the security log. */
async function months(
  db: Database,
  log: 'audit' | 'security',
  kept: { years?: number; months?: number },
): Promise<number> {
  const one = async (tx: Tx) => {
    const { rows } = await sql<{ gone: unknown }>`select log_remove(${log},
      make_interval(years => ${kept.years ?? 0}, months => ${kept.months ?? 0})) as gone`.execute(tx)
    return rows[0]?.gone != null
  }
  let gone = 0
  while (await asOwner(db.heavy, one)) gone += 1
  return gone
}

const tellsOf = (swept: Swept): boolean => Object.values(swept).some((count) => count > 0)

/** The daily sweep by the norms of the edition in force; what it removed is told in the security log. */
export const sweepJob: Job = {
  name: 'kept.sweep',
  daily: true,
  async run(kernel: Kernel) {
    const edition = await kernel.edition().then(
      (found) => found.edition,
      () => null,
    )
    const swept = await sweep(kernel.db, keptBy(edition), kernel.clock.now())
    if (!tellsOf(swept)) return
    await asOwner(kernel.db.heavy, (tx) => securityEvent(tx, 'swept', { detail: { ...swept } }))
  },
}
