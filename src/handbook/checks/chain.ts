import { check, placeOf } from './say.ts'

export const chain = check(
  'chain',
  {
    zh: '上级关系不成圈，顺着上级总能到达没有上级的岗位。',
    en: 'The line of superiors never runs in a circle and ends at a post without one.',
  },
  function* (edition) {
    const above = new Map(edition.posts.map((one) => [one.id, one.superior]))
    for (const post of edition.posts) {
      const seen = new Set([post.id])
      let at = post.superior
      while (at && !seen.has(at)) {
        seen.add(at)
        at = above.get(at) ?? null
      }
      if (at === post.id)
        yield {
          at: placeOf(edition, post.at, 'superior'),
          ref: `post:${post.id}`,
          text: {
            zh: `${post.name.zh} 的上级绕回到自己：${[...seen, post.id].join(' → ')}`,
            en: `The superiors of ${post.name.en} lead back to it: ${[...seen, post.id].join(' → ')}`,
          },
        }
    }
  },
)
