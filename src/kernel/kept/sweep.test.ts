import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestDatabase } from '../../../test/database.ts'
import { acting, sampleKernel } from '../../../test/people.ts'
import { sampleDatabase } from '../../../test/sample-database.ts'
import { loadEdition, readEditionFolder } from '../../handbook/load.ts'
import { standingClock } from '../clock.ts'
import type { Kernel } from '../context.ts'
import { makeExport } from '../exchange/exports.ts'
import { keptBy } from './kept.ts'
import { sweep, sweepJob } from './sweep.ts'

let base: TestDatabase
let kernel: Kernel
const clock = standingClock('2018-01-02T02:00:00Z')
beforeAll(async () => {
  base = await sampleDatabase()
  kernel = sampleKernel(base.db, clock)
})
afterAll(() => base.drop())

const count = async (table: string): Promise<number> => {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}`.execute(
    base.db.kysely,
  )
  return rows[0]?.n ?? -1
}

describe('What has been kept long enough', () => {
  test('is said by the edition, in both languages; nonsense is not followed', async () => {
    const { edition } = await loadEdition(await readEditionFolder('handbook'))
    if (!edition) throw new Error('the reference edition cannot be read')
    const kept = {
      securityLogMonths: 12,
      auditYears: 10,
      originalsYears: 2,
      exportsDays: 7,
      sessionsDays: 30,
    }
    expect(keptBy(edition)).toEqual(kept)
    expect(keptBy(null)).toEqual(kept)
    const norm = edition.norms.find((one) => one.id === 'norm.kept')
    expect(Object.values(norm?.values ?? {}).every(({ name }) => name.zh && name.en)).toBe(true)
    const shorter = structuredClone(edition)
    const values = shorter.norms.find((one) => one.id === 'norm.kept')?.values as Record<
      string,
      { value: unknown }
    >
    Object.assign(values.exports as object, { value: 3 })
    Object.assign(values.sessions as object, { value: -1 })
    expect(keptBy(shorter)).toEqual({ ...kept, exportsDays: 3 })
  })

  test('goes with the daily job, and what still counts stays', async () => {
    const made = await acting(kernel, 'sup', (ctx) =>
      makeExport(ctx, { kind: 'account', format: 'csv', filter: {} }),
    )
    const old = await acting(kernel, 'sup', (ctx) =>
      makeExport(ctx, { kind: 'account', format: 'csv', filter: {} }),
    )
    await sql`update export_run set kept_until = now() - interval '1 hour' where id = ${old.id}`.execute(
      base.db.kysely,
    )
    const { rows: kept } = await sql<{
      days: number
    }>`select round(extract(epoch from kept_until - now()) / 86400)::int as days
      from export_run where id = ${made.id}`.execute(base.db.kysely)
    expect(kept).toEqual([{ days: 7 }])
    await sql`insert into auth_session (digest, user_id, kind, expires_at)
      select 'dead-' || n, 1, 'session', now() - interval '31 days' from generate_series(1, 450) n
      union all select 'late', 1, 'session', now() - interval '29 days' union all select 'live', 1, 'token', now() + interval '1 day'`.execute(
      base.db.kysely,
    )
    await sql`insert into import_run (importer, file_name, size, digest, person_id, state, sheets, fingerprint, mapping, created_at, updated_at)
      select 'sales', '示例.xlsx', 1, 'd', 1, state, '[]', 'f', '{}', at, at from (values
        ('done', timestamptz '2015-12-30'), ('tried', timestamptz '2015-12-30'), ('writing', timestamptz '2015-12-30'),
        ('done', timestamptz '2016-06-30')) old(state, at)`.execute(base.db.kysely)
    await sql`insert into import_file (run_id, part, bytes) select id, part, 'x' from import_run, generate_series(1, 3) part`.execute(
      base.db.kysely,
    )
    await sql`insert into idempotency (user_id, route, key, digest, status, at)
      select 1, 'post /api/v1/cases', gen_random_uuid(), 'd', 201, now() - make_interval(days => n) from generate_series(5, 9) n`.execute(
      base.db.kysely,
    )
    await sweepJob.run(kernel, {})
    // Of five and six days ago; the one of seven days to the moment goes.
    expect(await count('idempotency')).toBe(2)
    expect([await count('auth_session'), await count('export_file'), await count('import_file')]).toEqual([
      2, 1, 6,
    ])
    const { rows: runs } = await sql<{
      state: string
      parts: number
    }>`select state, (select count(*)::int from import_file f
      where f.run_id = r.id) as parts from import_run r order by id`.execute(base.db.kysely)
    // One that was only tried can no longer be written; the runs themselves stay as the word of what was done.
    expect(runs).toEqual([
      { state: 'done', parts: 0 },
      { state: 'cancelled', parts: 0 },
      { state: 'writing', parts: 3 },
      { state: 'done', parts: 3 },
    ])
    const { rows: told } = await sql<{
      detail: object
    }>`select detail from security_log where event = 'swept'`.execute(base.db.kysely)
    expect(told).toEqual([{ detail: { sessions: 450, exports: 1, answers: 3, originals: 6, segments: 0 } }])
    // Nothing is left to do, and nothing is told of it.
    expect(await sweep(base.db, keptBy(null), clock.now())).toEqual({
      sessions: 0,
      exports: 0,
      answers: 0,
      originals: 0,
      segments: 0,
    })
    await sweepJob.run(kernel, {})
    expect(await count('security_log')).toBe(1)
  })
})
