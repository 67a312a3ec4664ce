import { check, placeOf } from './say.ts'

export const rights = check(
  {
    id: 'rights',
    answers: [],
    about: {
      zh: '权限只写认得的岗位、职能和记录；有权的岗位都写明看得到哪些行。',
      en: 'Rights name known posts, functions and record kinds, and every post with rights says which rows it reaches.',
    },
    why: {
      zh: '权限写给不存在的岗位或记录等于没写，漏写范围等于看不到任何一行。',
      en: 'Rights for a post or record that does not exist are none, and a post without a reach sees no row.',
    },
  },
  function* (edition, bindings) {
    const { rights: all } = edition
    const isPost = (id: string) => edition.posts.some((one) => one.id === id)
    const noPost = (id: string) => ({
      zh: `没有岗位 ${id}`,
      en: `There is no post ${id}`,
    })
    const noKind = (id: string) => ({
      zh: `没有记录 ${id}`,
      en: `There is no record kind ${id}`,
    })
    for (const post of Object.keys(all.reach))
      if (!isPost(post)) yield { at: placeOf(edition, all.at, `${post}:`), text: noPost(post) }
    for (const rule of all.kinds) {
      if (!bindings.kinds[rule.kind]) yield { at: rule.at, text: noKind(rule.kind) }
      const row = edition.functions.find((one) => one.id === rule.function)
      if (!row) {
        yield {
          at: placeOf(edition, rule.at, rule.function),
          text: { zh: `没有职能 ${rule.function}`, en: `There is no function ${rule.function}` },
        }
        continue
      }
      for (const [post, duties] of Object.entries(row.cells))
        if (duties.some((duty) => (rule.verbs[duty]?.length ?? 0) > 0) && !all.reach[post])
          yield {
            at: rule.at,
            ref: `fn:${row.id}`,
            text: {
              zh: `${post} 由 ${row.id} 得到 ${rule.kind} 的权限，reach 里却没写它看得到哪些行`,
              en: `${post} gets rights on ${rule.kind} from ${row.id}, but reach does not say on which rows`,
            },
          }
    }
    for (const one of all.system) if (!isPost(one.post)) yield { at: one.at, text: noPost(one.post) }
    for (const one of all.read) {
      const at = placeOf(edition, placeOf(edition, all.at, 'read:'), one.post)
      if (!isPost(one.post)) yield { at, text: noPost(one.post) }
      for (const kind of one.kinds)
        if (!bindings.kinds[kind]) yield { at: placeOf(edition, at, kind), text: noKind(kind) }
    }
  },
)
