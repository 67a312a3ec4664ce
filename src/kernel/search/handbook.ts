import { findIn } from '../../handbook/search/find.ts'
import { around, markOf } from '../../handbook/search/marks.ts'
import { concerning, isFor } from '../../handbook/words/concern.ts'
import type { Ctx } from '../context.ts'
import { editionOf } from '../handbook/rows.ts'
import type { Found } from './wire.ts'

export interface InHandbook {
  readonly q: string
  /** Id of an edition that the asker may see, or `effective`. */
  readonly edition: string
  /** Only what concerns the asker's posts. */
  readonly mine: boolean
  readonly most: number
}

/** Places of an edition that answer the words, the best first. */
export async function inHandbook(ctx: Ctx, { q, edition: id, mine, most }: InHandbook): Promise<Found[]> {
  const edition = id === 'effective' ? ctx.edition.edition : (await editionOf(ctx, id)).edition
  const posts = ctx.actor.posts.map((held) => held.post)
  const refs = mine ? concerning(edition, posts) : null
  const hits = findIn(edition, q, refs ? Number.POSITIVE_INFINITY : most)
  const fit = refs ? hits.filter((hit) => isFor(hit.ref, refs)).slice(0, most) : hits
  return fit.map((hit) => ({
    group: 'handbook',
    kind: 'handbook',
    id: hit.ref,
    is: markOf(hit)[ctx.lang],
    title: hit.title[ctx.lang],
    ...(hit.code ? { code: hit.code } : {}),
    ...(hit.answer ? { sub: hit.answer[ctx.lang] } : {}),
    ...(hit.line ? { line: around(hit.line[ctx.lang], hit.word) } : {}),
    href: addressOf(hit.ref, id),
  }))
}

/** Address of an element, fit to be read out: `/handbook/wf:PLAN/C-3`. */
const addressOf = (ref: string, edition: string): string =>
  `/handbook/${ref
    .split('/')
    .map((part) => encodeURIComponent(part).replaceAll('%3A', ':'))
    .join('/')}${edition === 'effective' ? '' : `?edition=${edition}`}`
