import type { Edition } from '../model.ts'
import { check, placeOf } from './say.ts'

export const chain = check(
  {
    id: 'chain',
    answers: [8],
    about: {
      zh: '上级关系不成圈，编制内的岗位都到同一个顶；业务、商机、日常监督三种关系各恰有一条。',
      en: 'The line of superiors never runs in a circle; the posts inside the headcount end at one top; the relations of business, deal and supervision stand once each.',
    },
    why: {
      zh: '权限、升级和代办都顺着上级走；断了或成圈，事情就没人接。改岗位的 superior，或在组织文件里补上关系。',
      en: 'Authority, escalation and standing in follow the line of superiors; where it breaks or runs in a circle, work finds nobody. Correct `superior` of the post, or add the relation in organisation.yaml.',
    },
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
    const tops = new Set(
      edition.organisation.seats
        .filter((one) => one.inHeadcount)
        .flatMap((one) => topOf(edition, one.post) ?? []),
    )
    if (tops.size > 1)
      yield {
        at: edition.organisation.at,
        text: {
          zh: `编制内的岗位向上到不同的顶：${[...tops].join('、')}；须到同一个`,
          en: `The posts inside the headcount end at different tops: ${[...tops].join(', ')}; they need one`,
        },
      }
    const wanted = ['business', 'deal', 'supervision'] as const
    for (const id of wanted) {
      const count = edition.organisation.relations.filter((one) => one.id === id).length
      if (count !== 1)
        yield {
          at: placeOf(edition, edition.organisation.at, 'relations:'),
          text: {
            zh: `关系 ${id} 写了 ${count} 次，须恰好一次`,
            en: `The relation ${id} is written ${count} times; it must stand exactly once`,
          },
        }
    }
  },
)

/** The post without a superior above a post; `null` in a circle. */
function topOf(edition: Edition, post: string): string | null {
  const seen = new Set<string>()
  let at = post
  while (!seen.has(at)) {
    seen.add(at)
    const above = edition.posts.find((one) => one.id === at)?.superior
    if (!above) return at
    at = above
  }
  return null
}
