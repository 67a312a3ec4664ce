import { sql } from 'kysely'
import type { Tx } from '../db/database.ts'
import { keyOf } from '../records/key.ts'

const ending = /(大区|区)$/

/**
 * Units by the key of every name a file may give them: code, either name, a region with or without 区 or 大区. `several` where a name is
 * not of one unit alone: a name as it stands goes before one that was made of another.
 * @param regions only regions that are open today
 */
export async function unitsByName(tx: Tx, regions = false): Promise<Map<string, number | 'several'>> {
  const { rows } = await sql<{
    id: number
    code: string
    zh: string
    en: string | null
    region: boolean
  }>`select id, code,
      name_zh as zh, name_en as en, level = 'region' as region
    from unit ${regions ? sql`where level = 'region' and (closed_on is null or closed_on > app_today())` : sql``}`.execute(
    tx,
  )
  const named = new Map<string, number | 'several'>()
  const add = (name: string | null, id: number, made: boolean, standing: ReadonlySet<string>) => {
    const key = keyOf(name ?? '')
    if (key === '' || (made && standing.has(key))) return
    const known = named.get(key)
    named.set(key, known === undefined || known === id ? id : 'several')
  }
  const none = new Set<string>()
  for (const { id, code, zh, en } of rows) for (const name of [code, zh, en]) add(name, id, false, none)
  const standing = new Set(named.keys())
  for (const { id, zh, en, region } of rows) {
    if (!region) continue
    const short = zh.replace(ending, '')
    for (const name of [short, `${short}区`, `${short}大区`]) add(name, id, true, standing)
    if (en) add(`${en.replace(/ region$/i, '')} region`, id, true, standing)
    if (en) add(en.replace(/ region$/i, ''), id, true, standing)
  }
  return named
}
