import { sql } from 'kysely'
import type { Text } from '../../handbook/model.ts'
import type { Ctx } from '../context.ts'
import type { Kind } from '../records/kind.ts'
import { inHandbook } from './handbook.ts'
import { bestIn, peopleByPinyin } from './pinyin.ts'
import type { Found } from './wire.ts'

const most = 6
/** What a person is, in a word. */
const colleague: Text = { zh: '同事', en: 'Colleague' }

/** Places of the handbook when it alone is looked through. */
const mostPlaces = 60

export interface Asked {
  readonly q: string
  readonly in: 'all' | 'handbook'
  readonly edition: string
  readonly mine?: '1' | undefined
}

/**
 * What words or their pinyin find: records in the asker's scope by their search fields, people, places of the handbook, in this order and
 * each the best first. The palette and the handbook's reader both ask here.
 */
export async function search(ctx: Ctx, { q, in: where, edition, mine }: Asked): Promise<Found[]> {
  const book = (at: number) => inHandbook(ctx, { q, edition, mine: mine === '1', most: at })
  if (where === 'handbook') return book(mostPlaces)
  const found: Found[] = []
  for (const kind of ctx.house.registry.kinds.values())
    if (!kind.partOf) found.push(...(await inKind(ctx, kind, q)))
  return [...found, ...(await people(ctx, q)), ...(await book(most))]
}

async function inKind(ctx: Ctx, kind: Kind, q: string): Promise<Found[]> {
  const best = bestIn(kind, q, most)
  if (!best) return []
  const { rows } = await sql<{
    id: number
    title: string
    code: string | null
  }>`select * from ${best}`.execute(ctx.tx)
  return rows.map((row) => ({
    group: 'record',
    kind: kind.id,
    id: row.id,
    is: kind.label[ctx.lang],
    title: row.title,
    ...(row.code && row.code !== row.title ? { code: row.code } : {}),
    href: `/records/${kind.id}/${row.id}`,
  }))
}

async function people(ctx: Ctx, q: string): Promise<Found[]> {
  const { rows } = await sql<{
    id: number
    name: string
    post: string | null
  }>`select p.id, called(p) as name,
      (select h.post from holder h where h.person_id = p.id order by h.seat_id limit 1) as post
    from person p where p.name ilike '%' || escape_like(${q}) || '%' or p.name_en ilike '%' || escape_like(${q}) || '%'
      or p.id in ${peopleByPinyin(q)}
    order by p.id limit ${most}`.execute(ctx.tx)
  return rows.map((row) => {
    const post = ctx.edition.edition.posts.find((one) => one.id === row.post)
    return {
      group: 'person',
      kind: 'person',
      id: row.id,
      is: colleague[ctx.lang],
      title: row.name,
      ...(post ? { sub: post.name[ctx.lang] } : {}),
      href: post ? `/handbook/${encodeURIComponent(`post:${post.id}`)}` : '/handbook',
    }
  })
}
