import { sql } from 'kysely'
import type { Database } from '../db/database.ts'

/** The bytes of a job's file, a piece at a time: none of it is held longer than it takes to send. Whether the asker may have it is asked before. */
export function fileStream(db: Database, job: number): ReadableStream<Uint8Array> {
  let part = 0
  return new ReadableStream<Uint8Array>(
    {
      async pull(out) {
        const { rows } = await sql<{ bytes: Buffer }>`select bytes from heavy_file
          where job_id = ${job} and part = ${part}`.execute(db.kysely)
        part += 1
        const [row] = rows
        if (row) out.enqueue(new Uint8Array(row.bytes))
        else out.close()
      },
    },
    { highWaterMark: 1 },
  )
}
