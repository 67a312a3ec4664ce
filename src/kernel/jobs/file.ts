import { sql } from 'kysely'
import type { Database } from '../db/database.ts'
import { download } from '../http/download.ts'

/**
 * The bytes of a job's file, a piece at a time. Whether the asker may have it is asked before.
 * @throws Refusal as `download`
 */
export const fileStream = (db: Database, job: number, size: number): Promise<ReadableStream<Uint8Array>> =>
  download(size, async (_, part) => {
    const { rows } = await sql<{ bytes: Buffer }>`select bytes from heavy_file
      where job_id = ${job} and part = ${part}`.execute(db.kysely)
    return rows[0] ? new Uint8Array(rows[0].bytes) : null
  })
