import { sql } from 'kysely'
import { loadEdition } from '../../handbook/load.ts'
import type { Edition } from '../../handbook/model.ts'
import type { EffectiveEdition } from '../context.ts'
import type { Database } from '../db/database.ts'
import { Refusal } from '../refusal.ts'

/** How long an answer to "which edition is effective" may be taken again: publishing elsewhere holds within this time. */
const freshMs = 500

/** Reads the effective edition; parsed once per edition, asked for again after half a second. */
export function effectiveEditions(db: Database): {
  current(): Promise<EffectiveEdition>
  byId(id: number): Promise<Edition>
} {
  const parsed = new Map<number, Promise<Edition>>()
  let asked = { at: 0, id: 0 }

  const byId = (id: number): Promise<Edition> => {
    const known = parsed.get(id)
    if (known) return known
    const reading = read(db, id)
    parsed.set(id, reading)
    reading.catch(() => parsed.delete(id))
    return reading
  }
  return {
    byId,
    async current() {
      if (Date.now() - asked.at > freshMs) {
        const { rows } = await sql<{ id: number }>`select id from edition where status = 'effective'`.execute(
          db.kysely,
        )
        if (!rows[0])
          throw new Refusal(503, 'no-edition', {
            zh: '还没有生效的手册。发布一版后部门才能工作',
            en: 'No edition is effective yet. Publish one so that the department can work',
          })
        asked = { at: Date.now(), id: rows[0].id }
      }
      return { id: asked.id, edition: await byId(asked.id) }
    },
  }
}

async function read(db: Database, id: number): Promise<Edition> {
  const { rows } = await sql<{
    files: Record<string, string>
  }>`select files from edition where id = ${id}`.execute(db.kysely)
  const files = rows[0]?.files
  const loaded = files ? await loadEdition(files) : null
  if (!loaded?.edition)
    throw new Refusal(404, 'not-found', {
      zh: '没有这一版手册，或者它已不能读取',
      en: 'There is no such edition, or it can no longer be read',
    })
  return loaded.edition
}
