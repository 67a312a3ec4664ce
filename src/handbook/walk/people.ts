import type { Edition, PostId, Text } from '../model.ts'

const surnames = [
  ['甲', 'Ames'],
  ['乙', 'Bell'],
  ['丙', 'Cole'],
  ['丁', 'Dunn'],
  ['戊', 'Ekman'],
  ['己', 'Frost'],
  ['庚', 'Gray'],
  ['辛', 'Hale'],
  ['壬', 'Irving'],
  ['癸', 'Jones'],
] as const

/** An invented holder of a post, the same at every walk: 示例甲 / Sample Ames. */
export function sampleHolder(edition: Pick<Edition, 'posts'>, post: PostId): Text {
  const at = Math.max(
    0,
    edition.posts.findIndex((one) => one.id === post),
  )
  const [zh, en] = surnames[at % surnames.length] as (typeof surnames)[number]
  const again = Math.floor(at / surnames.length)
  return { zh: `示例${zh}${again || ''}`, en: `Sample ${en}${again ? ` ${again + 1}` : ''}` }
}
