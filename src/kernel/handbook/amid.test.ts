import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { TestDatabase } from '../../../test/database.ts'
import { edited, referenceNumber } from '../../../test/edition.ts'
import { sampleKernel } from '../../../test/people.ts'
import { sampleDatabase } from '../../../test/sample-database.ts'
import { standingClock } from '../clock.ts'
import type { Kernel } from '../context.ts'
import { publishEdition } from './publish.ts'
import { takeEdition } from './take.ts'
import { withdrawEdition } from './withdraw.ts'

// Whatever ends the program or its database amid a change of editions: what is found afterwards is the old state or the new one.

let base: TestDatabase
let kernel: Kernel
const today = '2018-01-02'
const nobody = { userId: null }
const second = edited('2018.2', {
  'functions.yaml': (text) => text.replace('FIN: [participates],', 'FIN: [approves],'),
})
let draft: number

beforeAll(async () => {
  base = await sampleDatabase()
  kernel = sampleKernel(base.db, standingClock('2018-01-02T02:00:00Z'))
  draft = (await takeEdition(kernel, second, nobody)).id as number
}, 120_000)
afterAll(() => base?.drop())

const run = (statement: string) => sql.raw(statement).execute(base.db.kysely)
/** All that publishing writes, as one word. */
async function state(): Promise<string> {
  const { rows } = await sql<{ all: string }>`select md5(concat_ws('|',
    (select string_agg((to_jsonb(e) - 'files')::text, '' order by id) from edition e),
    (select string_agg(g::text, '' order by g::text) from right_grant g),
    (select string_agg(v.id || v.workflow || v.edition_id, '' order by v.id) from workflow_version v),
    (select string_agg(a.id::text, '' order by a.id) from audit a))) as all`.execute(base.db.kysely)
  return rows[0]?.all as string
}
const effective = async () =>
  (
    await sql<{ number: string }>`select number from edition where status = 'effective'`.execute(
      base.db.kysely,
    )
  ).rows

let before = ''
beforeEach(async () => {
  before = await state()
})

/** Lets the database fail at a change of editions, as a full disk or a lost machine would. */
async function failing(when: string, work: () => Promise<unknown>): Promise<void> {
  await run(`create function fails() returns trigger language plpgsql as $$ begin raise exception 'the disk is full'; end $$;
    create trigger zz_fails after insert or update on edition for each row when (${when}) execute function fails()`)
  try {
    await expect(work()).rejects.toThrow('the disk is full')
  } finally {
    await run('drop trigger zz_fails on edition; drop function fails()')
  }
}

/** Ends the connection of `work` where it waits for a lock on `table`, as kill -9 of the program ends it. */
async function cutOff(table: string, work: () => Promise<unknown>): Promise<void> {
  await base.db.kysely.transaction().execute(async (tx) => {
    await sql.raw(`lock table ${table} in access exclusive mode`).execute(tx)
    const ended = work().then(
      () => 'done',
      (error: Error) => error.message,
    )
    for (;;) {
      const { rows } = await sql<{ cut: boolean }>`select pg_terminate_backend(pid) as cut from pg_locks
        where not granted and relation = ${table}::regclass`.execute(tx)
      if (rows.length > 0) break
      await new Promise((done) => setTimeout(done, 10))
    }
    expect(await ended).toMatch(/terminat|ECONNRESET/i)
  })
}

describe('An import that does not come to its end', () => {
  test('leaves no draft behind, and is taken at the next try', async () => {
    const third = edited('2018.3')
    await failing("new.number = '2018.3'", () => takeEdition(kernel, third, nobody))
    expect(await state()).toBe(before)
    await cutOff('audit', () => takeEdition(kernel, third, nobody))
    expect(await state()).toBe(before)
    expect((await takeEdition(kernel, third, nobody)).fresh).toBe(true)
  })
})

describe('Publishing that does not come to its end', () => {
  test('fails at its last statement: rights, workflows, states and trail are as before', async () => {
    await failing("new.status = 'effective'", () => publishEdition(kernel, draft, today, nobody))
    expect(await state()).toBe(before)
    expect(await effective()).toEqual([{ number: referenceNumber }])
    expect((await kernel.edition()).edition.number).toBe(referenceNumber)
  })

  test('is cut off amid its rights: the same, and nothing is left locked', async () => {
    await cutOff('workflow_version', () => publishEdition(kernel, draft, today, nobody))
    expect(await state()).toBe(before)
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from right_grant
      where edition_id = ${draft}`.execute(base.db.kysely)
    expect(rows).toEqual([{ n: 0 }])
  })

  test('done again, it is whole', async () => {
    expect(await publishEdition(kernel, draft, today, nobody)).toMatchObject({ status: 'effective' })
    expect(await effective()).toEqual([{ number: '2018.2' }])
    const { rows } = await sql<{ grants: number; flows: number }>`select
      (select count(*)::int from right_grant where edition_id = ${draft}) as grants,
      (select count(*)::int from workflow_version where edition_id = ${draft}) as flows`.execute(
      base.db.kysely,
    )
    expect(rows[0]?.grants).toBeGreaterThan(0)
    expect(rows[0]?.flows).toBeGreaterThan(0)
  })
})

test('Withdrawing that does not come to its end leaves the edition in force', async () => {
  await failing(`new.status = 'effective' and new.number = '${referenceNumber}'`, () =>
    withdrawEdition(kernel, draft, 'wrong', nobody),
  )
  expect(await state()).toBe(before)
  expect(await effective()).toEqual([{ number: '2018.2' }])
  expect(await withdrawEdition(kernel, draft, 'wrong', nobody)).toEqual({ holds: referenceNumber })
})
