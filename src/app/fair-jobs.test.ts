import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { acting } from '../../test/people.ts'
import { sampleServer, type TestServer } from '../../test/server.ts'
import { askHeavy } from '../kernel/jobs/ask.ts'
import { claimNext } from '../kernel/jobs/next.ts'

// A representative asks for many prints before the general manager comes for one.

let server: TestServer
beforeAll(async () => {
  server = await sampleServer()
}, 120_000)
afterAll(() => server?.close())
beforeEach(() => sql`delete from heavy_job`.execute(server.db.kysely))

const ask = (login: string, name: string) =>
  acting(server.app.kernel, login, (ctx) => askHeavy(ctx, { kind: 'print', key: name, input: {} }))
/** Takes the next ones in turn; by the names they were asked for with. */
async function taken(times: number): Promise<string[]> {
  const names: string[] = []
  for (let n = 0; n < times; n += 1) {
    const job = await claimNext(server.app.kernel.db.heavy, ['print'], 'a node')
    if (!job) break
    const { rows } = await sql<{ key: string }>`update heavy_job set state = 'done', ended_at = now()
      where id = ${job.id} returning key`.execute(server.db.kysely)
    names.push(rows[0]?.key as string)
  }
  return names
}

test('whoever was served least is next, each in the order he asked', async () => {
  for (let n = 1; n <= 6; n += 1) await ask('rep01', `rep ${n}`)
  expect(await taken(1)).toEqual(['rep 1'])
  await ask('gm', 'gm 1')
  await ask('gm', 'gm 2')
  expect(await taken(9)).toEqual(['gm 1', 'rep 2', 'gm 2', 'rep 3', 'rep 4', 'rep 5', 'rep 6'])
})

test('what two ask for comes when the less served one is due; what was long ago counts no more', async () => {
  for (let n = 1; n <= 4; n += 1) await ask('rep01', `rep ${n}`)
  expect(await taken(1)).toEqual(['rep 1'])
  await ask('gm', 'rep 3')
  expect(await taken(1)).toEqual(['rep 3'])
  await sql`update heavy_job set started_at = now() - interval '11 minutes' where started_at is not null`.execute(
    server.db.kysely,
  )
  await ask('gm', 'gm 1')
  expect(await taken(3)).toEqual(['rep 2', 'gm 1', 'rep 4'])
})
