import { sql } from 'kysely'
import { type OutlineNode, outline } from '../../handbook/outline.ts'
import { initialsOf } from '../../handbook/words/initials.ts'
import type { Ctx } from '../context.ts'
import type { Kind } from '../records/kind.ts'
import { bestIn, peopleByPinyin } from './pinyin.ts'
import type { Found } from './wire.ts'

const most = 6

/** What a word or its pinyin finds: records in the asker's scope by their search fields, people, clauses of the effective edition. */
export async function search(ctx: Ctx, q: string): Promise<Found[]> {
  const found: Found[] = []
  for (const kind of ctx.house.registry.kinds.values())
    if (!kind.partOf) found.push(...(await inKind(ctx, kind, q)))
  return [...found, ...(await people(ctx, q)), ...clauses(ctx, q)]
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
    kind: kind.id,
    id: row.id,
    title: row.title,
    ...(row.code && row.code !== row.title ? { sub: row.code } : {}),
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
      kind: 'person',
      id: row.id,
      title: row.name,
      ...(post ? { sub: post.name[ctx.lang] } : {}),
      href: post ? `/handbook/${encodeURIComponent(`post:${post.id}`)}` : '/handbook',
    }
  })
}

function clauses(ctx: Ctx, q: string): Found[] {
  const wanted = q.toLowerCase()
  const asInitials = /^[a-z]{2,}$/.test(wanted)
  const all = (nodes: readonly OutlineNode[]): OutlineNode[] =>
    nodes.flatMap((node) => [node, ...all(node.children)])
  return all(outline(ctx.edition.edition))
    .filter(
      ({ number, title }) =>
        `${number} ${title.zh} ${title.en}`.toLowerCase().includes(wanted) ||
        (asInitials && initialsOf(title.zh).includes(wanted)),
    )
    .slice(0, most)
    .map((node) => ({
      kind: 'handbook',
      id: node.ref,
      title: node.title[ctx.lang],
      sub: node.number,
      href: `/handbook/${encodeURIComponent(node.ref)}`,
    }))
}
