import type { Post, Text } from '../model.ts'
import type { Reading } from './element.ts'

/** Name of a post; the posts of a merged cell such as `KAM/REP` are joined. */
export function postName(edition: Reading, id: string): Text {
  const one = edition.posts.find((post) => post.id === id)
  return one ? one.name : { zh: id, en: id }
}

export const levelName = (edition: Reading, id: string | null): Text | null =>
  edition.organisation.levels.find((one) => one.id === id)?.name ?? null

/** Posts below another, by code. */
export const below = (edition: Reading, id: string): Post[] =>
  edition.posts.filter((one) => one.superior === id)
