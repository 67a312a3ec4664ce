import { check, placeOf } from './say.ts'

export const weights = check(
  {
    id: 'weights',
    answers: [6],
    about: {
      zh: '一个岗位各指标的权重合计 100；岗位考核的指标也写明考核这个岗位。',
      en: 'The weights of a post’s indicators sum to 100, and each of them names that post.',
    },
    why: {
      zh: '权重合计不是 100，同样的业绩在两个岗位得分不同。改一个权重；指标的 posts 里也要有这个岗位。',
      en: 'Where weights do not sum to 100 the same work scores differently in two posts. Change a weight, and let the indicator name the post.',
    },
  },
  function* (edition) {
    for (const post of edition.posts) {
      if (!post.sheet) continue
      const ref = `post:${post.id}`
      const sum = post.sheet.kpis.reduce((all, one) => all + one.weight, 0)
      if (post.sheet.kpis.length > 0 && sum !== 100)
        yield {
          at: placeOf(edition, post.at, 'kpis:'),
          ref,
          text: {
            zh: `${post.name.zh}的指标权重合计 ${sum}，须为 100`,
            en: `The indicator weights of ${post.name.en} sum to ${sum}; they must sum to 100`,
          },
        }
      for (const { kpi } of post.sheet.kpis) {
        const found = edition.kpis.find((one) => one.id === kpi)
        if (found && !found.posts.includes(post.id))
          yield {
            at: placeOf(edition, post.at, kpi),
            ref,
            text: {
              zh: `${post.name.zh}考核 ${kpi}，但 ${kpi} 的 posts 里没有 ${post.id}`,
              en: `${post.name.en} is measured by ${kpi}, but ${kpi} does not list the post ${post.id}`,
            },
          }
      }
    }
  },
)
