import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestDatabase } from '../../../test/database.ts'
import { sampleKernel } from '../../../test/people.ts'
import { sampleDatabase } from '../../../test/sample-database.ts'
import { loadEdition, readEditionFolder } from '../../handbook/load.ts'
import type { Edition } from '../../handbook/model.ts'
import { standingClock } from '../clock.ts'
import { openDatabase } from '../db/database.ts'
import { readStored } from './model.ts'

describe('What was read of an edition', () => {
  let base: TestDatabase
  let id: number
  let read: Edition
  beforeAll(async () => {
    base = await sampleDatabase()
    const kernel = sampleKernel(base.db, standingClock('2018-01-02T02:00:00Z'))
    id = (await kernel.edition()).id
    read = (await loadEdition(await readEditionFolder('handbook'))).edition as Edition
  }, 120_000)
  afterAll(() => base?.drop())
  const kept = async () =>
    (await sql<{ program: string }>`select program from edition_model`.execute(base.db.kysely)).rows

  test('is kept by the build that read it, and is the same edition to the last word and in the same order', async () => {
    expect(await readStored(base.db, id, null)).toEqual(read)
    expect(await kept()).toEqual([])
    await readStored(base.db, id, 'one build')
    expect(await kept()).toEqual([{ program: 'one build' }])
    const again = await readStored(base.db, id, 'one build')
    expect(again).toEqual(read)
    const { files: _, ...model } = again as Edition
    const { files: __, ...first } = read
    expect(JSON.stringify(model)).toBe(JSON.stringify(first))
    expect(Object.isFrozen(again?.workflows[0]?.processes[0]?.nodes)).toBe(true)
  })

  test('is read anew by another build, which keeps its own', async () => {
    await sql`update edition_model set model = '{"number":"of the other build"}'`.execute(base.db.kysely)
    expect((await readStored(base.db, id, 'one build'))?.number).toBe('of the other build')
    expect(await readStored(base.db, id, 'another build')).toEqual(read)
    expect(await kept()).toEqual([{ program: 'another build' }])
  })

  test('is given by a database that takes no rows as well', async () => {
    const name = new URL(base.url).pathname.slice(1)
    await sql.raw(`alter database ${name} set default_transaction_read_only = on`).execute(base.db.kysely)
    const silent = openDatabase(base.url, { max: 1 })
    try {
      await expect(sql`create table refused ()`.execute(silent.kysely)).rejects.toMatchObject({
        code: '25006',
      })
      expect(await readStored(silent, id, 'a third build')).toEqual(read)
      expect(await kept()).toEqual([{ program: 'another build' }])
    } finally {
      await silent.close()
      await sql.raw(`alter database ${name} reset default_transaction_read_only`).execute(base.db.kysely)
    }
  })

  test('an edition that is not there is not', async () => {
    expect(await readStored(base.db, 999_999, 'one build')).toBeNull()
  })
})
