import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sampleServer, type TestServer } from '../../test/server.ts'

// A department downloads the same finished files on the morning of a review.

let server: TestServer
const pieces = 5
const pieceBytes = 300_000
const paths: Record<string, string> = {}
let digest = ''

beforeAll(async () => {
  server = await sampleServer()
  const bytes = Buffer.concat(Array.from({ length: pieces }, (_, n) => Buffer.alloc(pieceBytes, 65 + n)))
  digest = digestOf(bytes)
  const k = server.db.kysely
  const { rows: jobs } = await sql<{ id: number }>`with job as (
      insert into heavy_job (kind, key, user_id, lang, input, state, file_name, mime, size, ended_at)
      select 'print', 'kept', id, 'zh', '{}', 'done', '手册.pdf', 'application/pdf', ${bytes.length}, now() from app_user where login = 'sup'
      returning id, user_id),
    asker as (insert into heavy_asker select job.id, u.person_id from job join app_user u on u.id = job.user_id)
    select id from job`.execute(k)
  const job = jobs[0]?.id as number
  for (let part = 0; part < pieces; part += 1)
    await sql`insert into heavy_file (job_id, part, bytes)
      values (${job}, ${part}, ${bytes.subarray(part * pieceBytes, (part + 1) * pieceBytes)})`.execute(k)
  const { rows: runs } = await sql<{
    id: number
  }>`insert into export_run (person_id, kind, format, filter, file_name, mime, rows, size, kept_until)
    select person_id, 'account', 'csv', '{}', '客户.csv', 'text/csv', 1, ${bytes.length}, now() + interval '1 day'
    from app_user where login = 'sup' returning id`.execute(k)
  const run = runs[0]?.id as number
  await sql`insert into export_file (run_id, bytes) values (${run}, ${bytes})`.execute(k)
  paths.job = `/api/v1/jobs/${job}/file`
  paths.export = `/api/v1/exports/${run}/file`
}, 120_000)
afterAll(() => server?.close())

const digestOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** What became of a download: its status and, where it was begun, whether it came whole. */
async function ends(path: string): Promise<string> {
  const answer = await server.call('sup', 'GET', path)
  if (answer.status === 200)
    return digestOf(new Uint8Array(await answer.arrayBuffer())) === digest ? 'whole' : 'broken'
  await answer.arrayBuffer()
  return `${answer.status} ${answer.headers.has('retry-after') ? 'again' : 'at a loss'}`
}

test.each(['job', 'export'])(
  'a hundred who fetch one %s at once get it whole, or are told to come again',
  async (of) => {
    const outcomes = await Promise.all(
      Array.from({ length: 100 }, () => ends(paths[of] as string).catch(() => 'broken')),
    )
    expect(outcomes.filter((one) => one !== 'whole' && one !== '503 again' && one !== '429 again')).toEqual(
      [],
    )
    expect(outcomes.filter((one) => one === 'whole').length).toBeGreaterThan(20)
  },
  120_000,
)

test.each(['job', 'export'])(
  'a file that is being fetched (%s) ends whole although the database has no connection for a while',
  async (of) => {
    const answer = await server.call('sup', 'GET', paths[of] as string)
    expect(answer.status).toBe(200)
    const reader = (answer.body as ReadableStream<Uint8Array>).getReader()
    const chunks = [(await reader.read()).value as Uint8Array]
    const busy = Array.from({ length: 12 }, () =>
      sql`select pg_sleep(12)`.execute(server.app.kernel.db.kysely),
    )
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      chunks.push(value)
    }
    await Promise.all(busy)
    expect(digestOf(Buffer.concat(chunks))).toBe(digest)
  },
  60_000,
)

test('a file of which a piece is missing breaks off, and does not end as if it were whole', async () => {
  await sql`delete from heavy_file where part = 3`.execute(server.db.kysely)
  expect(await ends(paths.job as string).catch(() => 'broken')).toBe('broken')
}, 60_000)

test('whoever asks for the head of a file only keeps nobody from fetching it', async () => {
  for (let n = 0; n < 60; n += 1) {
    const answer = await server.call('sup', 'HEAD', paths.export as string)
    expect(answer.status === 200 || answer.status === 503).toBe(true)
  }
  await expect.poll(() => ends(paths.export as string), { timeout: 20_000 }).toBe('whole')
}, 120_000)
